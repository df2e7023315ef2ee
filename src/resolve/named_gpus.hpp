#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

struct NamedDevices {
  std::vector<Gpu> gpus;
  std::vector<NvSwitch> nvswitches;

  bool operator==(const NamedDevices&) const = default;
};

// What `--gpu` names: "T4", "8xH100", "Tesla T4", "10de:1eb8", "1eb8"; an NVSwitch by its PCI id. A short name may fit
// several boards if they need the same driver; else the error (usage) lists them.
Result<NamedDevices> name_devices(const std::vector<std::string>& flags, const Catalog& catalog);

// The single words `--gpu` understands, such as T4 and H100, sorted: each begins with a letter and has a digit.
std::vector<std::string> short_gpu_names(const Catalog& catalog);

}  // namespace nvprov
