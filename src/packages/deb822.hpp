#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace nvprov {

// One "Name: value" of a stanza. A value of several lines keeps each continuation line as it stands, blanks included.
struct Deb822Field {
  std::string name;  // as written
  std::string value;
  int line = 0;

  bool operator==(const Deb822Field&) const = default;
};

struct Deb822Stanza {
  int line = 0;  // of its first field
  std::vector<Deb822Field> fields;

  bool operator==(const Deb822Stanza&) const = default;
};

// Stanzas of RFC 822-like fields, as apt writes and reads them; `#` lines are comments even inside a value. A line
// that is none of these is a Diagnostic.
std::vector<Deb822Stanza> parse_deb822(std::string_view text, const std::string& file, Diagnostics& problems);

// The field of this name (case ignored), or nullptr.
const Deb822Field* find_field(const Deb822Stanza& stanza, std::string_view name);
// Its value, or "".
std::string field_value(const Deb822Stanza& stanza, std::string_view name);

}  // namespace nvprov
