#pragma once

#include <string>
#include <vector>

#include "explain/knowledge.hpp"

namespace nvprov::explain_samples {

// What the program carries.
const Catalog& catalog();
const std::vector<Concept>& concepts();

// A recorded host of tests/golden/hosts, and what the profiles come to on it.
Here here_of(const std::string& host);
// The plan of a recorded host: of tests/golden/plans.
Plan plan_of(const std::string& host);

// What `nvprov explain` prints for this name on this host, without a plan.
std::string explained(const std::string& name, const Here& here, Language language);
// The chain of a package on this plan, as text.
std::string chain_on(const Plan& plan, const std::string& package, Language language);

}  // namespace nvprov::explain_samples
