#include <fmt/format.h>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {

std::vector<ModuleState> parse_module_state(std::string_view text, const std::string& file, Diagnostics& problems) {
  std::vector<ModuleState> modules;
  int number = 0;
  for (const std::string_view whole : split_lines(text)) {
    ++number;
    const std::string_view line = trim(whole);
    if (line.empty() || line.starts_with('#') || line.starts_with(';')) continue;
    const std::size_t equals = line.find('=');
    if (line.starts_with('[') && line.ends_with(']')) {
      modules.push_back({.name = std::string(line.substr(1, line.size() - 2)), .stream = {}, .state = {}});
    } else if (equals == std::string_view::npos || modules.empty()) {
      problems.push_back({file, fmt::format("line {}", number), "neither a [module] nor a key=value of one", {}});
    } else if (trim(line.substr(0, equals)) == "stream") {
      modules.back().stream = trim(line.substr(equals + 1));
    } else if (trim(line.substr(0, equals)) == "state") {
      modules.back().state = trim(line.substr(equals + 1));
    }
  }
  return modules;
}

}  // namespace nvprov
