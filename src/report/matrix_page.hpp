#pragma once

#include <string_view>

namespace nvprov {

// The page around the data of a matrix: `@data@` stands where its JSON goes. The script only narrows and joins the
// cells it is given; no rule is in it.
extern const std::string_view matrix_page;

}  // namespace nvprov
