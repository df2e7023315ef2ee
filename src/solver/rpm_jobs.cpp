#include "solver/rpm_jobs.hpp"

#include <solv/bitmap.h>
#include <solv/poolarch.h>
#include <solv/selection.h>

#include <algorithm>

#include "base/append.hpp"
#include "solver/refusal.hpp"

namespace nvprov {
namespace {

bool counts(const RpmState& state, Id solvable) {
  const Pool* pool = state.pool();
  if (state.is_installed(solvable)) return true;
  return MAPTST(pool->considered, solvable) && pool_arch2score(pool, state.solvable_of(solvable).arch) != 0;
}

std::vector<Id> packages_called(const RpmState& state, const RpmName& name, const PackageRequest& request) {
  std::vector<Id> found;
  for (const Id id : state.called(name))
    if (counts(state, id) && (!request.version || state.version(id) == *request.version)) found.push_back(id);
  return found;
}

std::vector<Id> providers_of(const RpmState& state, const std::string& words) {
  std::vector<Id> found;
  if (words.starts_with('/')) {
    IdQueue selection;
    IdQueue packages;
    selection_make(state.pool(), selection.get(), words.c_str(), SELECTION_FILELIST);
    selection_solvables(state.pool(), selection.get(), packages.get());
    found = packages.ids();
  } else if (const Id name = state.known(words); name != 0) {
    for (Id place = pool_whatprovides(state.pool(), name), id = 0; (id = state.pool()->whatprovidesdata[place++]) != 0;)
      found.push_back(id);
  }
  std::erase_if(found, [&](Id id) { return !counts(state, id); });
  return found;
}

// dnf takes what obsoletes a package that is asked for by its name alone into account as if it had that name.
std::vector<Id> obsoleters_of(const RpmState& state, const std::vector<Id>& packages) {
  std::vector<Id> found;
  Pool* pool = state.pool();
  for (Id id = 1; id < pool->nsolvables; ++id) {
    Solvable* solvable = pool_id2solvable(pool, id);
    if (solvable->repo == nullptr || !counts(state, id)) continue;
    IdQueue obsoletes;
    solvable_lookup_deparray(solvable, SOLVABLE_OBSOLETES, obsoletes.get(), 0);
    const auto is_meant = [&](Id relation) {
      return std::ranges::any_of(
          packages, [&](Id package) { return pool_match_nevr(pool, pool_id2solvable(pool, package), relation) != 0; });
    };
    if (std::ranges::any_of(obsoletes.ids(), is_meant)) found.push_back(id);
  }
  return found;
}

bool is_any_installed(const RpmState& state, const std::vector<Id>& packages) {
  return std::ranges::any_of(packages, [&](Id id) { return state.is_installed(id); });
}

void add_request(const RpmState& state, const PackageRequest& request, RpmJobs& jobs) {
  const RpmName name = state.name_of(request.name);
  std::vector<Id> packages = packages_called(state, name, request);
  if (packages.empty() && !request.version) packages = providers_of(state, request.name);
  if (packages.empty()) {
    jobs.unknown.push_back(not_offered(request, state.versions_of(name.first)));
    return;
  }
  // dnf leaves what is there alone where the architecture is named.
  if (name.second != 0 && is_any_installed(state, packages)) return;
  if (!request.version) append(packages, obsoleters_of(state, packages));
  jobs.install.push_back(std::move(packages));
}

std::vector<Id> installed_called(const RpmState& state, const std::vector<std::string>& names) {
  std::vector<Id> found;
  for (const std::string& name : names)
    for (const Id id : state.called(state.name_of(name)))
      if (state.is_installed(id)) found.push_back(id);
  return found;
}

}  // namespace

ExactRpms exact_rpms(const RpmState& state, const RpmQuestion& question) {
  ExactRpms exact;
  for (const auto* requests : {&question.exact, &question.wanted.packages})
    for (const PackageRequest& request : *requests)
      if (const RpmName name = state.name_of(request.name); name.first != 0 && request.version)
        exact[name] = *request.version;
  return exact;
}

RpmJobs rpm_jobs(const RpmState& state, const RpmQuestion& question) {
  RpmJobs jobs;
  for (const PackageRequest& request : question.wanted.packages) add_request(state, request, jobs);
  jobs.remove = installed_called(state, question.wanted.leaving);
  jobs.hold = installed_called(state, question.held);
  return jobs;
}

}  // namespace nvprov
