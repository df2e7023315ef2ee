#include "report/status_text.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"
#include "unit/report/samples.hpp"

using namespace nvprov;
namespace samples = nvprov::report_samples;

namespace {

using Found = std::optional<MainProblem>;

Found problem(ProblemKind kind, std::string subject = {}, std::string other = {}) {
  return MainProblem{.kind = kind, .subject = std::move(subject), .other = std::move(other)};
}

std::string status_of(const HostFacts& facts) { return status_text(facts, find_status(facts)); }

HostFacts host_with_driver() {
  HostFacts facts = samples::t4_host();
  facts.driver.loaded = LoadedDriver{.version = "535.309.01", .flavour = "proprietary"};
  facts.driver.library_version = "535.309.01";
  facts.secure_boot.reset();
  facts.diagnostics.clear();
  return facts;
}

HostFacts host_with_idle_driver() {
  HostFacts facts = host_with_driver();
  facts.driver.loaded.reset();
  return facts;
}

}  // namespace

TEST_CASE("a host with GPUs and no driver is told to plan") {
  CHECK(status_of(samples::t4_host()) ==
        "GPUs        2x Tesla T4\n"
        "driver      none\n"
        "CUDA        12.4.1 (/usr/local/cuda-12.4)\n"
        "containers  docker\n"
        "problem     2x Tesla T4, and no driver\n"
        "next        nvprov plan --profile runtime-only\n");
}

TEST_CASE("a host where all is well has no problem") {
  CHECK(status_of(host_with_driver()) ==
        "GPUs        2x Tesla T4\n"
        "driver      535.309.01 (proprietary module, loaded)\n"
        "CUDA        12.4.1 (/usr/local/cuda-12.4)\n"
        "containers  docker\n"
        "problem     none\n"
        "next        nvprov plan --profile runtime-only\n");
}

TEST_CASE("a disk under --root says what could not be looked at, and asks for the GPU's name") {
  CHECK(status_of(samples::disk_under_root()) ==
        "GPUs        could not look\n"
        "driver      none\n"
        "CUDA        no toolkit in /usr/local\n"
        "containers  could not look\n"
        "problem     none\n"
        "next        nvprov plan --profile runtime-only --gpu NAME\n");
}

TEST_CASE("a container has no driver problem and is told to plan an image") {
  HostFacts facts = samples::t4_host();
  facts.environment.place = PlaceKind::container;
  facts.container_engines.clear();
  facts.cuda_toolkits.clear();
  facts.nvswitches = {NvSwitch{}, NvSwitch{}};
  CHECK(status_of(facts) ==
        "GPUs        2x Tesla T4, 2x NVSwitch (of the machine this container runs on)\n"
        "driver      none\n"
        "CUDA        no toolkit in /usr/local\n"
        "containers  no engine\n"
        "problem     none\n"
        "next        nvprov plan --target image --cuda RELEASE\n");
}

TEST_CASE("module and libraries of different versions are a problem until a reboot") {
  HostFacts facts = host_with_driver();
  facts.driver.library_version = "550.163.01";
  const StatusFindings findings = find_status(facts);
  CHECK(findings == StatusFindings{.problem = problem(ProblemKind::version_mismatch, "535.309.01", "550.163.01"),
                                   .next_command = "reboot"});
  CHECK(contains(status_text(facts, findings),
                 "problem     the loaded module is 535.309.01, the libraries are 550.163.01"));
}

TEST_CASE("a .run driver is told before what it does wrong, and how to remove it is next") {
  HostFacts facts = host_with_driver();
  facts.driver.library_version = "550.163.01";
  facts.driver.runfile = RunfileDriver{.uninstaller = "/usr/bin/nvidia-uninstall", .version = "535.309.01"};
  CHECK(find_status(facts) ==
        StatusFindings{.problem = problem(ProblemKind::runfile_driver, "/usr/bin/nvidia-uninstall"),
                       .next_command = "/usr/bin/nvidia-uninstall"});
}

TEST_CASE("an interrupted package installation comes before everything else") {
  HostFacts facts = host_with_driver();
  facts.driver.runfile = RunfileDriver{.uninstaller = "/usr/bin/nvidia-uninstall", .version = std::nullopt};
  facts.package_facts.packages[0].state = "half-configured";
  CHECK(find_status(facts) == StatusFindings{.problem = problem(ProblemKind::packages_interrupted, "dkms"),
                                             .next_command = "dpkg --configure -a"});
  facts.package_facts.packages[0].state = "config-files";
  facts.driver.runfile.reset();
  CHECK(main_problem(facts) == std::nullopt);
}

TEST_CASE("a host somebody else manages is left to them") {
  HostFacts facts = samples::t4_host();
  facts.environment.managed_by = ManagedBy{.owner = "gpu-operator", .evidence = "/run/nvidia"};
  CHECK(find_status(facts) ==
        StatusFindings{.problem = problem(ProblemKind::managed_elsewhere, "gpu-operator", "/run/nvidia"),
                       .next_command = "nvprov detect"});
}

TEST_CASE("a distribution nvprov installs nothing on is told before what is wrong with its driver") {
  HostFacts facts = samples::t4_host();
  facts.os->not_supported = "use the other tool";
  facts.environment.managed_by = ManagedBy{.owner = "gpu-operator", .evidence = "/run/nvidia"};
  CHECK(find_status(facts) ==
        StatusFindings{.problem = problem(ProblemKind::distro_not_supported, "use the other tool"),
                       .next_command = "nvprov detect"});
}

TEST_CASE("nouveau is a problem without a driver, and ends with a reboot when there is one") {
  HostFacts facts = samples::t4_host();
  facts.driver.nouveau_loaded = true;
  CHECK(main_problem(facts) == problem(ProblemKind::nouveau, "2x Tesla T4"));
  HostFacts installed = host_with_idle_driver();
  installed.driver.nouveau_loaded = true;
  CHECK(find_status(installed) ==
        StatusFindings{.problem = problem(ProblemKind::nouveau_until_reboot, "535.309.01"), .next_command = "reboot"});
}

TEST_CASE("a driver whose module is not loaded is told, and why where Secure Boot is the cause") {
  HostFacts facts = host_with_idle_driver();
  CHECK(main_problem(facts) == problem(ProblemKind::driver_not_loaded, "535.309.01"));
  facts.secure_boot = SecureBootFacts{.enabled = true, .dkms_key_enrolled = false};
  CHECK(main_problem(facts) == problem(ProblemKind::key_not_enrolled, "535.309.01"));
}

TEST_CASE("a driver on a disk that is not running is no problem") {
  HostFacts facts = host_with_idle_driver();
  facts.origin = "root";
  facts.environment.place = PlaceKind::chroot;
  CHECK(main_problem(facts) == std::nullopt);
}

TEST_CASE("a pending reboot and a held driver package are told") {
  HostFacts facts = host_with_driver();
  const std::vector<std::string> driver_packages = {"nvidia-smi"};
  CHECK(main_problem(facts, driver_packages) ==
        problem(ProblemKind::held_package, "nvidia-smi", "535.309.01-0+deb12u1"));
  CHECK(main_problem(facts) == std::nullopt);
  facts.environment.reboot_pending = "/run/reboot-required";
  CHECK(main_problem(facts, driver_packages) == problem(ProblemKind::reboot_pending, "/run/reboot-required"));
}

TEST_CASE("the status has six lines whatever is wrong") {
  for (const ProblemKind kind :
       {ProblemKind::packages_interrupted, ProblemKind::distro_not_supported, ProblemKind::managed_elsewhere,
        ProblemKind::runfile_driver, ProblemKind::version_mismatch, ProblemKind::reboot_pending, ProblemKind::nouveau,
        ProblemKind::nouveau_until_reboot, ProblemKind::driver_not_loaded, ProblemKind::key_not_enrolled,
        ProblemKind::no_driver, ProblemKind::held_package}) {
    const StatusFindings findings = {.problem = problem(kind, "SUBJECT", "OTHER"), .next_command = "nvprov detect"};
    const std::string text = status_text(HostFacts{}, findings);
    CAPTURE(text);
    CHECK(split_lines(text).size() == 6);
    CHECK(contains(text, "SUBJECT") == (kind != ProblemKind::runfile_driver && kind != ProblemKind::nouveau));
  }
}
