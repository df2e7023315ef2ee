#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// How one text becomes the other, in the lines of `diff -u` without its headers: "-" goes, "+" comes, " " stays. At
// most `context` lines that stay are shown around a change, and "..." for what is left out between two.
std::vector<std::string> line_diff(std::string_view before, std::string_view after, std::size_t context);

}  // namespace nvprov
