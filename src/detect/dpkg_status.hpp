#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/facts.hpp"

namespace nvprov {

// dpkg's status file: every package that is not merely known or removed but for its configuration, in file order,
// without auto marks and origins. A stanza that lacks what every stanza has is a problem.
std::vector<InstalledPackage> parse_dpkg_status(std::string_view text, Diagnostics& problems);

// apt's extended_states: "name:architecture" of every package that was drawn in by another.
std::unordered_set<std::string> parse_extended_states(std::string_view text, Diagnostics& problems);

}  // namespace nvprov
