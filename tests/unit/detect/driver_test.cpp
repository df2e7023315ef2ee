#include "detect/driver.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

namespace {

DriverFacts detect(const TreeHost& host, Diagnostics& diagnostics) {
  DriverFacts driver;
  detect_loaded_driver(*host.view(), driver, diagnostics);
  detect_driver_files(*host.view(), "x86_64", driver, diagnostics);
  return driver;
}

constexpr const char* library_folder = "/usr/lib/x86_64-linux-gnu/";

}  // namespace

// The texts are those of cases reported by users (driver_runtime_probe).
TEST_CASE("the loaded module tells its release and flavour") {
  CHECK(parse_module_version("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.159.03  Release Build  "
                             "(dvs-builder@U22-I3-AM27-29-6)  Fri Apr 24 06:03:03 U\nGCC version: 12.2.0\n") ==
        LoadedDriver{"580.159.03", "open"});
  CHECK(
      parse_module_version("NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.90.07  Fri May 31 09:35:42 UTC 2024") ==
      LoadedDriver{"550.90.07", "proprietary"});
  CHECK(parse_module_version("") == std::nullopt);
  CHECK(parse_module_version("NVRM version: unknown") == std::nullopt);
}

TEST_CASE("only a library file with a whole release in its name counts") {
  CHECK(parse_library_name("libcuda.so.535.309.01") == "535.309.01");
  CHECK(parse_library_name("libcuda.so.1") == std::nullopt);
  CHECK(parse_library_name("libcuda.so") == std::nullopt);
  CHECK(parse_library_name("libcudart.so.11.8.89") == std::nullopt);
}

TEST_CASE("a loaded driver and the library of another release are both told") {
  TreeHost host;
  host.file("/sys/module/nvidia/version", "550.90.07\n")
      .file("/proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.90.07  Fri May 31\n")
      .file(library_folder + std::string("nvidia/current/libcuda.so.550.107.02"), "");
  Diagnostics diagnostics;
  CHECK(detect(host, diagnostics) == DriverFacts{LoadedDriver{"550.90.07", "proprietary"}, false, {}, "550.107.02"});
  CHECK(diagnostics.empty());
}

TEST_CASE("nouveau is seen, and no driver is no driver") {
  TreeHost host;
  host.directory("/sys/module/nouveau");
  Diagnostics diagnostics;
  CHECK(detect(host, diagnostics) == DriverFacts{{}, true, {}, {}});
  CHECK(diagnostics.empty());
}

TEST_CASE("a module that hides its flavour is loaded all the same") {
  TreeHost host;
  host.file("/sys/module/nvidia/version", "580.95.05\n");
  Diagnostics diagnostics;
  CHECK(detect(host, diagnostics).loaded == LoadedDriver{"580.95.05", ""});
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].place == "driver.loaded.flavour");
}

TEST_CASE("a host with the .run driver is told apart from one whose packages own the same files") {
  TreeHost host;
  host.directory("/sys/module")
      .file("/usr/bin/nvidia-uninstall", "")
      .file(library_folder + std::string("libcuda.so.580.95.05"), "")
      .file("/var/lib/dpkg/info/base-files.list", "/.\n/usr/bin/nvidia-uninstaller\n");
  Diagnostics diagnostics;
  CHECK(detect(host, diagnostics) ==
        DriverFacts{{}, false, RunfileDriver{"/usr/bin/nvidia-uninstall", "580.95.05"}, "580.95.05"});

  host.file("/var/lib/dpkg/info/libcuda1:amd64.list", "/.\n" + std::string(library_folder) + "libcuda.so.580.95.05\n");
  CHECK(detect(host, diagnostics).runfile == RunfileDriver{"/usr/bin/nvidia-uninstall", {}});

  host.file("/var/lib/dpkg/info/some-driver.list", "/bin/nvidia-uninstall\n");  // as listed before /usr was merged
  CHECK(detect(host, diagnostics).runfile == std::nullopt);
  CHECK(diagnostics.empty());
}

TEST_CASE("without /sys it is not known whether a driver is loaded") {
  Diagnostics diagnostics;
  CHECK(detect(TreeHost(), diagnostics) == DriverFacts{});
  CHECK(diagnostics == Diagnostics{{"", "driver.loaded", "/sys is not mounted", ""},
                                   {"", "driver.nouveau_loaded", "/sys is not mounted", ""}});
}
