#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// One alternative of a dependency field: "libc6:any (>= 2.36)".
struct DebRelation {
  std::string_view name;
  std::string_view architecture;  // after the colon: "any", "i386"; "" none
  std::string_view comparison;    // "<<", "<=", "=", ">=", ">>"; "" any version
  std::string_view version;

  bool operator==(const DebRelation&) const = default;
};

// "a (>= 1) | b, c" (Debian policy 7.1): groups that must all hold, of alternatives of which one must. Views into the
// text. What cannot be read as a relation is left out.
std::vector<std::vector<DebRelation>> parse_deb_relations(std::string_view field);

}  // namespace nvprov
