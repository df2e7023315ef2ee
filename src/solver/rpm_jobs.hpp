#pragma once

#include <vector>

#include "model/resolution.hpp"
#include "solver/rpm_state.hpp"

namespace nvprov {

// A question in the solver's words.
struct RpmJobs {
  std::vector<std::vector<Id>> install;  // of each group of packages one
  std::vector<Id> remove;                // installed packages
  std::vector<Id> hold;                  // installed packages
  std::vector<Conflict> unknown;         // what was asked for and nothing offers
};

// The versions that were asked for or must be where they are drawn in; what was asked for counts first.
ExactRpms exact_rpms(const RpmState& state, const RpmQuestion& question);

// While only what counts is considered (ConsideredRpms).
RpmJobs rpm_jobs(const RpmState& state, const RpmQuestion& question);

}  // namespace nvprov
