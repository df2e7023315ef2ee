#pragma once

#include <optional>

#include "base/json.hpp"
#include "model/cuda_toolkit.hpp"

namespace nvprov {

// The member `components` of an update of CUDA: null, or whether the list is whole and each component's version.
std::optional<ToolkitComponents> read_toolkit_components(ObjectReader& reader);

}  // namespace nvprov
