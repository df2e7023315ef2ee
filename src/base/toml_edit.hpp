#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_edit.hpp"

// Edits of a TOML text that leave every byte they do not have to change. The text must be one that parse_toml accepts;
// a path is the keys from the root on, through tables of every form (headers, dotted keys, inline) but not into lists.
namespace nvprov {

// A key for a header or a line: quoted where it has to be.
std::string toml_key(std::string_view key);
std::string toml_keys(std::span<const std::string> keys);
std::string toml_string(std::string_view text);

// What is set by one line or one member of an inline table.
struct TomlSetting {
  std::vector<std::string> key;  // seen from the table asked about
  std::string value;             // its text

  bool operator==(const TomlSetting&) const = default;
};

// The text of a value that a path leads to; nullopt where there is none, or where it is a table that is spread over
// lines.
std::optional<TextSpan> find_toml_value(std::string_view text, std::span<const std::string> path);

// Where the table, list or value begins that a path leads to: for messages.
std::optional<std::size_t> find_toml_place(std::string_view text, std::span<const std::string> path);

// Everything set in a table, tables inside it included, in the order of the text; lists of tables are left out.
std::vector<TomlSetting> toml_settings(std::string_view text, std::span<const std::string> table);

// A key that is not there yet set to a value, in a table or, with an empty path, at the root: beside what the table
// has, else by a header of its own at the end.
TextEdit insert_toml_value(std::string_view text, std::span<const std::string> table, std::string_view key,
                           std::string_view value);

// A table that is not there yet, with its settings, at the end of the text; or inside the inline table it belongs in.
TextEdit insert_toml_table(std::string_view text, std::span<const std::string> table,
                           std::span<const TomlSetting> settings);

// One more item at the end of a list.
TextEdit append_toml_item(std::string_view text, TextSpan list, std::string_view value);

// A value, or a table with all that is in it, taken out; the same text where there is none.
std::string remove_toml_key(std::string_view text, std::span<const std::string> path);

}  // namespace nvprov
