// What is known not to install where.
#include "resolve/known_obstacle.hpp"

#include <algorithm>

#include "catalog/catalog.hpp"
#include "catalog/expand_families.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

// The carried catalog with Ubuntu 24.04's repository said to hold CUDA from 12.3 on.
const Catalog& obstacle_catalog() {
  static const Catalog catalog = [] {
    Catalog widened = embedded_catalog();
    const auto noble = std::ranges::find(widened.distros, "ubuntu-24.04", &Distro::id);
    std::ranges::find(noble->package_sources, "nvidia", &PackageSource::id)->first_cuda = "12.3";
    expand_families(widened);
    return widened;
  }();
  return catalog;
}

std::optional<Obstacle> obstacle(std::string_view distro_id, std::string_view source_id, std::string_view cuda,
                                 std::string_view component, Target target = Target::host) {
  const Distro* distro = find_distro(obstacle_catalog(), distro_id);
  REQUIRE(distro != nullptr);
  const PackageSource* source = find_source(*distro, source_id);
  REQUIRE(source != nullptr);
  const auto offer = std::ranges::find(source->cuda, cuda, &CudaOffer::release);
  REQUIRE(offer != source->cuda.end());
  return known_obstacle(*distro, *offer, component, target, "x86_64");
}

}  // namespace

TEST_CASE("Nsight Systems of CUDA 12.4 and before does not install on Ubuntu 24.04, the compiler does") {
  for (const std::string_view cuda : {"12.3", "12.4"}) {
    INFO(cuda);
    const auto found = obstacle("ubuntu-24.04", "nvidia", cuda, "nsight-systems");
    REQUIRE(found);
    CHECK(found->kind == ObstacleKind::package_missing);
    CHECK(found->package == "libtinfo5");
    CHECK(found->sources.size() == 2);
    CHECK(obstacle("ubuntu-24.04", "nvidia", cuda, "compiler") == std::nullopt);
    CHECK(obstacle("ubuntu-24.04", "nvidia", cuda, "command-line-tools") == std::nullopt);
  }
  CHECK(obstacle("ubuntu-24.04", "nvidia", "12.5", "nsight-systems") == std::nullopt);
  CHECK(obstacle("ubuntu-22.04", "nvidia", "12.4", "nsight-systems") == std::nullopt);
}

TEST_CASE("Debian's own toolkit depends on the driver's library, which an image never has") {
  const auto found = obstacle("debian-12", "distro", "11.8", "compiler", Target::image);
  REQUIRE(found);
  CHECK(found->kind == ObstacleKind::brings_driver);
  CHECK(found->package == "nvidia-cuda-toolkit");
  CHECK(obstacle("debian-12", "distro", "11.8", "compiler") == std::nullopt);
  CHECK(obstacle("debian-12", "distro", "11.8", "cudart", Target::image) == std::nullopt);
  CHECK(obstacle("debian-12", "nvidia", "12.4", "compiler", Target::image) == std::nullopt);
  CHECK(obstacle("debian-12", "distro", "11.8", "no-such", Target::image) == std::nullopt);
}
