// The set a profile comes to on every distribution is the one a plan would ask for.
#include "explain/smallest_set.hpp"

#include <algorithm>

#include "explain/image_support.hpp"
#include "explain/package_records.hpp"
#include "support/catch.hpp"
#include "unit/explain/samples.hpp"

using namespace nvprov;
namespace explained = nvprov::explain_samples;

namespace {

const SmallestSet* set_of(const std::vector<SmallestSet>& sets, std::string_view distro, std::string_view source) {
  const auto found = std::ranges::find_if(
      sets, [&](const SmallestSet& each) { return each.distro == distro && each.source == source; });
  return found != sets.end() ? &*found : nullptr;
}

}  // namespace

TEST_CASE("the smallest set of each distribution comes from the resolver") {
  const Here here = explained::here_of("debian12-t4");
  const Profile* profile = find_profile(explained::catalog(), "deploy");
  REQUIRE(profile != nullptr);
  const auto sets = smallest_sets(explained::catalog(), *profile, Target::host, here.facts.gpus, "x86_64");
  std::size_t sources = 0;
  for (const Distro& distro : explained::catalog().distros) sources += distro.package_sources.size();
  CHECK(sets.size() == sources);
  const SmallestSet* debian = set_of(sets, "debian-12", "distro");
  REQUIRE(debian != nullptr);
  const Plan plan = explained::plan_of("debian12-t4");
  CHECK(debian->driver == plan.resolution.driver->version);
  CHECK(debian->cuda == plan.resolution.cuda.front().release);
  for (const std::string& package : plan.resolution.driver->packages) {
    INFO(package);
    CHECK(std::ranges::find(debian->packages, package) != debian->packages.end());
  }
  const SmallestSet* refused = set_of(sets, "debian-11", "nvidia");
  REQUIRE(refused != nullptr);
  CHECK_FALSE(refused->refusal.empty());
}

TEST_CASE("in an image the smallest set holds no driver") {
  const Profile* profile = find_profile(explained::catalog(), "deploy");
  REQUIRE(profile != nullptr);
  const auto sets = smallest_sets(explained::catalog(), *profile, Target::image, {}, "x86_64");
  const SmallestSet* debian = set_of(sets, "debian-12", "distro");
  REQUIRE(debian != nullptr);
  CHECK(debian->driver.empty());
  CHECK(debian->packages == std::vector<std::string>{"libcudart11.0"});
}

TEST_CASE("the example GPU is one the newest branches still serve") {
  const auto gpus = example_gpu(explained::catalog());
  REQUIRE(gpus.size() == 1);
  const GpuArchitecture* architecture = find_architecture(explained::catalog(), gpus.front().architecture.value_or(""));
  REQUIRE(architecture != nullptr);
  CHECK_FALSE(architecture->last_driver_branch);
}

TEST_CASE("images run by full support, by minor-version compatibility, or not at all") {
  const Here here = explained::here_of("debian12-distro-driver-installed");
  const auto all = image_support(explained::catalog(), "535.309.01", here.facts.gpus);
  const auto support_of = [&](std::string_view release) {
    const auto found = std::ranges::find(all, release, &ImageSupport::release);
    REQUIRE(found != all.end());
    return found->support;
  };
  CHECK(support_of("12.2") == CudaSupport::full);
  CHECK(support_of("12.4") == CudaSupport::minor_version);
  CHECK(support_of("13.0") == CudaSupport::none);
  CHECK(std::ranges::none_of(all, [](const ImageSupport& each) { return each.no_code.has_value(); }));
}

TEST_CASE("a placeholder stands for what it names and nothing else") {
  CHECK(fits_template("cuda-cudart-12-4", "cuda-cudart-{cuda_dash}"));
  CHECK_FALSE(fits_template("cuda-cudart-dev-12-4", "cuda-cudart-{cuda_dash}"));
  CHECK_FALSE(fits_template("cuda-cudart-12", "cuda-cudart-{cuda_dash}"));
  CHECK(fits_template("nvidia-utils-580", "nvidia-utils-{driver_branch}"));
  CHECK_FALSE(fits_template("nvidia-utils-580-server", "nvidia-utils-{driver_branch}"));
  CHECK(fits_template("nvidia-firmware-580-580.126.09", "nvidia-firmware-580-{driver_version}"));
  CHECK(fits_template("linux-headers-6.1.0-56-amd64", "linux-headers-{kernel_release}"));
  CHECK_FALSE(fits_template("linux-headers-", "linux-headers-{kernel_release}"));
  CHECK(fits_template("libcuda1", "libcuda1"));
  CHECK_FALSE(fits_template("libcuda11", "libcuda1"));
}
