#pragma once

#include <vector>

#include "model/resolution.hpp"
#include "solver/deb_state.hpp"

namespace nvprov {

// What keeps the solver's first problem from being solved, in the resolver's kind of reasons.
std::vector<Conflict> conflicts_of(const DebState& state, Solver* solver);

}  // namespace nvprov
