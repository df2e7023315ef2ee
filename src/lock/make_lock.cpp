#include "lock/make_lock.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append_new.hpp"
#include "lock/locked_packages.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

bool installs_packages(const Step& step) { return std::holds_alternative<InstallPackages>(step); }

// Without metadata a closure holds only names.
Status check_versions(const Plan& plan) {
  const bool has_transaction = std::ranges::any_of(plan.steps, installs_packages);
  if (!has_transaction || plan.closure.known) return {};
  return fail(ErrorKind::refused, "the plan does not know which exact packages it would install",
              {"no repository was asked, so that there are no versions to lock"},
              {"plan on the host itself, with a network: `nvprov plan -o plan.json`"});
}

std::vector<std::string> asked_names(const Resolution& resolution) {
  std::vector<std::string> names;
  if (resolution.driver) append_new(names, resolution.driver->packages);
  for (const CudaChoice& cuda : resolution.cuda) append_new(names, cuda.packages);
  for (const AdditionChoice& addition : resolution.additions)
    for (const PackageRequest& package : addition.packages) append_new(names, {package.name});
  if (resolution.container_toolkit)
    for (const PackageRequest& package : resolution.container_toolkit->packages) append_new(names, {package.name});
  for (const EngineChoice& engine : resolution.engines)
    if (engine.package) append_new(names, {*engine.package});
  for (const PackageRequest& headers : resolution.headers) append_new(names, {headers.name});
  return names;
}

std::vector<std::string> driver_names(const Resolution& resolution) {
  return resolution.driver ? resolution.driver->driver_versioned : std::vector<std::string>{};
}

bool stands_in(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

void add_change(Lockfile& lock, const PackageChange& change) {
  if (change.action == PackageAction::remove) return append_new(lock.removed, {change.name});
  const auto version = change.version ? change.version : change.old_version;
  if (!version) return;
  add_package(lock, {.name = change.name,
                     .version = *version,
                     .architecture = change.architecture,
                     .origin = change.origin,
                     .repository = change.repository,
                     .path = change.path,
                     .digest = change.digest,
                     .requested = change.requested,
                     .driver_versioned = change.driver_versioned});
}

// What the choice names and was there already.
void add_installed(Lockfile& lock, const Resolution& resolution, const HostFacts& facts) {
  const std::vector<std::string> asked = asked_names(resolution);
  const std::vector<std::string> versioned = driver_names(resolution);
  std::vector<std::string> names = asked;
  append_new(names, versioned);
  for (const InstalledPackage& package : facts.package_facts.packages) {
    const bool is_chosen = package.state == "installed" && stands_in(names, package.name);
    if (!is_chosen || stands_in(lock.removed, package.name)) continue;
    if (!holds_package(lock, package.name, package.architecture))
      add_package(lock,
                  locked_as_installed(package, stands_in(asked, package.name), stands_in(versioned, package.name)));
  }
}

LockedFile locked_file(LockedFileKind kind, const std::string& path, const std::string& content, std::uint32_t mode) {
  return {.kind = kind, .path = path, .mode = mode, .digest = lock_digest(content), .fingerprints = {}, .keys = {}};
}

// Files others own too (a repository switched on, an entry moved aside) are not nvprov's to lock.
struct OwnedBy {
  Lockfile& lock;

  void operator()(const ImportKey& step) const {
    LockedFile file = locked_file(LockedFileKind::key, step.path, step.content, 0644);
    file.fingerprints = step.fingerprints;
    std::ranges::sort(file.fingerprints);
    lock.files.push_back(std::move(file));
  }
  void operator()(const AddRepository& step) const {
    lock.files.push_back(locked_file(LockedFileKind::repository, step.path, step.content, 0644));
  }
  void operator()(const WriteFile& step) const {
    const auto kind = is_hold_file(step.path) ? LockedFileKind::hold : LockedFileKind::file;
    lock.files.push_back(locked_file(kind, step.path, step.content, step.mode));
  }
  void operator()(const HoldPackages& step) const {
    lock.files.push_back(locked_file(LockedFileKind::hold_lines, step.path, our_versionlock(step.content), 0644));
  }
  void operator()(const SetModuleStream& step) const {
    lock.streams.push_back({.module = step.module, .stream = step.stream});
  }
  void operator()(const RemoveRepository&) const {}
  void operator()(const EnableRepository&) const {}
  void operator()(const RefreshMetadata&) const {}
  void operator()(const InstallPackages&) const {}
  void operator()(const SetPackageMark&) const {}
  void operator()(const SetAlternative&) const {}
  void operator()(const ConfigureContainerEngine& step) const {
    LockedFile file = locked_file(LockedFileKind::engine_keys, step.path, {}, step.mode);
    for (const KeyChange& change : step.record.changes) append_new(file.keys, {change.key});
    file.digest = lock_digest(values_at(step.path, step.content, file.keys));
    lock.files.push_back(std::move(file));
  }
  void operator()(const ManageService&) const {}
};

void add_stream_of_driver(Lockfile& lock, const DriverChoice& driver) {
  if (!driver.module || !driver.stream ||
      std::ranges::find(lock.streams, *driver.module, &LockedStream::module) != lock.streams.end())
    return;
  lock.streams.push_back({.module = *driver.module, .stream = *driver.stream});
}

Lockfile choice_of(const Plan& plan) {
  const Resolution& resolution = plan.resolution;
  Lockfile lock;
  lock.tool_version = plan.tool_version;
  lock.catalog_date = plan.catalog_date;
  lock.catalog_digest = plan.catalog_digest;
  lock.distro = resolution.distro;
  lock.architecture = plan.architecture;
  lock.target = resolution.target;
  lock.request = plan.request;
  lock.source = resolution.source;
  lock.kernels = resolution.kernels;
  if (resolution.driver)
    lock.driver = LockedDriver{.branch = resolution.driver->branch,
                               .version = resolution.driver->version,
                               .flavour = resolution.driver->flavour,
                               .module_name = resolution.driver->module_name};
  for (const CudaChoice& cuda : resolution.cuda) lock.cuda.push_back(cuda.update);
  return lock;
}

}  // namespace

Result<Lockfile> make_lock(const Plan& plan, const HostFacts& facts, const std::optional<Lockfile>& earlier) {
  if (const Status known = check_versions(plan); !known) return fail(known.error());
  Lockfile lock = choice_of(plan);
  for (const PackageChange& change : plan.closure.packages) add_change(lock, change);
  add_installed(lock, plan.resolution, facts);
  for (const Step& step : plan.steps) std::visit(OwnedBy{lock}, step);
  if (plan.resolution.driver) add_stream_of_driver(lock, *plan.resolution.driver);
  if (earlier) add_earlier(lock, *earlier, facts);
  sort_lists(lock);
  return lock;
}

Lockfile without_missing_files(Lockfile lock, const FileFacts& files) {
  std::erase_if(lock.files, [&](const LockedFile& file) {
    return std::ranges::find(files.owned, file.path, &SeenFile::path) == files.owned.end();
  });
  return lock;
}

}  // namespace nvprov
