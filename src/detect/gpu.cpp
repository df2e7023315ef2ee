#include "detect/gpu.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "detect/look.hpp"

namespace nvprov {
namespace {

constexpr const char* devices_folder = "/sys/bus/pci/devices";
constexpr std::string_view nvidia_vendor = "10de";

bool is_gpu_class(std::string_view pci_class) { return pci_class == "0300" || pci_class == "0302"; }
bool is_bridge_class(std::string_view pci_class) { return pci_class == "0680"; }

// A number below the folder of one device; "" with a diagnostic where it cannot be had.
std::string read_number(const HostView& host, const std::string& path, Diagnostics& diagnostics) {
  const auto text = host.read_file(path);
  const auto number = text && *text ? parse_pci_number(**text) : std::nullopt;
  if (number) return *number;
  const std::string why = !text    ? text.error().message
                          : !*text ? fmt::format("{} is not there", path)
                                   : fmt::format("{} holds `{}`, which is no PCI number", path, trim(**text));
  could_not(diagnostics, "gpus", why);
  could_not(diagnostics, "nvswitches", why);
  return "";
}

std::optional<std::string> bound_driver(const HostView& host, const std::string& folder) {
  const auto link = host.read_link(folder + "/driver");
  if (!link || !*link) return std::nullopt;
  return (*link)->substr((*link)->rfind('/') + 1);
}

Gpu read_gpu(const HostView& host, const Catalog& catalog, const std::string& folder, Gpu gpu,
             Diagnostics& diagnostics) {
  gpu.subsystem_vendor_id = read_number(host, folder + "/subsystem_vendor", diagnostics);
  gpu.subsystem_device_id = read_number(host, folder + "/subsystem_device", diagnostics);
  gpu.kernel_driver = bound_driver(host, folder);
  gpu.name = fmt::format("unknown NVIDIA GPU {}:{}", nvidia_vendor, gpu.device_id);
  if (const GpuModel* model = find_gpu(catalog, gpu.device_id)) {
    gpu.name = model->name;
    gpu.architecture = model->architecture;
    gpu.compute_capability = model->compute_capability;
  }
  return gpu;
}

NvSwitch name_nvswitch(const Catalog& catalog, std::string address, std::string device_id) {
  const NvSwitchModel* model = find_nvswitch(catalog, device_id);
  return {.address = std::move(address),
          .device_id = std::move(device_id),
          .name = model != nullptr ? model->name : "unknown NVSwitch"};
}

void read_device(const HostView& host, const Catalog& catalog, const std::string& address, PciFindings& found,
                 Diagnostics& diagnostics) {
  const std::string folder = fmt::format("{}/{}", devices_folder, address);
  if (read_number(host, folder + "/vendor", diagnostics) != nvidia_vendor) return;
  const std::string pci_class = read_number(host, folder + "/class", diagnostics).substr(0, 4);
  if (!is_gpu_class(pci_class) && !is_bridge_class(pci_class)) return;
  std::string device_id = read_number(host, folder + "/device", diagnostics);
  if (is_bridge_class(pci_class)) {
    found.nvswitches.push_back(name_nvswitch(catalog, address, std::move(device_id)));
    return;
  }
  Gpu gpu;
  gpu.address = address;
  gpu.device_id = std::move(device_id);
  gpu.pci_class = pci_class;
  found.gpus.push_back(read_gpu(host, catalog, folder, std::move(gpu), diagnostics));
}

// A machine without a PCI bus has the folder of buses; one whose /sys is not mounted has not.
void note_missing_bus(const HostView& host, Diagnostics& diagnostics) {
  if (is_there(host, "/sys/bus", "gpus", diagnostics)) return;
  could_not(diagnostics, "gpus", "/sys is not mounted");
  could_not(diagnostics, "nvswitches", "/sys is not mounted");
}

}  // namespace

std::optional<std::string> parse_pci_number(std::string_view text) {
  text = trim(text);
  const bool hex = text.starts_with("0x") && text.size() > 2 &&
                   text.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
  if (!hex) return std::nullopt;
  return std::string(text.substr(2));
}

PciFindings detect_pci(const HostView& host, const Catalog& catalog, Diagnostics& diagnostics) {
  PciFindings found;
  const auto addresses = host.list_directory(devices_folder);
  if (!addresses) {
    could_not(diagnostics, "gpus", addresses.error().message);
    could_not(diagnostics, "nvswitches", addresses.error().message);
  } else if (!*addresses) {
    note_missing_bus(host, diagnostics);
  } else {
    for (const std::string& address : **addresses) read_device(host, catalog, address, found, diagnostics);
  }
  return found;  // the names of a folder come sorted, so these are by address
}

std::optional<std::string> vgpu_profile_of(const Catalog& catalog, const Gpu& gpu) {
  const VgpuDevice* device = find_vgpu_device(catalog, gpu.device_id);
  if (device == nullptr || gpu.subsystem_vendor_id != nvidia_vendor) return std::nullopt;
  const auto profile = find_vgpu_profile(*device, gpu.subsystem_device_id);
  return profile ? std::optional(std::string(*profile)) : std::nullopt;
}

std::optional<std::string> detect_nvlink_switch_manager(const HostView& host, const Catalog& catalog,
                                                        Diagnostics& diagnostics) {
  for (const FabricMark& mark : catalog.fabric.marks)
    for (const std::string& name : list_names(host, mark.folder, "nvlink", diagnostics)) {
      // Readable by root only; an unreadable one is "could not look".
      const auto text = read_text(host, fmt::format("{}/{}/{}", mark.folder, name, mark.file), "nvlink", diagnostics);
      if (text && contains(*text, mark.text)) return name;
    }
  return std::nullopt;
}

}  // namespace nvprov
