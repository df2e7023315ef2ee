#pragma once

#include "model/journal.hpp"
#include "model/plan.hpp"

namespace nvprov {

// A plan in which no field has its default, and a journal of it; versions are invented.
Plan sample_plan();
Journal sample_journal();

}  // namespace nvprov
