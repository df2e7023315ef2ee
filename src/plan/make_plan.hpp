#pragma once

#include <optional>
#include <string>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What a plan is made from beside the resolution.
struct PlanInputs {
  std::string tool_version;
  Request request;
  RepositoryMetadata metadata;
  std::vector<std::string> inputs;  // non-default inputs, for the reader
  bool with_fingerprint = true;     // of the facts; without, plans of equal hosts are equal, and made in half the time
};

// What container engines need on this host, whatever is to be installed.
struct EngineSetup {
  std::vector<ConfigureContainerEngine> files;  // in the order they are written
  std::vector<ManageService> services;
  std::vector<Conflict> blockers;
  std::vector<Notice> notices;

  bool operator==(const EngineSetup&) const = default;
};

// What a source needs on this host before its packages can be asked for.
struct SourceSetup {
  std::vector<ImportKey> keys;
  std::vector<RemoveRepository> removals;  // entries moved aside
  std::vector<AddRepository> repositories;
  std::vector<EnableRepository> enabled;
  std::vector<WriteFile> files;  // certificates of a mirror, and the settings that name them
  std::vector<Conflict> blockers;
  std::vector<Notice> notices;
  std::vector<std::string> hold_packages;  // missing, and needed for holds to bind
  std::vector<std::string> hold_packages_not_offered;
  EngineSetup engines;
  std::optional<std::string> profile_d;    // text of our file in /etc/profile.d as it is; nullopt: not looked at
  std::optional<std::string> versionlock;  // text of dnf's file of holds as it is; nullopt: not looked at

  bool operator==(const SourceSetup&) const = default;
};

// Adds what another source needs; what both need comes once.
void append_setup(SourceSetup& setup, const SourceSetup& more);

// Whether something that comes from the resolution's own source is to be installed: not so where only the container
// toolkit is missing, which has a repository of its own.
bool installs_from_source(const HostFacts& facts, const PackageSource& source, const Resolution& resolution);

// The file that enables components of the distribution's own archive, where the source needs them and the host lacks
// them. A vendor's driver depends on packages there, its CUDA libraries do not: without a driver they are left alone.
std::optional<AddRepository> needed_components(const PackageFacts& packages, const Distro& distro,
                                               const PackageSource& source, const Resolution& resolution);

// The repositories and the hold files this resolution needs on this host; they come before the closure is known.
struct Preparations {
  SourceSetup setup;
  std::vector<SetModuleStream> streams;
  std::vector<WriteFile> holds;
  std::vector<HoldPackages> locks;
  EngineSetup engines;
  std::vector<ManageService> services;  // of the driver, to start with the machine
  std::vector<SetPackageMark> marks;
  std::vector<SetAlternative> alternatives;
  std::vector<WriteFile> profile_files;
  std::vector<InstallPackages> transactions;  // prerequisites first, then one for the stack; empty: nothing to install
};
// `setup` is that of the resolution's source; it is used only where something is to be installed.
Preparations prepare(const HostFacts& facts, const Catalog& catalog, const Request& request,
                     const Resolution& resolution, const SourceSetup& setup);

// The versions that parts of the driver must have if they are drawn in.
std::vector<PackageRequest> exact_versions(const Resolution& resolution);

// Packages that would come at another version than the driver's, as requests for the right one; none where the
// repositories do not hold it. Asking for them by name makes a driver of one version out of a closure that drifted.
std::vector<PackageRequest> one_version_requests(const Closure& closure, const Resolution& resolution);

// The ordered steps and everything a reader must know. Empty steps when the host already is as resolved.
Plan make_plan(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution,
               const Preparations& preparations, const Closure& closure, const PlanInputs& inputs);

}  // namespace nvprov
