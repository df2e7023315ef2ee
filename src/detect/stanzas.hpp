#pragma once

#include <string_view>

namespace nvprov {

// Calls `take(name, value, line)` for each field's first line and `end(line)` after each stanza, without copying:
// status files and indexes have megabytes. A line that is neither field, continuation nor comment has an empty name.
template <class Take, class End>
void read_stanzas(std::string_view text, Take take, End end) {
  bool inside = false;
  int line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const std::size_t line_end = text.find('\n');
    const std::string_view line = text.substr(0, line_end);
    text.remove_prefix(line_end == std::string_view::npos ? text.size() : line_end + 1);
    if (line.empty()) {
      if (inside) end(line_number);
      inside = false;
      continue;
    }
    inside = true;
    if (line.front() == ' ' || line.front() == '\t' || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      take(std::string_view{}, line, line_number);
      continue;
    }
    std::string_view value = line.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    take(line.substr(0, colon), value, line_number);
  }
  if (inside) end(line_number);
}

}  // namespace nvprov
