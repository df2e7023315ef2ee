#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nvprov {

enum class Target { host, image };
enum class Hold { version, branch, none };

// What the user asks for. Strings are as typed; resolve checks them against the catalog.
struct Request {
  std::vector<std::string> profiles = {"deploy"};  // catalog ids
  // Releases to have side by side, each "12.4", "=12.4" or ">=12.4 <13"; or one word: "auto", "none".
  std::vector<std::string> cuda = {"auto"};
  std::string driver = "auto";              // "auto", "lts", "production", "newest", "installed", "580", "580.126.09"
  std::string module = "auto";              // "auto", "open", "proprietary"
  std::string source = "auto";              // "auto", "distro", "nvidia"
  std::vector<std::string> libraries;       // component names, or "all"
  std::vector<std::string> tools;           // `--tools`: component names, or "all"
  std::optional<std::string> default_cuda;  // `--default-cuda`: the release /usr/local/cuda is to lead to: "12.4"
  bool profile_d = false;                   // a file in /etc/profile.d puts the toolkit's programs on the search path
  std::vector<std::string> additions;       // `--with`: "cudnn", "cudnn=9", "compat", "video"
  // `--engine`: installations of the catalog by id, or "none"; empty: those found.
  std::vector<std::string> engines;
  bool default_runtime = false;       // every container of an engine gets the runtime, not only those that ask for it
  bool restart_engines = true;        // false: that they take their new settings is left to the user
  bool strict = false;                // refuse what is no longer supported
  std::optional<Target> target;       // nullopt: as detected
  std::vector<std::string> gpus;      // `--gpu` as typed; they take the place of what is found
  std::optional<std::string> kernel;  // `--kernel`: the release that will boot
  std::optional<Hold> hold;           // nullopt: the version for a driver that comes new, no change for one that stays

  bool operator==(const Request&) const = default;
};

// What the user agreed to beyond adding. Never part of a saved plan.
struct Consent {
  bool removals = false;
  bool downgrades = false;
  bool held = false;
  bool disruption = false;
  bool mok = false;
  bool reboot = false;
  bool adopt = false;  // move entries of others aside

  bool operator==(const Consent&) const = default;
};

}  // namespace nvprov
