#pragma once

#include <memory>
#include <string>

#include "cli/failure.hpp"
#include "cli/load_data.hpp"
#include "cli/options.hpp"
#include "cli/web_access.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/network.hpp"
#include "plan/make_plan.hpp"

namespace nvprov {

// Everything the corridor from options to a plan carries from one door to the next.
struct Asked {
  std::shared_ptr<const Catalog> catalog;  // with the offers of the host's distribution
  HostFacts facts;
  Request request;
  PlanInputs inputs;
  NetworkSettings network;
  std::string words;  // what was asked for, for a refusal
  std::vector<OverlaidRecord> overlaid;
  WebAccess web = network_access();
};

// What a command asks before it is about one host.
struct Inquiry {
  LoadedCatalog data;
  NetworkSettings network;
  Request request;                  // checked, its target not decided yet
  std::vector<std::string> inputs;  // every non-default input, for a plan's reader
};

// Loads the data and the settings and checks the request.
Outcome<Inquiry> inquire(const HostView& machine, const GlobalOptions& global, const PlanCommand& options);

// The inquiry about the host of these facts, with a catalog that has the offers of its distribution.
Outcome<Asked> ask_about(const Inquiry& inquiry, std::shared_ptr<const Catalog> catalog, HostFacts facts);

// Both at once, about the target of the options, which is looked at; `today` as "2026-11-25".
Outcome<Asked> gather(const HostView& machine, const GlobalOptions& global, const PlanCommand& options,
                      const std::string& today);

// The releases, by what the repositories are known to hold so far.
Outcome<Resolution> resolve_asked(const Asked& asked);

// A source of the target's distribution; null where the distribution is unknown or has none of this id.
const PackageSource* source_of(const Asked& asked, const std::string& id);

}  // namespace nvprov
