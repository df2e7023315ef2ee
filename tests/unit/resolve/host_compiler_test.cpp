#include "resolve/host_compiler.hpp"

#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

HostCompilerAnswer answer_for(std::string_view release, std::string_view distro,
                              const std::optional<std::string>& depended_on, std::vector<InstalledPackage> installed) {
  HostFacts facts;
  facts.package_facts.packages = std::move(installed);
  return host_compiler(*find_cuda(whole_catalog(), release), depended_on, facts, *find_distro(whole_catalog(), distro));
}

InstalledPackage package(std::string name, std::string version) {
  InstalledPackage package;
  package.name = std::move(name);
  package.version = std::move(version);
  package.state = "installed";
  return package;
}

}  // namespace

TEST_CASE("a compiler is judged by the first number of its version") {
  const CudaRelease& cuda = *find_cuda(whole_catalog(), "12.4");
  CHECK(accepts_host_compiler(cuda, "gcc", "13.2.0") == true);
  CHECK(accepts_host_compiler(cuda, "gcc", "14") == false);
  CHECK(accepts_host_compiler(cuda, "gcc", "5.4.0") == false);
  CHECK(accepts_host_compiler(cuda, "icc", "2021") == std::nullopt);
}

TEST_CASE("the newest compiler that nvcc takes comes beside one that it does not") {
  const HostCompilerAnswer answer = answer_for("11.0", "debian-11", "standard", {});
  REQUIRE(answer.choice);
  CHECK(*answer.choice == CompilerChoice{.package = "g++-9", .command = "g++-9"});
  CHECK(answer.notice->kind == NoticeKind::compiler_beside);
  CHECK(answer.notice->other == "gcc 10");
}

TEST_CASE("what the host has counts, and not what the catalog knows of its distribution") {
  CHECK(answer_for("12.4", "debian-12", "standard", {package("g++", "4:12.2.0-3")}) == HostCompilerAnswer{});
  const HostCompilerAnswer newer = answer_for("12.4", "debian-12", "standard", {package("g++", "4:14.2.0-1")});
  REQUIRE(newer.choice);
  CHECK(newer.choice->package == "g++-11");
  CHECK(newer.notice->other == "gcc 14");
}

TEST_CASE("nothing is claimed where the compilers of a distribution are not known") {
  CHECK(answer_for("12.8", "fedora-41", "standard", {}) == HostCompilerAnswer{});
}

TEST_CASE("a toolkit that brings a compiler it takes gets none") {
  CHECK(answer_for("12.4", "debian-13", "accepted", {}) == HostCompilerAnswer{});
}
