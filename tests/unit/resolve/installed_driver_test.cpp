#include "resolve/installed_driver.hpp"

#include <algorithm>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const std::string kernel = "5.14.0-570.12.1.el9_6.x86_64";

InstalledPackage rpm(const std::string& name, const std::string& version, std::optional<std::string> vendor) {
  return {name, version, "x86_64", "installed", false, false, std::move(vendor), {}};
}

// A host with the newest catalogued release of a branch, as packaged for rpm.
HostFacts host_with(const std::string& release, const std::string& module, const std::optional<std::string>& vendor) {
  HostFacts facts;
  facts.os = OsFacts{.id = "rocky",
                     .like = {},
                     .version_id = "9.6",
                     .codename = {},
                     .name = {},
                     .recognised_as = {},
                     .not_supported = {}};
  facts.architecture = "x86_64";
  facts.kernel.installed = {{.release = kernel, .has_headers = false}};
  facts.package_facts.manager = "dnf";
  const std::string version = "3:" + release + "-1.el9";
  facts.package_facts.packages = {rpm(module, version, vendor), rpm("nvidia-driver-cuda", version, vendor)};
  return facts;
}

const Catalog& catalog() {
  static const Catalog& loaded = whole_catalog();
  return loaded;
}

const Distro& rocky() { return *find_distro_of(catalog(), "rocky", "9.6"); }

}  // namespace

TEST_CASE("a driver of rpm packages is its source's by name and release, whatever its vendor calls itself") {
  const std::string release = find_branch(catalog(), "580")->releases.back().version;
  for (const std::optional<std::string>& vendor :
       {std::optional<std::string>(), std::optional<std::string>("NVIDIA"), std::optional<std::string>("Another")}) {
    const auto driver = find_installed_driver(host_with(release, "kmod-nvidia-open-dkms", vendor), rocky());
    REQUIRE(driver);
    CHECK(driver->version == release);
    REQUIRE(driver->source != nullptr);
    CHECK(driver->source->id == "nvidia");
    CHECK(driver->has_module);
    CHECK(driver->flavour == "open");
    const auto offer = std::ranges::find(driver->source->drivers, release, &DriverOffer::version);
    REQUIRE(offer != driver->source->drivers.end());
    CHECK(driver->set->id == offer->package_set);
  }
}

TEST_CASE("a release the catalog does not know is a source's only if its vendor says so") {
  const std::string release = "580.999.99";
  CHECK(find_installed_driver(host_with(release, "kmod-nvidia-open-dkms", std::nullopt), rocky())->source == nullptr);
  CHECK(find_installed_driver(host_with(release, "kmod-nvidia-open-dkms", "NVIDIA"), rocky())->source != nullptr);
}

TEST_CASE("a prebuilt module counts for the kernel that is there") {
  const std::string release = find_branch(catalog(), "580")->releases.back().version;
  const auto fits =
      find_installed_driver(host_with(release, "kmod-nvidia-" + release + "-5.14.0-570.12.1", {}), rocky());
  CHECK(fits->has_module);
  CHECK(fits->flavour == "proprietary");
  const auto other =
      find_installed_driver(host_with(release, "kmod-nvidia-" + release + "-5.14.0-70.1.1", {}), rocky());
  CHECK(!other->has_module);
}
