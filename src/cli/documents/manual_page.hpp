#pragma once

#include <string>
#include <string_view>

#include "cli/documents/description.hpp"

namespace nvprov {

// nvprov(1) in man(7) macros.
std::string manual_page(const CommandLineDescription& described, std::string_view version);

}  // namespace nvprov
