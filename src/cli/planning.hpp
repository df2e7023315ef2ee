#pragma once

#include <string>

#include "cli/asked.hpp"
#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// The straight corridor from options to a plan, walked by plan and apply alike.
// `machine` is the one nvprov runs on; `note` says what takes long while it happens.
Outcome<Plan> plan_for(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                       Terminal& terminal, const WebAccess& web = network_access());

// The same of what was gathered before.
Outcome<Plan> plan_asked(Host& machine, Asked asked, const PlanCommand& options, Terminal& terminal);

// The same for a host that is known by its facts alone, without the network and the cache: `machine` is only read where
// the settings name one of its files, so that many hosts may be planned at once.
Outcome<Plan> plan_recorded(const HostView& machine, const Asked& asked);

}  // namespace nvprov
