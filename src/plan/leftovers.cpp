#include "plan/leftovers.hpp"

#include <algorithm>
#include <set>

#include "packages/apt.hpp"

namespace nvprov {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// Releases of drivers that are installed and are not the one chosen, by the packages the catalog knows to carry them.
std::set<std::string> other_releases(const HostFacts& facts, const Distro& distro, const DriverChoice& driver) {
  std::set<std::string> releases;
  for (const PackageSource& source : distro.package_sources)
    for (const DriverPackageSet& set : source.package_sets)
      for (const std::string& name : set.driver_versioned)
        if (const InstalledPackage* package = find_installed(facts, name))
          releases.insert(upstream_version(package->version));
  releases.erase(driver.version);
  return releases;
}

bool is_of_source(const InstalledPackage& package, const PackageSource& source) {
  return package.origin && has(source.origins, *package.origin);
}

bool is_changed(const Closure& closure, const InstalledPackage& package) {
  return std::ranges::any_of(closure.packages, [&](const PackageChange& change) {
    return change.name == package.name &&
           (change.architecture.empty() || change.architecture == package.architecture) &&
           change.action != PackageAction::keep;
  });
}

// "libcuda1", or "libcuda1:i386" where it is not of the host's own architecture.
std::string name_for_apt(const InstalledPackage& package, const HostFacts& facts) {
  const bool is_own = package.architecture == "all" || package.architecture == facts.package_facts.architecture;
  return is_own ? package.name : package.name + ":" + package.architecture;
}

}  // namespace

bool is_of_other_module(const PackageSource& source, const DriverChoice& driver, const std::string& name) {
  const auto set = std::ranges::find(source.package_sets, driver.package_set, &DriverPackageSet::id);
  return set != source.package_sets.end() && !has(driver.packages, name) &&
         std::ranges::any_of(set->modules, [&](const ModulePackages& module) { return has(module.packages, name); });
}

std::vector<std::string> leftovers(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution,
                                   const Closure& closure) {
  const Distro* distro = find_distro(catalog, resolution.distro);
  const PackageSource* source = distro != nullptr ? find_source(*distro, resolution.source) : nullptr;
  if (source == nullptr || !resolution.driver || resolution.driver->kept || facts.package_facts.manager != "apt")
    return {};
  const DriverChoice& driver = *resolution.driver;
  const std::set<std::string> others = other_releases(facts, *distro, driver);
  std::vector<std::string> names;
  for (const InstalledPackage& package : facts.package_facts.packages) {
    const bool is_of_old_driver = others.contains(upstream_version(package.version)) && !is_of_source(package, *source);
    if (package.state == "installed" && (is_of_old_driver || is_of_other_module(*source, driver, package.name)) &&
        !is_changed(closure, package))
      names.push_back(name_for_apt(package, facts));
  }
  return names;
}

std::vector<std::string> retired_packages(const HostFacts& facts, const Catalog& catalog,
                                          const Resolution& resolution) {
  std::vector<std::string> names;
  const auto& toolkit = resolution.container_toolkit;
  if (!toolkit || toolkit->kept || !catalog.container_toolkit || facts.package_facts.manager != "apt") return names;
  for (const std::string& name : catalog.container_toolkit->retired.packages)
    if (find_installed(facts, name) != nullptr) names.push_back(name);
  return names;
}

}  // namespace nvprov
