#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/resolution.hpp"
#include "solver/solv.hpp"

namespace nvprov {

// The versions there are of a name of the pool, newest first: "2-1, 1-1".
using VersionsOfName = std::function<std::string(Id name)>;

// What keeps the solver's first problem from being solved, in the resolver's kind of reasons; never empty where there
// is a problem.
std::vector<Conflict> conflicts_of(Solver* solver, const VersionsOfName& versions_of);

// A package that was asked for and that no list has, at this version if one was named.
Conflict not_offered(const PackageRequest& request, std::string versions);

}  // namespace nvprov
