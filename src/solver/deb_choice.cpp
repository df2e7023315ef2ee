#include "solver/deb_choice.hpp"

#include <algorithm>
#include <unordered_set>

namespace nvprov {
namespace {

// The alternatives of a dependency in their order.
std::vector<Id> alternatives_of(Pool* pool, Id dependency) {
  std::vector<Id> alternatives;
  while (ISRELDEP(dependency) && GETRELDEP(pool, dependency)->flags == REL_OR) {
    alternatives.push_back(GETRELDEP(pool, dependency)->name);
    dependency = GETRELDEP(pool, dependency)->evr;
  }
  alternatives.push_back(dependency);
  return alternatives;
}

Id name_of(Pool* pool, Id relation) { return ISRELDEP(relation) ? GETRELDEP(pool, relation)->name : relation; }

class Chooser {
 public:
  Chooser(const DebState& state, const std::unordered_map<Id, std::string>& exact) : state_(state), exact_(exact) {}

  // Candidates of the name and of all that it may draw in.
  void reach(Id name);
  // As apt marks a package for installation, with what it needs.
  void mark(Id name);
  DebChoice take() { return std::move(choice_); }

 private:
  Id candidate(Id name);
  std::vector<Id> needs(Id solvable) const;
  std::vector<Id> providers(Id relation);
  bool is_satisfied(const std::vector<Id>& alternatives);
  bool can_be_had(Id solvable);

  const DebState& state_;
  const std::unordered_map<Id, std::string>& exact_;
  std::unordered_map<Id, Id> candidates_;  // by name
  std::unordered_set<Id> reached_;         // names
  std::unordered_set<Id> marked_;          // solvables
  DebChoice choice_;
};

Id Chooser::candidate(Id name) {
  const auto known = candidates_.find(name);
  if (known != candidates_.end()) return known->second;
  const Id found = state_.candidate(name, exact_);
  candidates_.emplace(name, found);
  return found;
}

std::vector<Id> Chooser::needs(Id solvable) const {
  IdQueue needs;
  solvable_lookup_deparray(pool_id2solvable(state_.pool(), solvable), SOLVABLE_REQUIRES, needs.get(), 0);
  return needs.ids();
}

void Chooser::reach(Id name) {
  std::vector<Id> open = {name};
  while (!open.empty()) {
    const Id next = open.back();
    open.pop_back();
    if (!reached_.insert(next).second) continue;
    const Id taken = candidate(next);
    if (taken == 0) continue;
    choice_.considered.push_back(taken);
    for (const Id need : needs(taken))
      for (const Id alternative : alternatives_of(state_.pool(), need)) {
        Id place = pool_whatprovides(state_.pool(), alternative);
        for (Id id = 0; (id = state_.pool()->whatprovidesdata[place++]) != 0;)
          open.push_back(state_.solvable_of(id).name);
      }
  }
}

// Those that count, the best first.
std::vector<Id> Chooser::providers(Id relation) {
  const Id name = name_of(state_.pool(), relation);
  std::vector<Id> found;
  Id place = pool_whatprovides(state_.pool(), relation);
  for (Id id = 0; (id = state_.pool()->whatprovidesdata[place++]) != 0;)
    if (candidate(state_.solvable_of(id).name) == id) found.push_back(id);
  std::stable_partition(found.begin(), found.end(), [&](Id id) { return state_.solvable_of(id).name == name; });
  return found;
}

// By what is installed and stays, or by what was marked before.
bool Chooser::is_satisfied(const std::vector<Id>& alternatives) {
  for (const Id relation : alternatives) {
    Id place = pool_whatprovides(state_.pool(), relation);
    for (Id id = 0; (id = state_.pool()->whatprovidesdata[place++]) != 0;) {
      if (marked_.contains(id)) return true;
      const Id name = state_.solvable_of(id).name;
      const bool is_replaced = candidate(name) != id && marked_.contains(candidate(name));
      if (state_.is_installed(id) && !is_replaced) return true;
    }
  }
  return false;
}

// Whether there is something for each of its needs; what that needs itself is not looked at.
bool Chooser::can_be_had(Id solvable) {
  return std::ranges::all_of(needs(solvable), [&](Id need) {
    const std::vector<Id> alternatives = alternatives_of(state_.pool(), need);
    return is_satisfied(alternatives) ||
           std::ranges::any_of(alternatives, [&](Id each) { return !providers(each).empty(); });
  });
}

void Chooser::mark(Id name) {
  const Id taken = candidate(name);
  if (taken == 0 || !marked_.insert(taken).second) return;
  for (const Id need : needs(taken)) {
    const std::vector<Id> alternatives = alternatives_of(state_.pool(), need);
    if (is_satisfied(alternatives)) continue;
    std::vector<Id> solvers;
    for (const Id each : alternatives)
      for (const Id provider : providers(each)) solvers.push_back(provider);
    const auto best = std::ranges::find_if(solvers, [&](Id id) { return can_be_had(id); });
    if (best == solvers.end()) continue;
    if (solvers.size() > 1) choice_.preferred.push_back(*best);
    mark(state_.solvable_of(*best).name);
  }
}

}  // namespace

DebChoice choose_debs(const DebState& state, const std::vector<Id>& wanted,
                      const std::unordered_map<Id, std::string>& exact) {
  Chooser chooser(state, exact);
  // What may have to be upgraded along.
  Id id = 0;
  Solvable* solvable = nullptr;
  FOR_REPO_SOLVABLES(state.pool()->installed, id, solvable) chooser.reach(solvable->name);
  for (const Id name : wanted) chooser.reach(name);
  for (const Id name : wanted) chooser.mark(name);
  return chooser.take();
}

}  // namespace nvprov
