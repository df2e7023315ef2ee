#include "resolve/requirement_sets.hpp"

#include <algorithm>
#include <bit>

namespace nvprov {
namespace {

bool contains_set(RequirementSet outer, RequirementSet inner) { return (outer & inner) == inner; }

// Of two different sets that with the earlier first member they do not share.
bool has_earlier_members(RequirementSet left, RequirementSet right) {
  const RequirementSet differing = left ^ right;
  return (left & (differing & (~differing + 1))) != 0;
}

bool comes_before(RequirementSet left, RequirementSet right) {
  if (std::popcount(left) != std::popcount(right)) return std::popcount(left) < std::popcount(right);
  return has_earlier_members(left, right);
}

// Depth first: what a set still misses must be met by one of its members. `best` is only replaced by what is better.
void meet_all(const std::vector<RequirementSet>& sets, RequirementSet chosen, std::optional<RequirementSet>& best) {
  const auto missed = std::ranges::find_if(sets, [&](RequirementSet set) { return (set & chosen) == 0; });
  if (missed == sets.end()) {
    if (!best || comes_before(chosen, *best)) best = chosen;
    return;
  }
  if (best && std::popcount(chosen) + 1 > std::popcount(*best)) return;
  for (RequirementSet rest = *missed; rest != 0; rest &= rest - 1) meet_all(sets, chosen | (rest & (~rest + 1)), best);
}

}  // namespace

std::vector<RequirementSet> minimal_sets(std::vector<RequirementSet> sets) {
  std::ranges::sort(sets, comes_before);
  std::vector<RequirementSet> minimal;
  for (const RequirementSet set : sets)
    if (std::ranges::none_of(minimal, [&](RequirementSet smaller) { return contains_set(set, smaller); }))
      minimal.push_back(set);
  return minimal;
}

std::optional<RequirementSet> smallest_core(const std::vector<RequirementSet>& violated) {
  const std::vector<RequirementSet> sets = minimal_sets(violated);
  std::optional<RequirementSet> best;
  meet_all(sets, 0, best);
  return best;
}

}  // namespace nvprov
