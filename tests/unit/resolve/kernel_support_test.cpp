// Which kernels driver modules build on, by the records the program carries.
#include "resolve/kernel_support.hpp"

#include "catalog/catalog.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

const DriverBranch& carried_branch(std::string_view name) {
  static const Catalog catalog = embedded_catalog();
  const DriverBranch* branch = find_branch(catalog, name);
  REQUIRE(branch != nullptr);
  return *branch;
}

struct Outcome {
  KernelVerdict verdict = KernelVerdict::unknown;
  std::optional<std::string> first_driver;

  bool operator==(const Outcome&) const = default;
};

Outcome outcome(const ModuleBuild& built, const HostKernel& host) {
  const KernelAnswer answer =
      kernel_support(carried_branch(built.driver.substr(0, built.driver.find('.'))), built, host);
  return {answer.verdict, answer.first_driver};
}

ModuleBuild nvidia_module(std::string driver, std::string flavour) {
  return {.driver = std::move(driver),
          .flavour = std::move(flavour),
          .origin = std::nullopt,
          .package_version = std::nullopt};
}

ModuleBuild debian_module(std::string package_version, std::string flavour) {
  ModuleBuild built = nvidia_module(package_version.substr(0, package_version.find('-')), std::move(flavour));
  built.origin = "Debian";
  built.package_version = std::move(package_version);
  return built;
}

HostKernel upstream(std::string version) { return {.release = version, .distro = {}, .upstream = version}; }

constexpr Outcome it_builds{KernelVerdict::builds, std::nullopt};
constexpr Outcome fails_for_good{KernelVerdict::fails, std::nullopt};
constexpr Outcome nobody_knows{KernelVerdict::unknown, std::nullopt};

}  // namespace

TEST_CASE("each new kernel needs the point release that copes with it") {
  const auto needs = [](std::string driver) { return Outcome{KernelVerdict::fails, std::move(driver)}; };
  CHECK(outcome(nvidia_module("580.119.02", "open"), upstream("6.19")) == needs("580.126.09"));
  CHECK(outcome(nvidia_module("580.126.09", "open"), upstream("7.0.1")) == needs("580.159.03"));
  CHECK(outcome(nvidia_module("580.126.09", "proprietary"), upstream("7.2")) == needs("580.178.04"));
  CHECK(outcome(nvidia_module("580.178.04", "open"), upstream("7.2.3")) == it_builds);
  CHECK(outcome(nvidia_module("580.178.04", "open"), upstream("7.3")) == nobody_knows);
  CHECK(outcome(nvidia_module("595.58.03", "open"), upstream("7.0")) == needs("595.71.05"));
}

TEST_CASE("a branch that is over never copes with the kernels after its end") {
  CHECK(outcome(nvidia_module("470.256.02", "proprietary"), upstream("6.10")) == fails_for_good);
  CHECK(outcome(nvidia_module("470.256.02", "proprietary"), upstream("6.9.12")) == it_builds);
  CHECK(outcome(nvidia_module("550.163.01", "open"), upstream("6.15.1")) == fails_for_good);
  CHECK(outcome(nvidia_module("575.57.08", "open"), upstream("6.17")) == fails_for_good);
}

TEST_CASE("packages with patches of their own are judged by their own records") {
  CHECK(outcome(debian_module("550.163.01-4", "proprietary"), upstream("6.17.2")) == it_builds);
  CHECK(outcome(debian_module("550.163.01-4", "proprietary"), upstream("6.19")) == nobody_knows);
  CHECK(outcome(debian_module("470.256.02-10", "proprietary"), upstream("7.2")) == it_builds);
}

TEST_CASE("a change that came into a stable series breaks from that kernel on") {
  CHECK(outcome(nvidia_module("535.146.02", "proprietary"), upstream("6.1.76")) == fails_for_good);
  CHECK(outcome(nvidia_module("550.163.01", "open"), upstream("6.12.117")) == fails_for_good);
  CHECK(outcome(nvidia_module("550.163.01", "open"), upstream("6.12.74")) == it_builds);
  CHECK(outcome(nvidia_module("550.163.01", "proprietary"), upstream("6.12.117")) == it_builds);
}

TEST_CASE("of a kernel whose series alone is known, a change within the series leaves the answer open") {
  CHECK(outcome(nvidia_module("550.163.01", "open"), upstream("6.12")) == nobody_knows);
  CHECK(outcome(nvidia_module("550.163.01", "open"), upstream("6.11")) == it_builds);
}

TEST_CASE("a distribution's kernel with changes of newer ones is judged by its own number") {
  const HostKernel rhel = {.release = "5.14.0-687.12.1.el9_8.x86_64", .distro = "rhel-9", .upstream = std::nullopt};
  CHECK(outcome(nvidia_module("575.57.08", "open"), rhel) == fails_for_good);
  CHECK(outcome(nvidia_module("580.178.04", "open"), rhel) == nobody_knows);
  const HostKernel older = {.release = "5.14.0-570.12.1.el9_6.x86_64", .distro = "rhel-9", .upstream = std::nullopt};
  CHECK(outcome(nvidia_module("575.57.08", "open"), older) == nobody_knows);
  const HostKernel debian = {.release = "6.1.0-56-amd64", .distro = "debian-12", .upstream = "6.1"};
  CHECK(outcome(debian_module("535.261.03-1", "open"), debian) == fails_for_good);
}

TEST_CASE("kernels older than a branch supports fail") {
  CHECK(outcome(nvidia_module("580.178.04", "open"), upstream("4.14.300")) == fails_for_good);
  CHECK(outcome(nvidia_module("580.178.04", "open"), upstream("4.15")) == it_builds);
}

TEST_CASE("the numbers of a kernel end where its names begin") {
  CHECK(kernel_number("5.14.0-687.12.1.el9_8.x86_64") == Version::parse("5.14.0.687.12.1"));
  CHECK(kernel_number("6.12.74+deb13-amd64") == Version::parse("6.12.74"));
  CHECK(kernel_number("6.1.0-53-amd64") == Version::parse("6.1.0.53"));
  CHECK(kernel_number("linux") == std::nullopt);
  CHECK(kernel_number("") == std::nullopt);
}
