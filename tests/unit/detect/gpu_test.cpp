#include "detect/gpu.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

namespace {

Catalog small_catalog() {
  Catalog catalog;
  catalog.gpus = {{"1eb8", "Tesla T4", "Turing", "7.5", {}, {}}};
  catalog.vgpus = {{"1eb8", "130c GRID T4-1Q\n130e GRID T4-4Q"}};
  catalog.fabric.marks = {{.id = "sw-mng",
                           .generation = "nvswitch-4",
                           .folder = "/sys/class/infiniband",
                           .file = "device/vpd",
                           .text = "SW_MNG",
                           .kernel_modules = {},
                           .sources = {}}};
  catalog.fabric.nvswitches = {{"1af1", "A100 NVSwitch", "nvswitch-2", "switch"}};
  return catalog;
}

void add_device(TreeHost& host, const std::string& address, const std::string& vendor, const std::string& device,
                const std::string& pci_class) {
  const std::string folder = "/sys/bus/pci/devices/" + address;
  host.file(folder + "/vendor", "0x" + vendor + "\n")
      .file(folder + "/device", "0x" + device + "\n")
      .file(folder + "/class", "0x" + pci_class + "\n")
      .file(folder + "/subsystem_vendor", "0x10de\n")
      .file(folder + "/subsystem_device", "0x12a2\n");
}

}  // namespace

TEST_CASE("numbers of sysfs are hexadecimal with a prefix, and nothing else") {
  CHECK(parse_pci_number("0x10de\n") == "10de");
  CHECK(parse_pci_number("0x030200\n") == "030200");
  CHECK(parse_pci_number("10de") == std::nullopt);
  CHECK(parse_pci_number("0x") == std::nullopt);
  CHECK(parse_pci_number("0x10dg") == std::nullopt);
}

TEST_CASE("display controllers of NVIDIA are GPUs, its 0680 bridges NVSwitches, all else is left out") {
  TreeHost host;
  add_device(host, "0000:3b:00.0", "10de", "1eb8", "030200");
  host.link("/sys/bus/pci/devices/0000:3b:00.0/driver", "../../../../bus/pci/drivers/nouveau");
  add_device(host, "0000:3b:00.1", "10de", "10f8", "040300");  // its audio function
  add_device(host, "0000:5e:00.0", "10de", "fff0", "030000");
  add_device(host, "0000:60:00.0", "10de", "1af1", "068000");
  add_device(host, "0000:61:00.0", "10de", "fff1", "068000");
  add_device(host, "0000:00:02.0", "8086", "3e98", "030000");
  Diagnostics diagnostics;
  const PciFindings expected{
      {{"0000:3b:00.0", "1eb8", "10de", "12a2", "0302", "Tesla T4", "Turing", "7.5", "nouveau"},
       {"0000:5e:00.0", "fff0", "10de", "12a2", "0300", "unknown NVIDIA GPU 10de:fff0", {}, {}, {}}},
      {{"0000:60:00.0", "1af1", "A100 NVSwitch"}, {"0000:61:00.0", "fff1", "unknown NVSwitch"}}};
  CHECK(detect_pci(*host.view(), small_catalog(), diagnostics) == expected);
  CHECK(diagnostics.empty());
}

TEST_CASE("a machine without a PCI bus has no GPU; one without /sys was not looked at") {
  Diagnostics diagnostics;
  TreeHost without_bus;
  without_bus.directory("/sys/bus/platform");
  CHECK(detect_pci(*without_bus.view(), {}, diagnostics) == PciFindings{});
  CHECK(diagnostics.empty());

  CHECK(detect_pci(*TreeHost().view(), {}, diagnostics) == PciFindings{});
  CHECK(diagnostics ==
        Diagnostics{{"", "gpus", "/sys is not mounted", ""}, {"", "nvswitches", "/sys is not mounted", ""}});
}

TEST_CASE("a device whose numbers cannot be read is told, not skipped in silence") {
  TreeHost host;
  host.file("/sys/bus/pci/devices/0000:01:00.0/vendor", "garbage\n");
  Diagnostics diagnostics;
  CHECK(detect_pci(*host.view(), {}, diagnostics) == PciFindings{});
  const std::string message = "/sys/bus/pci/devices/0000:01:00.0/vendor holds `garbage`, which is no PCI number";
  CHECK(diagnostics == Diagnostics{{"", "gpus", message, ""}, {"", "nvswitches", message, ""}});
}

TEST_CASE("a part of a GPU is told from the whole by its subsystem") {
  Gpu gpu;
  gpu.device_id = "1eb8";
  gpu.subsystem_vendor_id = "10de";
  gpu.subsystem_device_id = "130e";
  CHECK(vgpu_profile_of(small_catalog(), gpu) == "GRID T4-4Q");
  gpu.subsystem_device_id = "12a2";
  CHECK(vgpu_profile_of(small_catalog(), gpu) == std::nullopt);
  gpu.subsystem_device_id = "130e";
  gpu.subsystem_vendor_id = "1028";
  CHECK(vgpu_profile_of(small_catalog(), gpu) == std::nullopt);
  gpu.subsystem_vendor_id = "10de";
  gpu.device_id = "1eb9";
  CHECK(vgpu_profile_of(small_catalog(), gpu) == std::nullopt);
}

TEST_CASE("the manager of NVLink 5 switches is told by its vital product data") {
  TreeHost host;
  host.file("/sys/class/infiniband/mlx5_0/device/vpd", "ConnectX-7")
      .file("/sys/class/infiniband/mlx5_4/device/vpd", "ConnectX-7 SW_MNG");
  Diagnostics diagnostics;
  CHECK(detect_nvlink_switch_manager(*host.view(), small_catalog(), diagnostics) == "mlx5_4");
  CHECK(diagnostics.empty());
  host.unreadable("/sys/class/infiniband/mlx5_4/device/vpd");
  CHECK(detect_nvlink_switch_manager(*host.view(), small_catalog(), diagnostics) == std::nullopt);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].place == "nvlink");
}
