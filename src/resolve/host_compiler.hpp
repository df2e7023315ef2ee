#pragma once

#include <optional>
#include <string_view>

#include "model/catalog.hpp"

namespace nvprov {

// Whether nvcc of a CUDA release accepts a compiler ("gcc", "13.2.0") as its host compiler; nullopt where that is not
// known.
std::optional<bool> accepts_host_compiler(const CudaRelease& cuda, std::string_view compiler, std::string_view version);

}  // namespace nvprov
