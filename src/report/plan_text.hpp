#pragma once

#include <string>

#include "model/plan.hpp"
#include "report/layout.hpp"

namespace nvprov {

// All a reader must know before agreeing, blockers first, in the order things are done. The same plan and options give
// the same bytes. A plan without steps and blockers is short.
std::string plan_text(const Plan& plan, const TextOptions& options = {});

}  // namespace nvprov
