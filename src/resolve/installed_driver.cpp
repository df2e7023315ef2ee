#include "resolve/installed_driver.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

bool comes_from(const InstalledPackage& package, const PackageSource& source, const DriverPackageSet& set) {
  if (package.origin) return std::ranges::find(source.origins, *package.origin) != source.origins.end();
  return std::ranges::any_of(source.drivers, [&](const DriverOffer& offer) {
    return offer.package_set == set.id && offer.package_version == package.version;
  });
}

bool is_one_version(const HostFacts& facts, const DriverPackageSet& set, const std::string& version) {
  return std::ranges::all_of(set.driver_versioned, [&](const std::string& name) {
    const InstalledPackage* package = find_installed(facts, name);
    return package == nullptr || release_of(package->version) == release_of(version);
  });
}

void add_module(InstalledDriver& driver, const HostFacts& facts, const DriverPackageSet& set) {
  for (const ModulePackages& module : set.modules) {
    const bool installed =
        !module.packages.empty() && std::ranges::all_of(module.packages, [&](const std::string& name) {
          return find_installed(facts, name) != nullptr;
        });
    if (!installed) continue;
    driver.flavour = module.flavour;
    driver.has_module = true;
  }
}

// By the first component package of a set that is there; user-space packages name the driver's version.
std::optional<InstalledDriver> by_packages(const HostFacts& facts, const PackageSource& source,
                                           const DriverPackageSet& set) {
  for (const ComponentPackages& component : set.components) {
    for (const std::string& name : component.packages) {
      const bool versioned = std::ranges::find(set.driver_versioned, name) != set.driver_versioned.end();
      const InstalledPackage* package = versioned ? find_installed(facts, name) : nullptr;
      if (package == nullptr) continue;
      InstalledDriver driver;
      driver.version = release_of(package->version);
      driver.package_version = package->version;
      driver.one_version = is_one_version(facts, set, package->version);
      if (!comes_from(*package, source, set)) return driver;
      driver.source = &source;
      driver.set = &set;
      add_module(driver, facts, set);
      return driver;
    }
  }
  return std::nullopt;
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

bool accepts_flavour(const Gpu& gpu, const std::string& flavour, const Catalog& catalog) {
  switch (module_support(gpu, catalog)) {
    case ModuleSupport::either: return true;
    case ModuleSupport::open_only: return flavour != "proprietary";
    case ModuleSupport::proprietary_only: return flavour != "open";
  }
  return true;
}

}  // namespace

std::optional<InstalledDriver> find_installed_driver(const HostFacts& facts, const Distro& distro) {
  if (facts.driver.runfile) return std::nullopt;  // a blocker of its own
  std::optional<InstalledDriver> found;
  for (const PackageSource& source : distro.package_sources)
    for (const DriverPackageSet& set : source.package_sets)
      if (!found || found->set == nullptr)
        if (auto driver = by_packages(facts, source, set)) found = driver;
  if (!found && facts.driver.loaded) {
    found = InstalledDriver{};
    found->version = facts.driver.loaded->version;
  }
  if (found) add_loaded(*found, facts);
  return found;
}

std::optional<Conflict> installed_driver_unfit(const InstalledDriver& installed, const HostFacts& facts,
                                               const Catalog& catalog) {
  if (!installed.one_version) return unfit(installed, "its packages have more than one version");
  if (!installed.has_module && installed.source != nullptr)
    return unfit(installed, "its kernel module is not installed");
  const DriverBranch* branch = find_branch(catalog, split(installed.version, '.').front());
  if (branch == nullptr) return unfit(installed, "the catalog does not know its branch");
  for (const Gpu& gpu : facts.gpus) {
    if (const auto conflict = gpu_not_served(gpu, *branch, catalog)) return *conflict;
    if (!accepts_flavour(gpu, installed.flavour, catalog))
      return unfit(installed, "its " + installed.flavour + " kernel module does not drive " + gpu.name);
  }
  return std::nullopt;
}

}  // namespace nvprov
