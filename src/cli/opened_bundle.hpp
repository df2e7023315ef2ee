#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bundle/bundle_web.hpp"
#include "bundle/unpack_bundle.hpp"
#include "cli/web_access.hpp"
#include "host/file_writer.hpp"
#include "host/host.hpp"
#include "metadata/consulted_repositories.hpp"
#include "model/facts.hpp"
#include "model/network.hpp"
#include "model/plan.hpp"

namespace nvprov {

// A bundle and the key it has to be signed with, as typed.
struct BundleFile {
  std::string path;
  std::optional<std::string> key;
};

// A bundle unpacked for one run, gone with this value.
class OpenedBundle {
 public:
  // Reads it whole and unpacks what the run needs. For a run that installs, that is on the target (`root`: its folder
  // on this machine, else this machine itself), where its own package manager can read it; else in the caller's cache,
  // without the packages. Errors: usage, and not_trusted for a bundle that is not as it was made.
  static Result<OpenedBundle> open(Host& machine, const BundleFile& file, const std::optional<std::string>& root,
                                   bool installs);

  const Bundle& bundle() const { return unpacked_.bundle; }
  const Lockfile& lock() const { return unpacked_.lock; }
  bool is_signed() const { return unpacked_.is_signed; }

  // How a plan reaches the bundle in place of the network; only while this value stays where it is. A bundle that was
  // not checked by a key brings neither mirrors of its own nor repositories that only https would vouch for: those of
  // `settings` are this machine's. An error of kind not_trusted for one that needs another mirror.
  Result<WebAccess> access(const NetworkSettings& settings) const;

  // Lets the target's own package manager find the repositories a run consults in the bundle alone.
  Status write_sources(Host& machine, const std::optional<std::string>& root, const HostFacts& facts,
                       const std::vector<Step>& steps) const;
  // What its apt and dnf are told so that they do.
  std::vector<std::string> apt_lines() const;
  std::vector<std::string> dnf_options() const;

 private:
  OpenedBundle(WorkFolder folder, std::string inside, UnpackedBundle unpacked, bool is_vouched_for)
      : folder_(std::move(folder)),
        inside_(std::move(inside)),
        is_vouched_for_(is_vouched_for),
        unpacked_(std::move(unpacked)),
        web_(unpacked_.bundle, folder_.path()) {}

  WorkFolder folder_;
  std::string inside_;           // the folder as the target sees it
  bool is_vouched_for_ = false;  // by the key the caller named
  UnpackedBundle unpacked_;
  BundleWeb web_;
};

// The text of a key file the caller named; an error of kind usage where there is none.
Result<std::string> read_key_file(const HostView& machine, const std::string& path);

}  // namespace nvprov
