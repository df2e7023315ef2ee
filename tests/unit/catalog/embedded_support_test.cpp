// The facts the program carries of toolkits, kernels, bulletins and forward compatibility, held against each other.
#include <algorithm>

#include "base/version.hpp"
#include "catalog/catalog.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

const Catalog& supported() {
  static const Catalog catalog = embedded_catalog();
  return catalog;
}

bool is_newer(std::string_view left, std::string_view right) { return compare_versions(left, right) > 0; }

bool is_without_driver(const CudaRelease& cuda) { return compare_versions(cuda.release, "13.4") >= 0; }

const DriverBranch* branch_of_release(const std::string& version) {
  return find_branch(supported(), version.substr(0, version.find('.')));
}

}  // namespace

TEST_CASE("up to 13.3 each toolkit brings a driver of its branch, from 13.4 on none does") {
  for (const CudaRelease& cuda : supported().cuda) {
    INFO(cuda.release);
    CHECK(cuda.meta_packages_pull_driver == !is_without_driver(cuda));
    for (const CudaUpdate& update : cuda.updates) {
      INFO(update.version);
      REQUIRE(update.bundled_driver.has_value() == !is_without_driver(cuda));
      if (!update.bundled_driver) continue;
      const DriverBranch* branch = branch_of_release(*update.bundled_driver);
      REQUIRE(branch != nullptr);
      CHECK(branch->cuda == cuda.release);
    }
  }
}

TEST_CASE("a component list that is whole has the runtime, the compiler and the driver the installer brings") {
  std::size_t whole = 0;
  for (const CudaRelease& cuda : supported().cuda)
    for (const CudaUpdate& update : cuda.updates) {
      if (!update.components || !update.components->is_complete) continue;
      INFO(update.version);
      ++whole;
      CHECK(component_version(*update.components, "cuda_cudart").value_or("").starts_with(cuda.release + "."));
      CHECK(component_version(*update.components, "cuda_nvcc").value_or("").starts_with(cuda.release + "."));
      CHECK(component_version(*update.components, "libcublas").has_value());
      CHECK(component_version(*update.components, "nvidia_driver") == update.bundled_driver);
    }
  CHECK(whole >= 36);
}

TEST_CASE("every CUDA release names the host compilers of nvcc, and they only become newer") {
  const CudaRelease* before = nullptr;
  for (const CudaRelease& cuda : supported().cuda) {
    INFO(cuda.release);
    REQUIRE(cuda.host_compilers.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      REQUIRE(cuda.host_compilers[i].newest.has_value());
      if (before != nullptr) CHECK_FALSE(is_newer(*before->host_compilers[i].newest, *cuda.host_compilers[i].newest));
    }
    before = &cuda;
  }
}

TEST_CASE("a branch NVIDIA supports has a bulletin that names it") {
  for (const DriverBranch& branch : supported().drivers) {
    INFO(branch.branch);
    if (is_supported(supported(), branch, supported().date)) CHECK(branch.security_floor.has_value());
  }
}

TEST_CASE(
    "forward compatibility is known from 12.2 on, and each package goes over an older branch or is needed nowhere") {
  const ForwardCompatibility& forward = supported().forward_compatibility;
  for (const CudaRelease& cuda : supported().cuda) {
    INFO(cuda.release);
    CHECK((find_compat_release(forward, cuda.release) != nullptr) == (compare_versions(cuda.release, "12.2") >= 0));
  }
  for (const CompatRelease& row : forward.releases) {
    INFO(row.cuda);
    CHECK_FALSE((row.works_over.empty() && row.not_needed_on.empty()));
    CHECK(std::ranges::find(row.does_not_work_over, row.libraries_branch) == row.does_not_work_over.end());
  }
}
