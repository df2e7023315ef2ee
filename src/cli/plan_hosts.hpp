#pragma once

#include <cstdint>
#include <string>

#include "cli/asked.hpp"
#include "cli/facts_documents.hpp"
#include "model/fleet.hpp"

namespace nvprov {

// Where the processor's time went, over all threads, in nanoseconds.
struct FleetCost {
  std::int64_t reading = 0;   // files
  std::int64_t parsing = 0;   // to JSON, and the digest that tells whether such a host was planned already
  std::int64_t planning = 0;  // facts to plans, once for each kind of host
  std::size_t hosts = 0;
  std::size_t planned = 0;  // how often that was done

  bool operator==(const FleetCost&) const = default;
};

struct PlannedFleet {
  FleetPlans plans;
  FleetCost cost;

  bool operator==(const PlannedFleet&) const = default;
};

// Plans each host without the network, by this many threads; their number changes nothing in the plans. Facts that
// differ in nothing a plan depends on are planned once, and of each document only the host's name is kept. Takes the
// inquiry's catalog away.
PlannedFleet plan_hosts(const HostView& machine, Inquiry inquiry, FactsDocuments& documents, const std::string& today,
                        unsigned threads);

}  // namespace nvprov
