#include "model/cuda_toolkit.hpp"

#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("a component's version is found by its whole name") {
  const ToolkitComponents components{.is_complete = true, .versions = "cuda_nvcc 12.4.131\ncuda_nvcc_dev 12.4.99\n"};
  CHECK(component_version(components, "cuda_nvcc") == "12.4.131");
  CHECK(component_version(components, "cuda_nvcc_dev") == "12.4.99");
  CHECK(component_version(components, "cuda") == std::nullopt);
  CHECK(component_version(components, "") == std::nullopt);
  CHECK(component_version({}, "cuda_nvcc") == std::nullopt);
}
