#pragma once

#include <optional>

#include "catalog/records.hpp"

namespace nvprov {

// The member `kernels` of a driver branch.
KernelSupport read_kernel_support(ObjectReader& reader, const SourceTable& table);
// The member `security_floor` of a driver branch.
std::optional<SecurityFloor> read_security_floor(ObjectReader& reader, const SourceTable& table);

}  // namespace nvprov
