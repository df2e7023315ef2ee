#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/environment_variable.hpp"
#include "model/engine_edit.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What a repository offers of one package.
struct PackageOffer {
  std::string name;
  std::string version;
  std::string architecture;
  std::string origin;  // "Debian"
  std::string suite;   // "bookworm-security"
  std::uint64_t download_bytes = 0;
  std::uint64_t installed_bytes = 0;
  bool candidate = false;  // what the package manager would take if not told otherwise

  bool operator==(const PackageOffer&) const = default;
};

// The versions repositories offer of the packages a catalog names.
struct RepositoryMetadata {
  bool known = false;                     // false: nothing was asked (offline, other target)
  std::vector<std::string> silent_about;  // ids of sources whose repositories were not asked
  std::string digest;                     // sha256 over the signed index files used; "" unknown
  std::optional<std::string> fetched_at;  // RFC 3339 UTC
  std::vector<PackageOffer> offers;       // sorted by name, version

  bool operator==(const RepositoryMetadata&) const = default;
};

enum class PackageAction { install, upgrade, downgrade, remove, keep };

// One package the transaction touches.
struct PackageChange {
  PackageAction action = PackageAction::install;
  std::string name;
  std::string architecture;
  std::optional<std::string> version;      // nullopt: unknown (no metadata)
  std::optional<std::string> old_version;  // installed before
  std::optional<std::string> origin;       // "Debian bookworm-security"
  std::optional<std::string> repository;   // address the file comes from, credentials masked
  std::optional<std::string> path;         // of the file below that address: "pool/non-free/n/...deb"
  std::optional<std::string> digest;       // of the file, as the signed index has it: "sha256:9f86d0..."
  std::optional<std::uint64_t> download_bytes;
  std::optional<std::uint64_t> installed_bytes;
  std::optional<std::string> license;  // class, for packages the catalog names: "proprietary"
  bool requested = false;              // asked for by name, not drawn in
  bool driver_versioned = false;
  bool held = false;

  bool operator==(const PackageChange&) const = default;
};

// Exactly which packages. `known` false: versions are null and the list holds only what is asked for by name.
struct Closure {
  bool known = false;
  std::vector<PackageChange> packages;  // sorted by name, architecture
  std::optional<std::uint64_t> download_bytes;
  std::optional<std::int64_t> disk_bytes;

  bool operator==(const Closure&) const = default;
};

// Steps: closed kinds, each idempotent, in the order they are done.

// A key file of our own, for the repositories that name it and no others.
struct ImportKey {
  std::string path;
  std::string content;                    // as the file will be; JSON form: base64
  std::vector<std::string> fingerprints;  // of every primary key in it
  std::string origin;                     // "embedded", or the address it was fetched from
  std::string purpose;                    // "NVIDIA's repository for Debian 12"

  bool operator==(const ImportKey&) const = default;
};

// A repository file of our own.
struct AddRepository {
  std::string path;
  std::string content;
  std::string purpose;  // "contrib non-free non-free-firmware of Debian's own archive"
  bool third_party = false;

  bool operator==(const AddRepository&) const = default;
};

// Fetch and verify the indexes of every configured repository.
struct RefreshMetadata {
  bool operator==(const RefreshMetadata&) const = default;
};

// An entry somebody else wrote that would be in the way, turned to comments; the whole file is kept beside it.
struct RemoveRepository {
  std::string path;
  int line = 0;         // of the entry
  std::string content;  // the whole file as it will be
  std::string backup;   // path of the copy, a name the package manager does not read
  std::string reason;

  bool operator==(const RemoveRepository&) const = default;
};

// Switches on a repository the host has switched off; the rest of its file stays.
struct EnableRepository {
  std::string path;
  std::string id;
  std::string content;  // the whole file
  std::string purpose;

  bool operator==(const EnableRepository&) const = default;
};

// Chooses which packages of a dnf module can be seen.
struct SetModuleStream {
  std::string module;
  std::string stream;
  std::optional<std::string> previous;  // enabled before

  bool operator==(const SetModuleStream&) const = default;
};

// A file the user may own too, in which our lines hold packages.
struct HoldPackages {
  std::string path;
  std::string content;  // the whole file, the user's lines included
  std::string purpose;

  bool operator==(const HoldPackages&) const = default;
};

// One transaction of the package manager.
struct InstallPackages {
  std::string purpose;  // "prerequisites", "driver", "libraries"
  std::vector<PackageRequest> packages;
  std::vector<std::string> leaving;  // names of installed packages that go in the same transaction
  bool allow_downgrades = false;
  bool allow_removals = false;
  bool allow_held = false;

  bool operator==(const InstallPackages&) const = default;
};

// A whole file of our own (a hold, a guard); never one the user owns.
struct WriteFile {
  std::string path;
  std::string content;
  std::uint32_t mode = 0644;
  std::string purpose;  // "hold the driver at 535.309.01"

  bool operator==(const WriteFile&) const = default;
};

// Installed packages that something drew in count as asked for by the administrator from then on: they do not leave
// with what drew them in.
struct SetPackageMark {
  std::vector<std::string> packages;
  std::string purpose;  // "the driver stays when cuda no longer asks for it"

  bool operator==(const SetPackageMark&) const = default;
};

// What a link of update-alternatives leads to, by hand from then on.
struct SetAlternative {
  std::string name;                   // "cuda"
  std::string link;                   // "/usr/local/cuda"
  std::string target;                 // "/usr/local/cuda-12.4"
  std::optional<std::string> former;  // what somebody chose before; none: the highest priority decided

  bool operator==(const SetAlternative&) const = default;
};

// Settings of ours in a configuration file that a container engine's user owns; everything else in it stays.
struct ConfigureContainerEngine {
  std::string engine;                 // its title: "Docker"
  std::string path;                   // of the file itself: links are followed
  std::optional<std::string> former;  // the whole file as it was found; none: there was no such file
  std::string content;                // and as it will be
  std::uint32_t mode = 0644;
  std::string backup;   // path of a copy of the former file, a name the engine does not read; "" where there was none
  EditRecord record;    // all that taking our settings out again needs
  std::string purpose;  // "NVIDIA's runtime and CDI devices"

  bool operator==(const ConfigureContainerEngine&) const = default;
};

enum class ServiceAction {
  reload,
  restart,
  enable,      // it starts with the machine
  enable_now,  // and at once
};

// A service that runs takes its new settings, one that does not run is left alone; or a service is to start with the
// machine.
struct ManageService {
  std::string unit;  // "docker.service"
  ServiceAction action = ServiceAction::reload;
  std::string engine;   // whose files get their former content back if it fails: "Docker"; "" for none
  std::string purpose;  // "Docker reads its new settings"

  bool operator==(const ManageService&) const = default;
};

using Step = std::variant<ImportKey, RemoveRepository, AddRepository, EnableRepository, SetModuleStream,
                          RefreshMetadata, WriteFile, HoldPackages, InstallPackages, SetPackageMark, SetAlternative,
                          ConfigureContainerEngine, ManageService>;

enum class Usable { now, after_reboot, after_kernel, unknown, nothing_to_use };

// What would happen to this host, and all a reader must know before agreeing.
struct Plan {
  std::string tool_version;
  std::string catalog_date;
  std::string catalog_digest;
  std::string facts_fingerprint;
  std::string metadata_digest;  // "" unknown
  std::optional<std::string> metadata_fetched_at;
  std::string architecture;       // of the target, as uname -m says it: "x86_64"
  std::string host;               // "Debian GNU/Linux 12 (bookworm), x86_64"
  std::vector<std::string> gpus;  // "2x Tesla T4"
  Request request;
  Resolution resolution;
  std::vector<Conflict> blockers;  // apply refuses while there is one its consent does not lift
  std::vector<Step> steps;         // empty: nothing to do
  Closure closure;
  Usable usable = Usable::unknown;
  std::vector<EnvironmentVariable> environment;  // what an image should carry; empty for a host
  std::vector<std::string> restarts;             // services or modules, and what that stops
  std::vector<Notice> notices;
  std::vector<std::string> unknowns;                 // facts this plan could not know, by dotted name
  std::vector<std::string> inputs;                   // every non-default input: "data overlay /etc/nvprov"
  std::vector<std::vector<std::string>> equivalent;  // the package manager's own command lines, as argv
  std::vector<std::vector<std::string>> undo;        // command lines that take it back, as argv

  bool operator==(const Plan&) const = default;
};

// The consent flag that lifts a blocker, or "" if none does.
std::string_view consent_flag(ConflictReason reason);
// The blockers that remain under this consent.
std::vector<Conflict> remaining_blockers(const Plan& plan, const Consent& consent);
// The steps with what was agreed to now; a plan carries no consent of its own.
std::vector<Step> agreed_steps(const Plan& plan, const Consent& consent);

}  // namespace nvprov
