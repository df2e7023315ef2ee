#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "lock/locked_packages.hpp"
#include "lock/make_lock.hpp"
#include "resolve/installed_driver.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

Status check_host(const HostFacts& facts, const Distro* distro) {
  if (distro == nullptr)
    return fail(ErrorKind::usage,
                fmt::format("the catalog does not know {}", facts.os ? facts.os->name : std::string("this system")), {},
                {"lock a plan: `nvprov lock plan.json`"});
  if (!facts.package_facts.packages.empty()) return {};
  const auto why = std::ranges::find(facts.diagnostics, "package_facts.packages", &Diagnostic::place);
  return fail(ErrorKind::failed, "what is installed there is not known",
              {why == facts.diagnostics.end() ? "no package is installed" : why->message});
}

// What is NVIDIA's or is there for it; what https needs is not.
std::set<std::string> names_of_interest(const Catalog& catalog, const Distro& distro, const HostFacts& facts) {
  const auto interesting = packages_of_interest(catalog, distro, facts, {});
  std::set<std::string> names(interesting.begin(), interesting.end());
  for (const PackageSource& source : distro.package_sources)
    for (const std::string& name : source.https_prerequisites) names.erase(name);
  // An engine that was there before is its owner's.
  if (catalog.container_toolkit)
    for (const EngineInstallation& engine : catalog.container_toolkit->installations)
      for (const std::string& name : engine.packages) names.erase(name);
  return names;
}

void add_packages(Lockfile& lock, const HostFacts& facts, const Catalog& catalog, const Distro& distro) {
  const std::set<std::string> versioned = driver_versioned_of(distro);
  for (const InstalledPackage& package : packages_of_stack(facts, catalog))
    add_package(lock, locked_as_installed(package, !package.automatic, versioned.contains(package.name)));
}

bool all_installed(const HostFacts& facts, const std::vector<std::string>& names) {
  return !names.empty() &&
         std::ranges::all_of(names, [&](const std::string& name) { return find_installed(facts, name) != nullptr; });
}

// A release counts as there by its runtime, which every other part of it needs.
std::vector<std::string> cuda_releases(const HostFacts& facts, const Distro& distro) {
  std::set<std::string> releases;
  for (const PackageSource& source : distro.package_sources)
    for (const CudaOffer& offer : source.cuda)
      for (const ComponentPackages& component : offer.components)
        if (component.component == "cudart" && component.part == "runtime" && all_installed(facts, component.packages))
          releases.insert(offer.release);
  return {releases.begin(), releases.end()};
}

std::vector<std::string> kernels_with_module(const HostFacts& facts) {
  std::vector<std::string> releases;
  for (const InstalledKernel& kernel : facts.kernel.installed)
    if (has_nvidia_module(facts.kernel, kernel.release)) releases.push_back(kernel.release);
  return releases;
}

void add_driver(Lockfile& lock, const InstalledDriver& driver) {
  lock.driver = LockedDriver{.branch = split(driver.version, '.').front(),
                             .version = driver.version,
                             .flavour = driver.flavour,
                             .module_name = driver.module != nullptr ? driver.module->module_name : std::string{}};
  if (driver.source != nullptr) lock.source = driver.source->id;
}

void add_streams(Lockfile& lock, const HostFacts& facts, const Distro& distro) {
  for (const PackageSource& source : distro.package_sources)
    for (const DriverPackageSet& set : source.package_sets)
      for (const ModuleState& state : facts.package_facts.modules)
        if (set.module == state.name && state.state == "enabled" &&
            std::ranges::find(lock.streams, state.name, &LockedStream::module) == lock.streams.end())
          lock.streams.push_back({.module = state.name, .stream = state.stream});
}

void add_files(Lockfile& lock, const FileFacts& files) {
  for (const SeenFile& file : files.owned)
    if (!file.digest.empty())
      lock.files.push_back({.kind = file.kind,
                            .path = file.path,
                            .mode = file.mode,
                            .digest = file.digest,
                            .fingerprints = file.fingerprints,
                            .keys = file.keys});
}

// What would be asked for to get what is there.
Request request_for(const Lockfile& lock) {
  Request request;
  request.target = lock.target;
  if (!lock.source.empty()) request.source = lock.source;
  if (lock.driver) request.driver = lock.driver->version;
  if (lock.driver && !lock.driver->flavour.empty()) request.module = lock.driver->flavour;
  request.cuda.clear();
  for (const std::string& release : lock.cuda) request.cuda.push_back("=" + release);
  if (request.cuda.empty()) request.cuda = {"none"};
  return request;
}

}  // namespace

std::vector<InstalledPackage> packages_of_stack(const HostFacts& facts, const Catalog& catalog) {
  std::vector<InstalledPackage> packages;
  const Distro* distro = distro_of(facts, catalog);
  if (distro == nullptr) return packages;
  const std::set<std::string> names = names_of_interest(catalog, *distro, facts);
  for (const InstalledPackage& package : facts.package_facts.packages)
    if (package.state == "installed" && names.contains(package.name)) packages.push_back(package);
  return packages;
}

Result<Lockfile> lock_host(const HostFacts& facts, const FileFacts& files, const Catalog& catalog,
                           const std::string& tool_version, const std::optional<Lockfile>& earlier) {
  const Distro* distro = distro_of(facts, catalog);
  if (const Status known = check_host(facts, distro); !known) return fail(known.error());
  Lockfile lock;
  lock.tool_version = tool_version;
  lock.catalog_date = catalog.date;
  lock.catalog_digest = catalog.digest;
  lock.distro = distro->id;
  lock.architecture = facts.architecture;
  lock.target = target_of(facts.environment.place).value_or(Target::host);
  if (const auto driver = find_installed_driver(facts, *distro)) add_driver(lock, *driver);
  lock.cuda = cuda_releases(facts, *distro);
  lock.kernels = kernels_with_module(facts);
  add_streams(lock, facts, *distro);
  add_packages(lock, facts, catalog, *distro);
  add_files(lock, files);
  lock.request = earlier ? earlier->request : request_for(lock);
  if (earlier) add_earlier(lock, without_missing_files(*earlier, files), facts);
  sort_lists(lock);
  return lock;
}

}  // namespace nvprov
