#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/text_edit.hpp"

// Edits of a JSON text that leave every byte they do not have to change: order, white space, number forms, escapes. The
// text must be one that parse_json accepts (but for duplicate keys, of which the last is meant); a path is the keys
// from the root on, through objects only.
namespace nvprov {

// Where the value stands that a path leads to; an empty path is the whole document. nullopt where there is none.
std::optional<TextSpan> find_json_value(std::string_view text, std::span<const std::string> path);

// The member added as the last of the object at `path`, in the line form and the indentation that object has.
// nullopt where there is no object or it has the key already.
std::optional<TextEdit> insert_json_member(std::string_view text, std::span<const std::string> path,
                                           std::string_view key, const Json& value);

// The value at a path replaced by another, written on one line. nullopt where there is none.
std::optional<TextEdit> replace_json_value(std::string_view text, std::span<const std::string> path, const Json& value);

// The member at a path taken out with its comma; what insert_json_member added to an object with other members, or to
// one written `{}`, goes without a trace. nullopt where there is none.
std::optional<TextEdit> remove_json_member(std::string_view text, std::span<const std::string> path);

}  // namespace nvprov
