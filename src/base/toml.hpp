#pragma once

#include <string_view>

#include "base/json.hpp"
#include "base/result.hpp"

namespace nvprov {

// What a TOML text means, with the members of tables in the order of their names; a date is a string, and so are the
// floats JSON does not have. An Error begins with the line: "line 3: ...".
Result<Json> parse_toml(std::string_view text);

}  // namespace nvprov
