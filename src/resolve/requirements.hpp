#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/request.hpp"
#include "model/requirement.hpp"
#include "model/resolution.hpp"
#include "resolve/requirement_sets.hpp"

namespace nvprov {

// What a possible answer does not hold to, and the fact that says so.
struct Objection {
  Requirement requirement;
  Conflict conflict;
  bool is_implied = false;  // that something else was asked for than this offers, which needs no words

  bool operator==(const Objection&) const = default;
};

// All that an answer for this machine has to hold to: its GPUs first, for where they alone exclude each other nothing
// that is asked makes a difference, then what is asked, then the rest of the machine; at most `max_requirements`.
// `wants_driver` false: nothing that only a driver could violate.
std::vector<Requirement> requirements_of(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                         bool wants_driver);

// Those violated by these objections.
RequirementSet violated_by(const std::vector<Objection>& objections, const std::vector<Requirement>& requirements);

// Those of a set.
std::vector<Requirement> members_of(RequirementSet set, const std::vector<Requirement>& requirements);

// Whether somebody could do without it: ask for something else, take a GPU out, boot another kernel.
bool is_changeable(const Requirement& requirement);

// The kernel that boots next; "" where none is known.
std::string boot_kernel(const HostFacts& facts);

}  // namespace nvprov
