#include "model/facts.hpp"

#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("a kernel has a module if one is below the folder of its whole release") {
  const KernelFacts kernel{.running = {}, .installed = {}, .modules_of_nvidia = {"6.1.0-41-amd64: /x/nvidia.ko"}};
  CHECK(has_nvidia_module(kernel, "6.1.0-41-amd64"));
  CHECK_FALSE(has_nvidia_module(kernel, "6.1.0-41"));
  CHECK_FALSE(has_nvidia_module(kernel, "6.1.0-41-amd64-rt"));
  CHECK_FALSE(has_nvidia_module({}, "6.1.0-41-amd64"));
}

TEST_CASE("a container is taken for an image, and what may be either for nothing") {
  CHECK(target_of(PlaceKind::host) == Target::host);
  CHECK(target_of(PlaceKind::chroot) == Target::host);
  CHECK(target_of(PlaceKind::container) == Target::image);
  CHECK(target_of(PlaceKind::image_build) == Target::image);
  CHECK(target_of(PlaceKind::machine_container) == std::nullopt);
  CHECK(target_of(PlaceKind::unclear) == std::nullopt);
}
