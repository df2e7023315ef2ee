#pragma once

#include <vector>

#include "cli/asked.hpp"
#include "model/plan.hpp"

namespace nvprov {

// The records of overlays that a plan for this question can come of: about its distribution, GPUs or package names, or
// about what is only known once releases are chosen.
std::vector<OverlaidRecord> records_in_question(const Asked& asked);

// Adds to the plan's inputs those of these records that decided in it.
void name_deciding(Plan& plan, const std::vector<OverlaidRecord>& records);

}  // namespace nvprov
