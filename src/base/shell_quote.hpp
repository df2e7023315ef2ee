#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// The word as a POSIX shell must read it to get exactly these bytes; plain words stay as they are.
std::string shell_quote(std::string_view word);

// The same in single quotes, plain or not.
std::string always_quoted(std::string_view word);

// A command line to copy, over several lines with `\` where it is longer than the width. Never empty lines.
std::string command_line(const std::vector<std::string>& argv, int width, std::string_view prefix);

}  // namespace nvprov
