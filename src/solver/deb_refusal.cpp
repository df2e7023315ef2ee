#include "solver/deb_refusal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace nvprov {
namespace {

std::string package_words(const DebState& state, Id solvable) {
  return fmt::format("{} {}", state.name(solvable), state.version(solvable));
}

// The versions there are of what the first alternative names, newest first: none of them fits.
std::string versions_there(const DebState& state, Id dependency) {
  while (ISRELDEP(dependency)) dependency = GETRELDEP(state.pool(), dependency)->name;
  std::vector<std::string_view> versions;
  for (const DebPlace& place : state.versions(dependency)) versions.push_back(place.version.version);
  return fmt::format("{}", fmt::join(versions, ", "));
}

Conflict conflict(ConflictReason reason, std::string subject, std::string other, std::string limit) {
  return {.reason = reason,
          .subject = std::move(subject),
          .other = std::move(other),
          .limit = std::move(limit),
          .sources = {}};
}

// Rules that only say what others lead to have no conflict of their own.
std::vector<Conflict> conflict_of_rule(const DebState& state, Solver* solver, Id rule) {
  Id from = 0;
  Id to = 0;
  Id dependency = 0;
  switch (solver_ruleinfo(solver, rule, &from, &to, &dependency)) {
    case SOLVER_RULE_PKG_NOTHING_PROVIDES_DEP:
      return {conflict(ConflictReason::package_need_missing, package_words(state, from),
                       pool_dep2str(state.pool(), dependency), versions_there(state, dependency))};
    case SOLVER_RULE_PKG_CONFLICTS:
    case SOLVER_RULE_PKG_SAME_NAME:
    case SOLVER_RULE_PKG_OBSOLETES:
    case SOLVER_RULE_PKG_IMPLICIT_OBSOLETES:
    case SOLVER_RULE_PKG_INSTALLED_OBSOLETES:
      return {conflict(ConflictReason::packages_exclude_each_other, package_words(state, from),
                       package_words(state, to), {})};
    case SOLVER_RULE_PKG_REQUIRES:
      return {conflict(ConflictReason::package_needs, package_words(state, from),
                       pool_dep2str(state.pool(), dependency), {})};
    default: return {};  // libsolv has kinds of rules for things that are never asked of it here
  }
}

}  // namespace

std::vector<Conflict> conflicts_of(const DebState& state, Solver* solver) {
  std::vector<Conflict> conflicts;
  IdQueue rules;
  solver_findallproblemrules(solver, 1, rules.get());
  for (const Id rule : rules.ids())
    for (Conflict& each : conflict_of_rule(state, solver, rule))
      if (std::ranges::find(conflicts, each) == conflicts.end()) conflicts.push_back(std::move(each));
  // What needs what is the chain; what is missing or cannot be together stands first.
  std::stable_partition(conflicts.begin(), conflicts.end(),
                        [](const Conflict& each) { return each.reason != ConflictReason::package_needs; });
  return conflicts;
}

}  // namespace nvprov
