#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/json.hpp"
#include "model/engine_edit.hpp"
#include "model/request.hpp"

namespace nvprov {

// What a host or an image is agreed to hold: of the packages nvprov chose and what they brought along, of the files
// nvprov owns, and of what else decides which driver runs.

// Where apply leaves the lock of what it did.
inline constexpr const char* host_lock_path = "/var/lib/nvprov/nvprov.lock";

struct LockedPackage {
  std::string name;
  std::string version;
  std::string architecture;               // the package manager's word; "" unknown
  std::optional<std::string> origin;      // "Debian bookworm-security"
  std::optional<std::string> repository;  // address the file came from, credentials masked
  std::optional<std::string> path;        // of the file below that address
  std::optional<std::string> digest;      // of the file: "sha256:9f86d0..."
  bool requested = false;                 // asked for by name, not drawn in
  bool driver_versioned = false;

  bool operator==(const LockedPackage&) const = default;
};

enum class LockedFileKind {
  key,          // trusted for the repositories that name it
  repository,   // a repository file of nvprov's own
  hold,         // keeps the driver's packages at their version
  hold_lines,   // nvprov's lines in a file of holds the user may own too; the digest is of those lines
  file,         // anything else nvprov owns
  engine_keys,  // nvprov's settings in a container engine's file; the digest is of their values
};

struct LockedFile {
  LockedFileKind kind = LockedFileKind::file;
  std::string path;
  std::uint32_t mode = 0644;
  std::string digest;                     // "sha256:9f86d0..."
  std::vector<std::string> fingerprints;  // of a key file's primary keys, sorted
  std::vector<KeyPath> keys;              // of an engine's file: those that are nvprov's

  bool operator==(const LockedFile&) const = default;
};

struct LockedDriver {
  std::string branch;       // "580"
  std::string version;      // "580.126.09"
  std::string flavour;      // "open" or "proprietary"; "" unknown
  std::string module_name;  // for modinfo; "" unknown

  bool operator==(const LockedDriver&) const = default;
};

struct LockedStream {
  std::string module;  // dnf's: "nvidia-driver"
  std::string stream;

  bool operator==(const LockedStream&) const = default;
};

struct Lockfile {
  std::string tool_version;
  std::string catalog_date;
  std::string catalog_digest;
  std::string distro;        // id: "debian-12"
  std::string architecture;  // "x86_64"
  Target target = Target::host;
  Request request;
  std::string source;  // id of the source of the packages; "" unknown
  std::optional<LockedDriver> driver;
  std::vector<std::string> cuda;     // updates: "12.4.1"
  std::vector<std::string> kernels;  // releases the module is built for
  std::vector<LockedStream> streams;
  std::vector<LockedPackage> packages;  // sorted by name, architecture
  std::vector<std::string> removed;     // names of packages that must not be there, sorted
  std::vector<LockedFile> files;        // sorted by path

  bool operator==(const Lockfile&) const = default;
};

// The versioned JSON form ("nvprov.lock/1"): every field always there, null for unknown.
Json lockfile_to_json(const Lockfile& lock);
tl::expected<Lockfile, Diagnostics> lockfile_from_json(std::string_view text, std::string_view file);

// "sha256:" and the digest of the bytes, as a lock writes it.
std::string lock_digest(std::string_view bytes);

// The locked package of this name and architecture, or nullptr; "" for the architecture fits any.
const LockedPackage* find_locked(const Lockfile& lock, std::string_view name, std::string_view architecture);

}  // namespace nvprov
