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

}  // namespace nvprov
