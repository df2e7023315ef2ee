#include "resolve/installed_driver.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/module_choice.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

// The branch of a release stands before its first dot.
bool has_branch(const PackageSource& source, const DriverPackageSet& set, const std::string& release) {
  const std::string branch = split(release, '.').front();
  return std::ranges::any_of(
      source.drivers, [&](const DriverOffer& offer) { return offer.package_set == set.id && offer.branch == branch; });
}

// Of an offer without package versions the repository tells them; the release is what can be compared.
bool is_of(const InstalledPackage& package, const DriverOffer& offer) {
  return offer.package_version ? *offer.package_version == package.version
                               : offer.version == release_of(package.version);
}

// rpm packages name a vendor, in words of the vendor's own choice, and not the repository they came from.
bool names_vendors(const PackageSource& source) {
  return std::ranges::any_of(source.repositories, [](const Repository& each) { return each.kind == "rpm"; });
}

bool comes_from(const InstalledPackage& package, const PackageSource& source, const DriverPackageSet& set) {
  // A family's sets for other branches have packages of the same names.
  if (!source.family.empty() && !has_branch(source, set, release_of(package.version))) return false;
  const bool known_origin =
      package.origin && std::ranges::find(source.origins, *package.origin) != source.origins.end();
  if (known_origin) return true;
  if (package.origin && !names_vendors(source)) return false;
  return std::ranges::any_of(
      source.drivers, [&](const DriverOffer& offer) { return offer.package_set == set.id && is_of(package, offer); });
}

bool is_one_version(const HostFacts& facts, const DriverPackageSet& set, const std::string& version) {
  return std::ranges::all_of(set.driver_versioned, [&](const std::string& name) {
    const InstalledPackage* package = find_installed(facts, name);
    return package == nullptr || release_of(package->version) == release_of(version);
  });
}

// A prebuilt module is installed if it is for one of the host's kernels.
bool is_installed(const ModulePackages& module, const std::string& release, const HostFacts& facts,
                  const Distro& distro) {
  const auto all_there = [&](const std::string& kernel) {
    const std::vector<std::string> names = module_packages(module, release, kernel, facts, distro);
    return !names.empty() &&
           std::ranges::all_of(names, [&](const std::string& name) { return find_installed(facts, name) != nullptr; });
  };
  return all_there("") || std::ranges::any_of(facts.kernel.installed, all_there, &InstalledKernel::release);
}

void add_module(InstalledDriver& driver, const HostFacts& facts, const DriverPackageSet& set, const Distro& distro) {
  for (const ModulePackages& module : set.modules) {
    if (!is_installed(module, driver.version, facts, distro)) continue;
    driver.module = &module;
    driver.flavour = module.flavour;
    driver.has_module = true;
  }
}

// By the first component package that is there and from the set's source, so that one that drifted does not hide the
// others; else by the first that is there. User-space packages name the driver's version. What only adds to a driver,
// such as nvidia-settings, may be there without one.
std::optional<InstalledDriver> by_packages(const HostFacts& facts, const PackageSource& source,
                                           const DriverPackageSet& set, const Distro& distro) {
  std::optional<InstalledDriver> from_elsewhere;
  for (const ComponentPackages& component : set.components) {
    if (is_add_on(component)) continue;
    for (const std::string& name : component.packages) {
      const bool versioned = std::ranges::find(set.driver_versioned, name) != set.driver_versioned.end();
      const InstalledPackage* package = versioned ? find_installed(facts, name) : nullptr;
      if (package == nullptr) continue;
      InstalledDriver driver;
      driver.version = release_of(package->version);
      driver.package_version = package->version;
      driver.one_version = is_one_version(facts, set, package->version);
      if (!comes_from(*package, source, set)) {
        if (!from_elsewhere) from_elsewhere = driver;
        continue;
      }
      driver.source = &source;
      driver.set = &set;
      add_module(driver, facts, set, distro);
      return driver;
    }
  }
  return from_elsewhere;
}

void add_loaded(InstalledDriver& driver, const HostFacts& facts) {
  if (!facts.driver.loaded || facts.driver.loaded->version != driver.version) return;
  driver.has_module = true;
  if (driver.flavour.empty()) driver.flavour = facts.driver.loaded->flavour;
}

Conflict unfit(const InstalledDriver& installed, std::string why, std::vector<Source> sources = {}) {
  return {.reason = ConflictReason::installed_driver_unfit,
          .subject = installed.version,
          .other = std::move(why),
          .limit = {},
          .sources = std::move(sources)};
}

}  // namespace

std::optional<InstalledDriver> find_installed_driver(const HostFacts& facts, const Distro& distro) {
  if (facts.driver.runfile) return std::nullopt;  // a blocker of its own
  std::optional<InstalledDriver> found;
  for (const PackageSource& source : distro.package_sources)
    for (const DriverPackageSet& set : source.package_sets)
      if (!found || found->set == nullptr)
        if (auto driver = by_packages(facts, source, set, distro)) found = driver;
  if (!found && facts.driver.loaded) {
    found = InstalledDriver{};
    found->version = facts.driver.loaded->version;
  }
  if (found) add_loaded(*found, facts);
  return found;
}

std::optional<Conflict> installed_driver_broken(const InstalledDriver& installed, const Catalog& catalog) {
  if (!installed.one_version) return unfit(installed, "its packages have more than one version");
  if (!installed.has_module && installed.source != nullptr)
    return unfit(installed, "its kernel module is not installed");
  if (find_branch(catalog, split(installed.version, '.').front()) == nullptr)
    return unfit(installed, "the catalog does not know its branch");
  return std::nullopt;
}

std::vector<Objection> installed_driver_objections(const InstalledDriver& installed, const HostFacts& facts,
                                                   const Catalog& catalog) {
  std::vector<Objection> objections;
  const DriverBranch* branch = find_branch(catalog, split(installed.version, '.').front());
  if (branch == nullptr) return objections;
  for (const Gpu& gpu : distinct_gpus(facts.gpus)) {
    const Requirement served{RequirementKind::gpu, gpu.name};
    if (auto conflict = gpu_not_served(gpu, *branch, catalog))
      objections.push_back({served, std::move(*conflict)});
    else if (flavour_not_accepted(gpu, installed.flavour, installed.version, catalog))
      objections.push_back(
          {served, unfit(installed, "its " + installed.flavour + " kernel module does not drive " + gpu.name)});
  }
  return objections;
}

}  // namespace nvprov
