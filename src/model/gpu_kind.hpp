#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"

namespace nvprov {

// GPUs no rule tells apart.
struct GpuKind {
  GpuModel example;
  std::vector<std::string> device_ids;  // the example's first

  bool operator==(const GpuKind&) const = default;
};

}  // namespace nvprov
