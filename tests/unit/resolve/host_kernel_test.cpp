// What the release of a kernel tells, distribution by distribution.
#include "resolve/host_kernel.hpp"

#include "catalog/catalog.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

const Catalog& kernel_catalog() {
  static const Catalog catalog = embedded_catalog();
  return catalog;
}

HostKernel kernel_of(std::string_view distro, std::string release) {
  const Distro* found = find_distro(kernel_catalog(), distro);
  REQUIRE(found != nullptr);
  return host_kernel(*found, std::move(release));
}

HostKernel expected_kernel(std::string release, std::string distro,
                           std::optional<std::string> upstream = std::nullopt) {
  return {.release = std::move(release), .distro = std::move(distro), .upstream = std::move(upstream)};
}

KernelVerdict verdict_for(std::string_view branch, std::string driver, const HostKernel& kernel) {
  const ModuleBuild module{
      .driver = std::move(driver), .flavour = "open", .origin = std::nullopt, .package_version = std::nullopt};
  return kernel_support(*find_branch(kernel_catalog(), branch), module, kernel).verdict;
}

}  // namespace

TEST_CASE("kernels that begin with the upstream number tell all of it") {
  CHECK(kernel_of("debian-13", "6.12.74+deb13-amd64") ==
        expected_kernel("6.12.74+deb13-amd64", "debian-13", "6.12.74"));
  CHECK(kernel_of("fedora-43", "6.17.11-300.fc43.x86_64") ==
        expected_kernel("6.17.11-300.fc43.x86_64", "fedora-43", "6.17.11"));
  CHECK(kernel_of("amazon-2023", "6.1.130-139.222.amzn2023.x86_64") ==
        expected_kernel("6.1.130-139.222.amzn2023.x86_64", "amazon-2023", "6.1.130"));
}

TEST_CASE("of other kernels the series alone is upstream's") {
  CHECK(kernel_of("debian-12", "6.1.0-41-amd64") == expected_kernel("6.1.0-41-amd64", "debian-12", "6.1"));
  CHECK(kernel_of("ubuntu-24.04", "6.8.0-60-generic") == expected_kernel("6.8.0-60-generic", "ubuntu-24.04", "6.8"));
  CHECK(kernel_of("ubuntu-22.04", "5.15.0-1084-aws") == expected_kernel("5.15.0-1084-aws", "ubuntu-22.04", "5.15"));
}

TEST_CASE("a flavour may tell more than the distribution's other kernels") {
  CHECK(kernel_of("debian-12", "6.12.74+deb12-amd64") ==
        expected_kernel("6.12.74+deb12-amd64", "debian-12", "6.12.74"));
}

TEST_CASE("kernels with newer changes in old numbers tell nothing, and are filed where they come from") {
  CHECK(kernel_of("rhel-9", "5.14.0-687.12.1.el9_8.x86_64") ==
        expected_kernel("5.14.0-687.12.1.el9_8.x86_64", "rhel-9"));
  CHECK(kernel_of("rocky-9", "5.14.0-687.12.1.el9_8.x86_64").distro == "rhel-9");
  CHECK(kernel_of("almalinux-8", "4.18.0-305.el8.x86_64").distro == "rhel-8");
  CHECK(kernel_of("oracle-9", "5.14.0-611.5.1.el9_7.x86_64").distro == "rhel-9");
}

TEST_CASE("kernels that only look like Red Hat's are their own") {
  CHECK(kernel_of("oracle-9", "6.12.0-105.51.5.el9uek.x86_64") ==
        expected_kernel("6.12.0-105.51.5.el9uek.x86_64", "oracle-9"));
  CHECK(kernel_of("centos-stream-9", "5.14.0-700.el9.x86_64") ==
        expected_kernel("5.14.0-700.el9.x86_64", "centos-stream-9"));
}

TEST_CASE("what is no number tells nothing") {
  CHECK(kernel_of("debian-13", "linux") == expected_kernel("linux", "debian-13"));
  CHECK(kernel_of("debian-13", "6-amd64") == expected_kernel("6-amd64", "debian-13"));
  Distro silent = *find_distro(kernel_catalog(), "debian-13");
  silent.kernel_numbers = std::nullopt;
  CHECK(host_kernel(silent, "6.12.74+deb13-amd64") == expected_kernel("6.12.74+deb13-amd64", "debian-13"));
}

TEST_CASE("the newest kernel installed is the one that boots next") {
  const Distro& distro = *find_distro(kernel_catalog(), "ubuntu-24.04");
  HostFacts facts;
  CHECK(next_host_kernel(facts, distro) == std::nullopt);
  facts.kernel.installed = {{"6.8.0-60-generic", true}, {"6.14.0-37-generic", false}};
  CHECK(next_host_kernel(facts, distro) == expected_kernel("6.14.0-37-generic", "ubuntu-24.04", "6.14"));
}

TEST_CASE("a break of a distribution's own numbers ends with the kernel they are of") {
  CHECK(verdict_for("575", "575.57.08", kernel_of("rocky-9", "5.14.0-687.12.1.el9_8.x86_64")) == KernelVerdict::fails);
  CHECK(verdict_for("575", "575.57.08", kernel_of("rocky-9", "6.9.4-1.el9.elrepo.x86_64")) == KernelVerdict::unknown);
  CHECK(verdict_for("535", "535.261.03", kernel_of("debian-12", "6.1.0-56-amd64")) == KernelVerdict::fails);
  CHECK(verdict_for("535", "535.261.03", kernel_of("debian-12", "6.12.38+deb12-amd64")) != KernelVerdict::fails);
}
