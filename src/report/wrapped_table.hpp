#pragma once

#include <string>
#include <vector>

namespace nvprov {

// Aligned columns, two blanks apart, for a terminal of this width: where they do not fit, long cells are wrapped in
// their own column, the last one in what is left.
std::string wrapped_table(const std::vector<std::vector<std::string>>& rows, int width, std::string_view prefix);

}  // namespace nvprov
