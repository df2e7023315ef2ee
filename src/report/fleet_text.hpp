#pragma once

#include <string>

#include "base/json.hpp"
#include "model/fleet.hpp"
#include "model/request.hpp"
#include "report/layout.hpp"

namespace nvprov {

// How many hosts are told what, under this consent.
struct FleetCounts {
  std::size_t hosts = 0;
  std::size_t done = 0;       // nothing to do
  std::size_t to_change = 0;  // a plan with steps and nothing in its way
  std::size_t blocked = 0;    // a plan with a blocker nobody agreed to
  std::size_t refused = 0;
  std::size_t unclear = 0;  // something must be said on the command line first

  bool operator==(const FleetCounts&) const = default;
};
FleetCounts count_hosts(const FleetPlans& fleet, const Consent& consent);

// A line that counts, then each group: what its hosts are told in one line, and their names; as many as a line holds,
// or with verbosity all.
std::string fleet_text(const FleetPlans& fleet, const Consent& consent, const TextOptions& options = {});

// The one JSON document ("nvprov.plans/1"): each group with its hosts and either the whole plan or what
// `nvprov plan --json` says where there is none; and what is wrong with the input.
Json fleet_to_json(const FleetPlans& fleet);

}  // namespace nvprov
