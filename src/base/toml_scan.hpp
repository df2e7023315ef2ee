#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_edit.hpp"

// Where things stand in a TOML text that parse_toml accepts: nothing is checked here. Used by toml_edit.
namespace nvprov {

enum class TomlLineKind { table, table_list, value };

// A header, or a key with its value.
struct TomlLine {
  TomlLineKind kind = TomlLineKind::value;
  std::vector<std::string> path;  // from the root; inside a list of tables, "[]" after the list's name
  std::size_t section = 0;        // of a value: how much of its path is the header's above it
  bool in_list = false;
  TextSpan line;   // whole lines, with blanks before, a comment after, and the line end
  TextSpan value;  // of a value
};
std::vector<TomlLine> scan_toml(std::string_view text);

struct TomlMember {
  std::vector<std::string> key;
  std::size_t begin = 0;  // of the key
  TextSpan value;
};
std::vector<TomlMember> inline_members(std::string_view text, TextSpan table);

std::vector<TextSpan> list_items(std::string_view text, TextSpan list);

}  // namespace nvprov
