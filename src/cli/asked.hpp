#pragma once

#include <string>

#include "cli/failure.hpp"
#include "cli/load_data.hpp"
#include "cli/options.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/network.hpp"
#include "plan/make_plan.hpp"

namespace nvprov {

// Everything the corridor from options to a plan carries from one door to the next.
struct Asked {
  Catalog catalog;
  HostFacts facts;
  Request request;
  PlanInputs inputs;
  NetworkSettings network;
  std::string words;  // what was asked for, for a refusal
  std::vector<OverlaidRecord> overlaid;
};

// Loads the data and the settings, checks the request and looks at the target; `today` as "2026-11-25".
Outcome<Asked> gather(const HostView& machine, const GlobalOptions& global, const PlanCommand& options,
                      const std::string& today);

// The releases, by what the repositories are known to hold so far.
Outcome<Resolution> resolve_asked(const Asked& asked);

// A source of the target's distribution; null where the distribution is unknown or has none of this id.
const PackageSource* source_of(const Asked& asked, const std::string& id);

}  // namespace nvprov
