#include "detect/environment.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

namespace {

const Place on_host{PlaceKind::host, {}, true};

EnvironmentFacts environment_of(const TreeHost& host, const KernelFacts& kernel = {}, const Place& place = on_host) {
  Diagnostics diagnostics;
  const EnvironmentFacts environment = detect_environment(*host.view(), place, kernel, diagnostics);
  CHECK(diagnostics.empty());
  return environment;
}

}  // namespace

TEST_CASE("virtual machines are told by the firmware's names") {
  CHECK(parse_virtual_machine("QEMU", "Standard PC (Q35 + ICH9, 2009)") == "qemu");
  CHECK(parse_virtual_machine("VMware, Inc.", "VMware20,1") == "vmware");
  CHECK(parse_virtual_machine("Microsoft Corporation", "Virtual Machine") == "microsoft");
  CHECK(parse_virtual_machine("Microsoft Corporation", "Surface Pro") == std::nullopt);
  CHECK(parse_virtual_machine("Amazon EC2", "g4dn.xlarge") == "amazon");
  CHECK(parse_virtual_machine("Amazon EC2", "g4dn.metal") == std::nullopt);
  CHECK(parse_virtual_machine("Supermicro", "SYS-420GP-TNR") == std::nullopt);
  CHECK(parse_virtual_machine("", "") == std::nullopt);
}

TEST_CASE("a plain host has root or not, and nothing else to tell") {
  CHECK(environment_of(TreeHost()) == EnvironmentFacts{PlaceKind::host, {}, {}, {}, true, {}});
}

TEST_CASE("hosts whose driver belongs to somebody else are recognised") {
  const auto owner = [](const std::string& mark) {
    TreeHost host;
    host.file(mark, "");
    return environment_of(host).managed_by;
  };
  CHECK(owner("/run/nvidia/validations/driver-ready") == ManagedBy{"gpu-operator", "/run/nvidia/validations"});
  CHECK(owner("/etc/dgx-release") == ManagedBy{"dgx-os", "/etc/dgx-release"});
  CHECK(owner("/run/ostree-booted") == ManagedBy{"ostree", "/run/ostree-booted"});
  CHECK(owner("/run/something") == std::nullopt);
}

TEST_CASE("WSL is a kernel of Microsoft's with its GPU device or libraries") {
  const KernelFacts wsl_kernel{"5.15.167.4-microsoft-standard-WSL2", {}, {}};
  TreeHost host;
  CHECK(environment_of(host, wsl_kernel).managed_by == std::nullopt);
  host.directory("/usr/lib/wsl/lib");
  CHECK(environment_of(host, wsl_kernel).managed_by == ManagedBy{"wsl", "/usr/lib/wsl"});
  CHECK(environment_of(host, KernelFacts{"6.1.0-41-amd64", {}, {}}).managed_by == std::nullopt);
}

TEST_CASE("a reboot is pending when a package asks for it or the running kernel's modules are gone") {
  TreeHost host;
  const KernelFacts kernel{"6.1.0-9-amd64", {{"6.1.0-41-amd64", true}}, {}};
  CHECK(environment_of(host, kernel).reboot_pending == "/lib/modules/6.1.0-9-amd64 is gone");
  host.directory("/lib/modules/6.1.0-9-amd64/kernel");
  CHECK(environment_of(host, kernel).reboot_pending == std::nullopt);
  host.file("/run/reboot-required", "*** System restart required ***\n");
  CHECK(environment_of(host, kernel).reboot_pending == "/run/reboot-required");
}

TEST_CASE("of a chroot neither virtual machine nor reboot are looked for") {
  TreeHost host;
  host.file("/sys/class/dmi/id/sys_vendor", "QEMU\n").file("/run/reboot-required", "");
  CHECK(environment_of(host, {}, {PlaceKind::chroot, {"mark"}, false}) ==
        EnvironmentFacts{PlaceKind::chroot, {"mark"}, {}, {}, true, {}});
}
