#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The NVIDIA functions on the PCI bus, by address.
struct PciFindings {
  std::vector<Gpu> gpus;
  std::vector<NvSwitch> nvswitches;

  bool operator==(const PciFindings&) const = default;
};

// "0x10de\n" is "10de"; "0x030200" is "030200"; nullopt for anything else.
std::optional<std::string> parse_pci_number(std::string_view text);
PciFindings detect_pci(const HostView& host, const Catalog& catalog, Diagnostics& diagnostics);

// What of a GPU a guest was given, by its subsystem; nullopt for a whole GPU.
std::optional<std::string> vgpu_profile_of(const Catalog& catalog, const Gpu& gpu);

// The InfiniBand device whose vital product data names it the manager of NVLink 5 switches; nullopt where none does, so
// also before the device's kernel modules are loaded.
std::optional<std::string> detect_nvlink_switch_manager(const HostView& host, const Catalog& catalog,
                                                        Diagnostics& diagnostics);

}  // namespace nvprov
