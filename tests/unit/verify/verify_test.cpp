// One sound host, and what each fault on it makes of the answer.
#include "verify/verify.hpp"

#include <fmt/format.h>

#include <set>

#include "base/text.hpp"
#include "catalog/checks.hpp"
#include "catalog/packed_files.hpp"
#include "model/words.hpp"
#include "report/finding_text.hpp"
#include "report/verify_text.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

constexpr const char* driver = "535.309.01";
constexpr const char* kernel = "6.1.0-41-amd64";
constexpr const char* probe_says = "init 0 CUDA_SUCCESS\ndriver 12020\ndevice 7 5 Tesla T4\n";
constexpr const char* container_says =
    "device null\ndevice nvidia0\ndevice nvidiactl\n"
    "31 30 0:27 / / rw - overlay overlay rw\n"
    "32 31 254:0 /usr/lib/libcuda.so.535.309.01 /usr/lib/x86_64-linux-gnu/libcuda.so.535.309.01 ro - ext4 /dev/vda "
    "rw\n";

using Programs = std::map<std::string, CommandOutput>;  // the first words of a command line, without timeout's

// A Debian 12 host with a T4, the distribution's driver, Docker and NVIDIA Container Toolkit: all of it works.
struct VerifiedHost {
  MemoryHost machine;
  HostFacts facts;
  FileFacts files;
  Programs programs;
  Target target = Target::host;
  VerifyLevel level = VerifyLevel::container;
  std::optional<std::string> image;

  VerifiedHost() {
    facts.origin = "live";
    facts.os = OsFacts{.id = "debian",
                       .like = {},
                       .version_id = "12",
                       .codename = "bookworm",
                       .name = "Debian 12",
                       .recognised_as = {},
                       .not_supported = {}};
    facts.architecture = "x86_64";
    facts.kernel = {.running = kernel,
                    .installed = {{.release = kernel, .has_headers = true}},
                    .modules_of_nvidia = {fmt::format("{}: /lib/modules/{}/nvidia.ko", kernel, kernel)}};
    facts.gpus = {Gpu{.address = "0000:3b:00.0",
                      .device_id = "1eb8",
                      .subsystem_vendor_id = {},
                      .subsystem_device_id = {},
                      .pci_class = "0302",
                      .name = "Tesla T4",
                      .architecture = "Turing",
                      .compute_capability = "7.5",
                      .kernel_driver = "nvidia"}};
    facts.driver.loaded = LoadedDriver{.version = driver, .flavour = "proprietary"};
    facts.driver.library_version = driver;
    facts.container_engines = {{.name = "docker", .path = "/usr/sbin/dockerd"}};
    facts.package_facts.manager = "apt";
    add("libcuda1", "535.309.01-0+deb12u1");
    for (const std::string& name : whole_catalog().container_toolkit->one_version_packages) add(name, "1.18.1-1");
    machine.files["/sys/module/nvidia/version"].content = std::string(driver) + "\n";
    machine.files["/proc/stat"].content = "cpu 1 2 3\nbtime 1000\n";
    machine.files[fmt::format("/lib/modules/{}/modules.dep", kernel)].modified = 900;
    programs = {
        {"dpkg --verify", {}},
        {"nvidia-smi --query-gpu", {.exit_status = 0, .out = "00000000:3B:00.0, Tesla T4, 535.309.01\n", .err = {}}},
        {"carried", {.exit_status = 0, .out = probe_says, .err = {}}},
        {"docker import", {}},
        {"docker run", {.exit_status = 0, .out = container_says, .err = {}}},
        {"docker rmi", {}}};
    machine.answer = [this](const Command& command, const RunOptions&) { return answer(command.argv); };
  }

  void add(const std::string& name, const std::string& version) {
    facts.package_facts.packages.push_back({.name = name,
                                            .version = version,
                                            .architecture = "amd64",
                                            .state = "installed",
                                            .automatic = false,
                                            .held = false,
                                            .origin = {},
                                            .site = {}});
  }

  // The module goes, and its words in /sys with it.
  void unload() {
    facts.driver.loaded.reset();
    machine.files.erase("/sys/module/nvidia/version");
    machine.folders.insert("/sys/module");
  }

  // As depmod leaves it when modules come.
  void got_modules_since_boot() { machine.files[fmt::format("/lib/modules/{}/modules.dep", kernel)].modified = 2000; }

  Verification verified() {
    return verify(machine, {.facts = facts,
                            .files = files,
                            .catalog = whole_catalog(),
                            .packages = facts.package_facts.packages,
                            .target = target,
                            .level = level,
                            .image = image,
                            .folder = "/var/cache/nvprov"});
  }

 private:
  Result<CommandOutput> answer(std::vector<std::string> argv) const {
    if (argv.front() == "timeout") argv.erase(argv.begin(), argv.begin() + 4);
    const std::string line = join(argv, " ");
    // Backwards: the longer words come first.
    for (auto program = programs.rbegin(); program != programs.rend(); ++program)
      if (line.starts_with(program->first)) return program->second;
    return fail(fmt::format("the program `{}` is not on this machine", argv.front()));
  }
};

// "module ok", "cuda found cuda-not-ready", "cuda not-checked no-gpu" of each result.
std::vector<std::string> outcomes(const Verification& results) {
  std::vector<std::string> words;
  for (const VerifyResult& result : results) {
    std::string line(to_word(result.subject));
    if (!result.findings.empty())
      for (const Finding& finding : result.findings) line += " " + finding.check;
    else
      line += result.not_checked ? " " + std::string(to_word(result.not_checked->reason)) : std::string(" ok");
    words.push_back(std::move(line));
  }
  return words;
}

using Fault = std::function<void(VerifiedHost&)>;

struct FaultCase {
  const char* title;
  Fault fault;
  std::vector<std::string> expected;
};

Fault with_program(const std::string& words, int status, const std::string& out, const std::string& err = {}) {
  return [=](VerifiedHost& host) { host.programs[words] = {.exit_status = status, .out = out, .err = err}; };
}

// Of CUDA's start: the packages, their files, the module and nvidia-smi are sound.
std::vector<std::string> after_management(const std::string& cuda, const std::vector<std::string>& containers) {
  std::vector<std::string> all = {"packages ok", "contents ok", "module ok", "management ok", "cuda " + cuda};
  for (const std::string& each : containers) all.push_back("container " + each);
  return all;
}

// Nothing after the module is asked.
std::vector<std::string> after_module(const std::string& module, const std::string& reason) {
  return {"packages ok",          "contents ok",    "module " + module,
          "management " + reason, "cuda " + reason, "container " + reason};
}

std::vector<FaultCase> fault_cases() {
  return {
      {"nothing", [](VerifiedHost&) {}, after_management("ok", {"ok", "ok"})},
      {"nvidia-smi loads the module", [](VerifiedHost& host) { host.facts.driver.loaded.reset(); },
       after_management("ok", {"ok", "ok"})},

      // Files.
      {"a library was overwritten",
       with_program("dpkg --verify", 1, "??5??????   /usr/lib/x86_64-linux-gnu/libcuda.so.535.309.01\n"),
       {"packages ok", "contents content-changed", "module ok", "management ok", "cuda ok", "container ok",
        "container ok"}},
      {"a file is gone",
       with_program("dpkg --verify", 1, "missing     /usr/bin/nvidia-smi\n??5?????? c /etc/nvidia/x.conf\n"),
       {"packages ok", "contents content-missing", "module ok", "management ok", "cuda ok", "container ok",
        "container ok"}},
      {"dpkg fails",
       with_program("dpkg --verify", 2, "", "dpkg: error: cannot read\n"),
       {"packages ok", "contents no-answer", "module ok", "management ok", "cuda ok", "container ok", "container ok"}},
      {"a package is of another version",
       [](VerifiedHost& host) { host.add("nvidia-smi", "535.261.03-1~deb12u1"); },
       {"packages mixed-versions", "contents ok", "module ok", "management ok", "cuda ok", "container ok",
        "container ok"}},

      // The module.
      {"there is no driver",
       [](VerifiedHost& host) {
         host.unload();
         host.facts.driver.library_version.reset();
       },
       after_module("driver-absent", "failed-before")},
      {"the module is not loaded", [](VerifiedHost& host) { host.unload(); },
       after_module("module-not-loaded", "failed-before")},
      {"Secure Boot refuses the module",
       [](VerifiedHost& host) {
         host.unload();
         host.facts.secure_boot = SecureBootFacts{.enabled = true, .dkms_key_enrolled = false};
       },
       after_module("module-untrusted", "failed-before")},
      {"nouveau was there first, and the driver came since",
       [](VerifiedHost& host) {
         host.unload();
         host.machine.files["/sys/module/nouveau/refcnt"].content = "1\n";
         host.got_modules_since_boot();
       },
       after_module("reboot-pending", "reboot-pending")},
      {"nouveau comes back at every start",
       [](VerifiedHost& host) {
         host.unload();
         host.machine.files["/sys/module/nouveau/refcnt"].content = "1\n";
       },
       after_module("nouveau-in-use", "failed-before")},
      {"the kernel that runs has no module",
       [](VerifiedHost& host) {
         host.unload();
         host.facts.kernel.modules_of_nvidia.clear();
       },
       after_module("module-missing", "failed-before")},
      {"a newer kernel has the module",
       [](VerifiedHost& host) {
         host.unload();
         host.facts.kernel.installed.push_back({.release = "6.1.0-56-amd64", .has_headers = true});
         host.facts.kernel.modules_of_nvidia = {"6.1.0-56-amd64: /lib/modules/6.1.0-56-amd64/nvidia.ko"};
       },
       after_module("reboot-pending", "reboot-pending")},
      {"another driver was installed since the start",
       [](VerifiedHost& host) {
         host.facts.driver.library_version = "550.163.01";
         host.got_modules_since_boot();
       },
       after_module("reboot-pending", "reboot-pending")},
      {"the old module comes back at every start",
       [](VerifiedHost& host) { host.facts.driver.library_version = "550.163.01"; },
       after_module("loaded-other", "failed-before")},
      {"the libraries are gone", [](VerifiedHost& host) { host.facts.driver.library_version.reset(); },
       after_module("library-absent", "failed-before")},
      {"there is no GPU",
       [](VerifiedHost& host) { host.facts.gpus.clear(); },
       {"packages ok", "contents ok", "module no-gpu", "cuda no-gpu", "container no-gpu"}},
      {"it is a disk",
       [](VerifiedHost& host) { host.facts.origin = "root"; },
       {"packages ok", "contents ok", "module disk-only", "cuda disk-only", "container disk-only"}},

      // nvidia-smi.
      {"nvidia-smi fails",
       with_program("nvidia-smi --query-gpu", 9, "NVIDIA-SMI has failed\n"),
       {"packages ok", "contents ok", "module ok", "management smi-failed", "cuda ok", "container ok", "container ok"}},
      {"nvidia-smi hangs",
       with_program("nvidia-smi --query-gpu", 124, ""),
       {"packages ok", "contents ok", "module ok", "management smi-silent", "cuda ok", "container ok", "container ok"}},
      {"nvidia-smi is not there",
       [](VerifiedHost& host) { host.programs.erase("nvidia-smi --query-gpu"); },
       {"packages ok", "contents ok", "module ok", "management smi-absent", "cuda ok", "container ok", "container ok"}},
      {"a GPU fell off the bus",
       [](VerifiedHost& host) {
         host.facts.gpus.push_back(host.facts.gpus.front());
         host.facts.gpus.back().address = "0000:5e:00.0";
       },
       {"packages ok", "contents ok", "module ok", "management gpu-unseen", "cuda ok", "container ok", "container ok"}},
      {"a GPU is a virtual machine's",
       [](VerifiedHost& host) {
         host.facts.gpus.push_back(host.facts.gpus.front());
         host.facts.gpus.back().address = "0000:5e:00.0";
         host.facts.gpus.back().kernel_driver = "vfio-pci";
       },
       after_management("ok", {"ok", "ok"})},

      // CUDA.
      {"NVSwitches without a fabric manager",
       [](VerifiedHost& host) {
         host.facts.nvswitches = {{.address = "0000:c0:00.0", .device_id = "22a3", .name = "NVSwitch"}};
         host.programs["nvidia-smi -q"] = {
             .exit_status = 0,
             .out =
                 "GPU 00000000:3B:00.0\n    Fabric\n        State                             : In Progress\n"
                 "        Status                            : N/A\n    Processes                : None\n",
             .err = {}};
         host.programs["carried"] = {.exit_status = 0, .out = "init 802 CUDA_ERROR_SYSTEM_NOT_READY\n", .err = {}};
       },
       {"packages ok", "contents ok", "module ok", "management ok", "fabric fabric-not-ready", "cuda cuda-not-ready",
        "container failed-before"}},
      {"CUDA has no device", with_program("carried", 0, "init 100 CUDA_ERROR_NO_DEVICE\ndriver 12020\n"),
       after_management("cuda-no-device", {"failed-before"})},
      {"libcuda.so.1 is of another driver", with_program("carried", 0, "init 803 CUDA_ERROR_SYSTEM_DRIVER_MISMATCH\n"),
       after_management("cuda-mismatch", {"failed-before"})},
      {"cuda-compat is in the way", with_program("carried", 0, "init 804 CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE\n"),
       after_management("cuda-compat-unfit", {"failed-before"})},
      {"CUDA does not know why", with_program("carried", 0, "init 999 CUDA_ERROR_UNKNOWN\n"),
       after_management("cuda-failed", {"failed-before"})},
      {"the driver crashes", with_program("carried", 139, ""), after_management("cuda-failed", {"failed-before"})},
      {"the loader does not find the driver",
       with_program("carried", 127, "", "error while loading shared libraries: libcuda.so.1: cannot open\n"),
       after_management("cuda-library-unfound", {"failed-before"})},

      // Containers.
      {"the runtime's path is wrong",
       with_program("docker run --rm --network none --runtime nvidia", 125, "",
                    "docker: Error response from daemon: exec: \"/opt/gone\": no such file or directory\n"),
       after_management("ok", {"container-not-started", "ok"})},
      {"no hook runs",
       with_program("docker run --rm --network none --gpus", 0,
                    "device null\n31 30 0:27 / / rw - overlay overlay rw\n"),
       after_management("ok", {"ok", "container-without-gpu"})},
      {"the libraries stay outside", with_program("docker run --rm --network none --gpus", 0, "device nvidia0\n"),
       after_management("ok", {"ok", "container-without-driver"})},
      {"a CDI file is of an earlier driver",
       with_program("docker run --rm --network none --gpus", 0,
                    replace_all(container_says, "535.309.01", "535.261.03")),
       after_management("ok", {"ok", "container-other-driver"})},
      {"Docker does not run", with_program("docker import", 1, "", "Cannot connect to the Docker daemon\n"),
       after_management("ok", {"no-answer"})},
      {"only podman is served",
       [](VerifiedHost& host) {
         std::erase_if(host.facts.package_facts.packages, [](const InstalledPackage& package) {
           return package.name == "nvidia-container-toolkit" || package.name == "libnvidia-container1";
         });
       },
       after_management("ok", {"not-installed"})},
      {"there is no toolkit", [](VerifiedHost& host) { host.facts.package_facts.packages.resize(1); },
       after_management("ok", {"not-installed"})},
      {"containerd is Docker's part",
       [](VerifiedHost& host) {
         host.facts.container_engines.push_back({.name = "containerd", .path = "/usr/bin/containerd"});
       },
       after_management("ok", {"ok", "ok"})},
      {"containerd alone serves Kubernetes",
       [](VerifiedHost& host) {
         host.facts.container_engines = {{.name = "containerd", .path = "/usr/bin/containerd"}};
       },
       after_management("ok", {"not-asked"})},
  };
}

}  // namespace

TEST_CASE("each fault of a host is found, and nothing that is sound") {
  for (const FaultCase& each : fault_cases()) {
    INFO(each.title);
    VerifiedHost host;
    each.fault(host);
    CHECK(outcomes(host.verified()) == each.expected);
  }
}

TEST_CASE("each level holds those before it, and none after it is asked") {
  VerifiedHost host;
  const std::vector<std::size_t> sizes = {2, 4, 5, 7};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    host.level = static_cast<VerifyLevel>(i);
    host.machine.changes.clear();
    CHECK(host.verified().size() == sizes[i]);
    CHECK(contains(join(host.machine.changes, "\n"), "docker") == (host.level == VerifyLevel::container));
  }
}

TEST_CASE("the image of a trial and its archive are taken out again") {
  VerifiedHost host;
  host.level = VerifyLevel::container;
  CHECK(outcomes(host.verified()).size() == 7);
  CHECK(!host.machine.files.contains("/var/cache/nvprov/verify.tar"));
  CHECK(host.machine.changes.back() == "run timeout -k 5 120 docker rmi nvprov-verify:trial");
}

TEST_CASE("in an image of the user's nvidia-smi is started, and no image is made") {
  VerifiedHost host;
  host.image = "cuda:12.4";
  host.programs["docker run"] = {.exit_status = 0, .out = "GPU 0: Tesla T4 (UUID: GPU-0)\n", .err = {}};
  CHECK(outcomes(host.verified()) == after_management("ok", {"ok", "ok"}));
  CHECK(host.machine.changes.back().ends_with("--gpus all cuda:12.4 nvidia-smi -L"));
  CHECK(!contains(join(host.machine.changes, "\n"), "import"));
}

TEST_CASE("an image or a container is told that its driver is the host's, and CUDA is tried where one is given") {
  VerifiedHost host;
  host.target = Target::image;
  host.unload();
  host.facts.gpus.clear();
  CHECK(outcomes(host.verified()) == std::vector<std::string>{"packages ok", "contents ok", "module driver-of-host",
                                                              "cuda ok", "container driver-of-host"});
  host.programs["carried"] = {.exit_status = 127, .out = {}, .err = "libcuda.so.1: cannot open\n"};
  CHECK(outcomes(host.verified())[3] == "cuda driver-of-host");
}

TEST_CASE("every check of verify has words that fill in what they name") {
  const auto checks = load_checks(embedded_files());
  REQUIRE(checks);
  const std::vector<std::string> known = verify_checks();
  std::set<std::string> reported;
  for (const FaultCase& each : fault_cases()) {
    VerifiedHost host;
    each.fault(host);
    for (const VerifyResult& result : host.verified())
      for (const Finding& finding : result.findings) {
        reported.insert(finding.check);
        const Check& check = check_of(*checks, finding.check);
        INFO(finding.check);
        CHECK(!check.id.empty());
        CHECK((!contains(check.says, "{found}") || !finding.found.empty()));
        CHECK((!contains(check.says, "{expected}") || !finding.expected.empty()));
      }
  }
  reported.erase("mixed-versions");  // the audit's
  CHECK(reported == std::set<std::string>(known.begin(), known.end()));
}

TEST_CASE("a verification reads as lines, findings below them, and a verdict") {
  const auto checks = load_checks(embedded_files()).value();
  VerifiedHost host;
  VerifyReport report{
      .system = "Debian GNU/Linux 12 (bookworm), x86_64", .root = {}, .results = host.verified(), .checks = checks};
  CHECK(verify_text(report, {}) ==
        "Verification of Debian GNU/Linux 12 (bookworm), x86_64, a host\n"
        "  ok           packages                  5 packages\n"
        "  ok           files                     every file of 5 packages\n"
        "  ok           kernel module             535.309.01 is loaded, and its libraries are the same\n"
        "  ok           nvidia-smi                nvidia-smi sees 1 GPU\n"
        "  ok           CUDA                      CUDA 12.2 starts on Tesla T4 (7.5)\n"
        "  ok           Docker, --runtime nvidia  1 GPU and driver 535.309.01 are in it\n"
        "  ok           Docker, --gpus all        1 GPU and driver 535.309.01 are in it\n"
        "it works\n");
  host.programs["carried"].out = "init 802 CUDA_ERROR_SYSTEM_NOT_READY\n";
  report.results = host.verified();
  CHECK(verify_text(report, {}) ==
        "Verification of Debian GNU/Linux 12 (bookworm), x86_64, a host\n"
        "  ok           packages       5 packages\n"
        "  ok           files          every file of 5 packages\n"
        "  ok           kernel module  535.309.01 is loaded, and its libraries are the same\n"
        "  ok           nvidia-smi     nvidia-smi sees 1 GPU\n"
        "  failed       CUDA           1 finding\n"
        "  not checked  containers     there is a finding before: CUDA\n"
        "  error    CUDA does not start: CUDA_ERROR_SYSTEM_NOT_READY (802)\n"
        "           hint: on a machine with NVSwitches the fabric manager must run at the driver's version:\n"
        "                 `systemctl status nvidia-fabricmanager`\n"
        "1 error, 0 warnings\n");
  host.facts.driver.library_version = "550.163.01";
  host.got_modules_since_boot();
  report.results = host.verified();
  CHECK(verify_text(report, {})
            .ends_with("not verified yet: restart the machine, then ask again with `nvprov verify`\n"));
  CHECK(verify_to_json(report).find("reboot_pending")->get_if<bool>() != nullptr);
}
