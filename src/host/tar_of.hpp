#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// A tar archive, not packed, of one file.
Result<std::string> tar_of(const std::string& name, std::string_view content, std::uint32_t mode);

}  // namespace nvprov
