#pragma once

#include <string>

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// The straight corridor from options to a plan, walked by plan and apply alike.
// `machine` is the one nvprov runs on; `note` says what takes long while it happens.
Outcome<Plan> plan_for(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                       Terminal& terminal);

}  // namespace nvprov
