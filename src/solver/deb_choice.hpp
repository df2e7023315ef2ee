#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "solver/deb_state.hpp"

namespace nvprov {

// apt's rules that libsolv has no word for, as one answer: which packages count at all, and which of several that
// would do apt would take.
struct DebChoice {
  std::vector<Id> considered;  // candidates that can be reached, each once
  std::vector<Id> preferred;   // what apt would take of alternatives and of providers
};

// `wanted` and the keys of `exact` are names. A package counts at one version beside the installed one: apt looks at
// no other. Alternatives are tried in their order; of several packages that provide a name the one with it comes first.
DebChoice choose_debs(const DebState& state, const std::vector<Id>& wanted,
                      const std::unordered_map<Id, std::string>& exact);

}  // namespace nvprov
