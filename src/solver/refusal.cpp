#include "solver/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nvprov {
namespace {

std::string package_words(Pool* pool, Id solvable) {
  const Solvable* package = pool_id2solvable(pool, solvable);
  return fmt::format("{} {}", pool_id2str(pool, package->name), pool_id2str(pool, package->evr));
}

// The versions there are of what the first alternative names: none of them fits.
std::string versions_there(Pool* pool, Id dependency, const VersionsOfName& versions_of) {
  while (ISRELDEP(dependency)) dependency = GETRELDEP(pool, dependency)->name;
  return versions_of(dependency);
}

Conflict conflict(ConflictReason reason, std::string subject, std::string other, std::string limit) {
  return {.reason = reason,
          .subject = std::move(subject),
          .other = std::move(other),
          .limit = std::move(limit),
          .sources = {}};
}

// Rules that only say what others lead to have no conflict of their own.
std::vector<Conflict> conflict_of_rule(Solver* solver, Id rule, const VersionsOfName& versions_of) {
  Pool* pool = solver->pool;
  Id from = 0;
  Id to = 0;
  Id dependency = 0;
  switch (solver_ruleinfo(solver, rule, &from, &to, &dependency)) {
    case SOLVER_RULE_PKG_NOTHING_PROVIDES_DEP:
      return {conflict(ConflictReason::package_need_missing, package_words(pool, from), pool_dep2str(pool, dependency),
                       versions_there(pool, dependency, versions_of))};
    case SOLVER_RULE_PKG_CONFLICTS:
    case SOLVER_RULE_PKG_SAME_NAME:
    case SOLVER_RULE_PKG_OBSOLETES:
    case SOLVER_RULE_PKG_IMPLICIT_OBSOLETES:
    case SOLVER_RULE_PKG_INSTALLED_OBSOLETES:
    case SOLVER_RULE_YUMOBS:
      return {conflict(ConflictReason::packages_exclude_each_other, package_words(pool, from), package_words(pool, to),
                       {})};
    case SOLVER_RULE_PKG_REQUIRES:
      return {conflict(ConflictReason::package_needs, package_words(pool, from), pool_dep2str(pool, dependency), {})};
    default: return {};  // libsolv has kinds of rules for things that are never asked of it here
  }
}

}  // namespace

std::vector<Conflict> conflicts_of(Solver* solver, const VersionsOfName& versions_of) {
  std::vector<Conflict> conflicts;
  IdQueue rules;
  solver_findallproblemrules(solver, 1, rules.get());
  for (const Id rule : rules.ids())
    for (Conflict& each : conflict_of_rule(solver, rule, versions_of))
      if (std::ranges::find(conflicts, each) == conflicts.end()) conflicts.push_back(std::move(each));
  // What needs what is the chain; what is missing or cannot be together stands first.
  std::stable_partition(conflicts.begin(), conflicts.end(),
                        [](const Conflict& each) { return each.reason != ConflictReason::package_needs; });
  if (conflicts.empty() && solver_problem_count(solver) > 0)
    conflicts.push_back(conflict(ConflictReason::packages_unsatisfiable, solver_problem2str(solver, 1), {}, {}));
  return conflicts;
}

Conflict not_offered(const PackageRequest& request, std::string versions) {
  return conflict(ConflictReason::package_not_in_repositories, request.name, request.version.value_or(""),
                  std::move(versions));
}

}  // namespace nvprov
