#pragma once

#include <vector>

#include "explain/here.hpp"
#include "model/catalog.hpp"
#include "model/concept.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Where a package on a plan comes from is told from the plan; without one, why there is none.
struct PlanAsked {
  const Plan* plan = nullptr;
  std::string why_not;  // one sentence; "" where no plan was asked for

  bool operator==(const PlanAsked&) const = default;
};

// Everything an explanation is made from.
struct Knowledge {
  const Catalog& catalog;
  const std::vector<Concept>& concepts;
  Language language = Language::en;
  const Here* here = nullptr;  // nullptr: only a saved plan was asked about
  PlanAsked plan;
};

}  // namespace nvprov
