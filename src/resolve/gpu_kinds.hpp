#pragma once

#include <string_view>
#include <vector>

#include "model/gpu_kind.hpp"

namespace nvprov {

// The GPUs of a catalog by kind, oldest architecture first.
std::vector<GpuKind> gpu_kinds(const Catalog& catalog);

// The GPUs of two catalogs, by what either says of them.
std::vector<GpuKind> gpu_kinds(const Catalog& before, const Catalog& after);

// Whether a GPU is of another kind in one than in the other, or of an architecture that differs.
bool is_another_kind(const Catalog& before, const Catalog& after, const std::string& device_id);

}  // namespace nvprov
