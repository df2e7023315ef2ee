#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/facts.hpp"

namespace nvprov {

// GPUs that differ in nothing but their address.
struct GpuGroup {
  Gpu gpu;  // of the first
  std::size_t count = 0;
  std::vector<std::string> addresses;  // none for GPUs named by a flag

  bool operator==(const GpuGroup&) const = default;
};

// The GPUs gathered by kind, in the order they first appear.
std::vector<GpuGroup> group_gpus(std::span<const Gpu> gpus);

// "2x Tesla T4, 1x NVIDIA H100"; "" for none.
std::string gpu_names(std::span<const Gpu> gpus);

}  // namespace nvprov
