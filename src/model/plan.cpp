#include "model/plan.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace nvprov {
namespace {

// Which consent lifts which blocker.
struct ConsentRule {
  ConflictReason reason;
  std::string_view flag;
  bool Consent::*given;
};

constexpr std::array<ConsentRule, 7> consent_rules = {{
    {ConflictReason::held_package, "--allow-held", &Consent::held},
    {ConflictReason::removal_needed, "--allow-removals", &Consent::removals},
    {ConflictReason::downgrade_needed, "--allow-downgrades", &Consent::downgrades},
    {ConflictReason::driver_in_use, "--allow-disruption", &Consent::disruption},
    {ConflictReason::engine_needs_restart, "--allow-disruption", &Consent::disruption},
    {ConflictReason::repository_in_the_way, "--adopt", &Consent::adopt},
    {ConflictReason::secure_boot_untrusted_module, "--allow-mok", &Consent::mok},
}};

bool is_lifted(ConflictReason reason, const Consent& consent) {
  const auto* rule = std::ranges::find(consent_rules, reason, &ConsentRule::reason);
  return rule != consent_rules.end() && consent.*(rule->given);
}

}  // namespace

std::string_view consent_flag(ConflictReason reason) {
  const auto* rule = std::ranges::find(consent_rules, reason, &ConsentRule::reason);
  return rule == consent_rules.end() ? std::string_view{} : rule->flag;
}

std::vector<Conflict> remaining_blockers(const Plan& plan, const Consent& consent) {
  std::vector<Conflict> remaining;
  std::ranges::copy_if(plan.blockers, std::back_inserter(remaining),
                       [&](const Conflict& blocker) { return !is_lifted(blocker.reason, consent); });
  return remaining;
}

std::vector<Step> agreed_steps(const Plan& plan, const Consent& consent) {
  std::vector<Step> steps = plan.steps;
  for (Step& step : steps)
    if (auto* install = std::get_if<InstallPackages>(&step)) {
      install->allow_downgrades = consent.downgrades;
      install->allow_removals = consent.removals;
      install->allow_held = consent.held;
    }
  return steps;
}

}  // namespace nvprov
