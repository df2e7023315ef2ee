// What a change of source or of module build would leave beside the new driver.
#include "plan/leftovers.hpp"

#include "support/catch.hpp"

using namespace nvprov;

namespace {

ModulePackages module_of(std::string flavour, std::string package) {
  ModulePackages module;
  module.flavour = std::move(flavour);
  module.packages = {std::move(package)};
  return module;
}

PackageSource source_of(std::string id, std::string origin) {
  DriverPackageSet set;
  set.id = "current";
  set.modules = {module_of("proprietary", "nvidia-kernel-dkms"), module_of("open", id + "-open-dkms")};
  set.driver_versioned = {"libcuda1", "nvidia-kernel-dkms", id + "-open-dkms"};
  PackageSource source;
  source.id = std::move(id);
  source.origins = {std::move(origin)};
  source.package_sets = {std::move(set)};
  return source;
}

InstalledPackage installed(std::string name, std::string version, std::optional<std::string> origin) {
  InstalledPackage package;
  package.name = std::move(name);
  package.version = std::move(version);
  package.architecture = "amd64";
  package.origin = std::move(origin);
  package.state = "installed";
  return package;
}

// A host with the distribution's 535 and its proprietary module.
struct Switch {
  Catalog catalog;
  HostFacts facts;
  Resolution resolution;
  Closure closure;

  Switch() {
    Distro distro;
    distro.id = "debian-12";
    distro.package_sources = {source_of("nvidia", "NVIDIA"), source_of("distro", "Debian")};
    catalog.distros = {distro};
    facts.package_facts.manager = "apt";
    facts.package_facts.architecture = "amd64";
    facts.package_facts.packages = {installed("libcuda1", "535.1-0+deb12u1", "Debian"),
                                    installed("nvidia-alternative", "535.1-0+deb12u1", {}),
                                    installed("nvidia-kernel-common", "20220217+3", {}),
                                    installed("nvidia-kernel-dkms", "535.1-0+deb12u1", "Debian"),
                                    installed("nvidia-settings", "535.1-1", "NVIDIA")};
    DriverChoice driver;
    driver.version = "580.2";
    driver.package_set = "current";
    driver.packages = {"nvidia-open-dkms", "libcuda1"};
    resolution.distro = "debian-12";
    resolution.source = "nvidia";
    resolution.driver = driver;
  }
  void changes(const std::string& name, PackageAction action) {
    PackageChange change;
    change.name = name;
    change.action = action;
    closure.packages.push_back(change);
  }
  std::vector<std::string> leaving() const { return leftovers(facts, catalog, resolution, closure); }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what carries the old release or is another module build leaves, unless it moves along") {
  Switch host;
  CHECK(host.leaving() == Names{"libcuda1", "nvidia-alternative", "nvidia-kernel-dkms"});
  host.changes("libcuda1", PackageAction::upgrade);
  host.changes("nvidia-kernel-dkms", PackageAction::remove);
  CHECK(host.leaving() == Names{"nvidia-alternative"});
  host.changes("nvidia-alternative", PackageAction::keep);
  CHECK(host.leaving() == Names{"nvidia-alternative"});
  host.facts.package_facts.packages[1].state = "config-files";
  CHECK(host.leaving().empty());
}

TEST_CASE("a part of a foreign architecture leaves alone") {
  Switch host;
  InstalledPackage foreign = installed("libcuda1", "535.1-0+deb12u1", "Debian");
  foreign.architecture = "i386";
  host.facts.package_facts.packages = {host.facts.package_facts.packages[0], foreign};
  host.changes("libcuda1", PackageAction::upgrade);
  host.closure.packages[0].architecture = "amd64";
  CHECK(host.leaving() == Names{"libcuda1:i386"});
}

TEST_CASE("within one source only the other module build leaves") {
  Switch host;
  host.resolution.source = "distro";
  host.resolution.driver->packages = {"distro-open-dkms", "libcuda1"};
  for (InstalledPackage& package : host.facts.package_facts.packages) package.origin = "Debian";
  CHECK(host.leaving() == Names{"nvidia-kernel-dkms"});
  host.resolution.driver->packages = {"nvidia-kernel-dkms", "libcuda1"};
  CHECK(host.leaving().empty());
}

TEST_CASE("nothing leaves for a driver that stays, nor with dnf") {
  Switch kept;
  kept.resolution.driver->kept = true;
  CHECK(kept.leaving().empty());
  Switch dnf;
  dnf.facts.package_facts.manager = "dnf4";
  CHECK(dnf.leaving().empty());
}
