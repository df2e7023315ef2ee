// Host compilers and security bulletins, by the records the program carries.
#include "catalog/catalog.hpp"
#include "resolve/host_compiler.hpp"
#include "resolve/security_floor.hpp"
#include "support/catch.hpp"

using namespace nvprov;

TEST_CASE("nvcc accepts host compilers by their first number") {
  const Catalog catalog = embedded_catalog();
  const CudaRelease* cuda = find_cuda(catalog, "12.4");
  REQUIRE(cuda != nullptr);
  CHECK(accepts_host_compiler(*cuda, "gcc", "13.3.0") == true);
  CHECK(accepts_host_compiler(*cuda, "gcc", "14.1.0") == false);
  CHECK(accepts_host_compiler(*cuda, "gcc", "5.4.0") == false);
  CHECK(accepts_host_compiler(*cuda, "clang", "17") == true);
  CHECK(accepts_host_compiler(*cuda, "icc", "17") == std::nullopt);
  CudaRelease unknown = *cuda;
  unknown.host_compilers[0].newest.reset();
  CHECK(accepts_host_compiler(unknown, "gcc", "14.1.0") == std::nullopt);
  CHECK(accepts_host_compiler(unknown, "gcc", "5") == false);
}

TEST_CASE("a driver release older than its branch's last bulletin is vulnerable") {
  const Catalog catalog = embedded_catalog();
  const DriverBranch* branch = find_branch(catalog, "580");
  REQUIRE(branch != nullptr);
  const SecurityFloor* against = bulletin_against(*branch, "580.173.02");
  REQUIRE(against != nullptr);
  CHECK(against->bulletin == "5861");
  CHECK(bulletin_against(*branch, "580.178.04") == nullptr);
  CHECK(bulletin_against(DriverBranch{}, "1.0") == nullptr);
}
