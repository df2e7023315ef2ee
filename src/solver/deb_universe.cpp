#include "solver/deb_universe.hpp"

#include <solv/bitmap.h>

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "base/append.hpp"
#include "packages/apt.hpp"
#include "solver/deb_choice.hpp"
#include "solver/deb_state.hpp"
#include "solver/refusal.hpp"

namespace nvprov {
namespace {

using ExactVersions = std::unordered_map<Id, std::string>;

class ConsideredOnly {
 public:
  ConsideredOnly(Pool* pool, const std::vector<Id>& considered) : pool_(pool) {
    map_init(&map_, pool->nsolvables);
    for (const Id id : considered) MAPSET(&map_, id);
    Id id = 0;
    Solvable* solvable = nullptr;
    FOR_REPO_SOLVABLES(pool->installed, id, solvable) MAPSET(&map_, id);
    pool->considered = &map_;
    pool_createwhatprovides(pool);
  }
  ~ConsideredOnly() {
    pool_->considered = nullptr;
    pool_createwhatprovides(pool_);
    map_free(&map_);
  }
  ConsideredOnly(const ConsideredOnly&) = delete;
  ConsideredOnly& operator=(const ConsideredOnly&) = delete;

 private:
  Pool* pool_;
  Map map_ = {};
};

// What has to be given up for an answer; asked for in this order, until there is one.
struct Freedom {
  bool change_held = false;
  bool remove = false;
};
constexpr Freedom freedoms[] = {{false, false}, {false, true}, {true, true}};

struct Jobs {
  std::vector<Id> install;  // solvables
  std::vector<Id> remove;   // names
  std::vector<Id> hold;     // installed solvables
  std::vector<Id> prefer;   // solvables
};

SolverHolder solve(Pool* pool, const Jobs& jobs, const Freedom& freedom) {
  IdQueue queue;
  for (const Id id : jobs.install) queue.push(SOLVER_INSTALL | SOLVER_SOLVABLE, id);
  for (const Id name : jobs.remove) queue.push(SOLVER_ERASE | SOLVER_SOLVABLE_NAME, name);
  if (!freedom.change_held)
    for (const Id id : jobs.hold) queue.push(SOLVER_LOCK | SOLVER_SOLVABLE, id);
  for (const Id id : jobs.prefer) queue.push(SOLVER_INSTALL | SOLVER_SOLVABLE | SOLVER_WEAK, id);
  SolverHolder solver(solver_create(pool));
  for (const int flag : {SOLVER_FLAG_ALLOW_DOWNGRADE, SOLVER_FLAG_ALLOW_ARCHCHANGE, SOLVER_FLAG_ALLOW_VENDORCHANGE,
                         SOLVER_FLAG_IGNORE_RECOMMENDED, SOLVER_FLAG_NO_INFARCHCHECK})
    solver_set_flag(solver.get(), flag, 1);
  solver_set_flag(solver.get(), SOLVER_FLAG_ALLOW_UNINSTALL, freedom.remove ? 1 : 0);
  solver_solve(solver.get(), queue.get());
  return solver;
}

// Newest first.
std::string versions_of(const DebState& state, Id name) {
  std::string versions;
  for (const DebPlace& place : state.versions(name))
    versions += (versions.empty() ? "" : ", ") + std::string(place.version.version);
  return versions;
}

std::uint64_t number(const DebState& state, Id solvable, Id key) {
  return solvable_lookup_num(pool_id2solvable(state.pool(), solvable), key, 0);
}

std::string origin_of(const DebList& list) {
  const SuiteFacts& suite = list.suite;
  const std::string& origin = suite.origin.empty() ? suite.site : suite.origin;
  const std::string& name = suite.codename.empty() ? suite.suite : suite.codename;
  return name.empty() ? origin : origin + " " + name;
}

// What a list tells of the file.
void add_file(const DebState& state, Id solvable, PackageChange& change) {
  Solvable* place = pool_id2solvable(state.pool(), solvable);
  change.download_bytes = number(state, solvable, SOLVABLE_DOWNLOADSIZE);
  change.installed_bytes = number(state, solvable, SOLVABLE_INSTALLSIZE);
  unsigned int disk = 0;
  if (const char* path = solvable_lookup_location(place, &disk)) change.path = path;
  Id type = 0;
  if (const char* digest = solvable_lookup_checksum(place, SOLVABLE_CHECKSUM, &type);
      digest && type == REPOKEY_TYPE_SHA256)
    change.digest = std::string("sha256:") + digest;
  const DebList* list = state.list_of(solvable);
  change.origin = origin_of(*list);
  change.repository = list->repository;
}

PackageOffer offer_of(const DebState& state, const std::string& name, Id solvable, bool is_candidate) {
  const SuiteFacts& suite = state.list_of(solvable)->suite;
  return {.name = name,
          .version = std::string(state.version(solvable)),
          .architecture = std::string(state.text(state.solvable_of(solvable).arch)),
          .origin = suite.origin.empty() ? suite.site : suite.origin,
          .suite = suite.codename.empty() ? suite.suite : suite.codename,
          .download_bytes = number(state, solvable, SOLVABLE_DOWNLOADSIZE),
          .installed_bytes = number(state, solvable, SOLVABLE_INSTALLSIZE),
          .candidate = is_candidate};
}

// The oldest first.
std::vector<PackageOffer> offers_of(const DebState& state, const std::string& name, Id id) {
  const Id candidate = state.candidate(id, {});
  std::vector<PackageOffer> offers;
  for (const DebPlace& place : state.versions(id))
    if (place.offered != 0) offers.push_back(offer_of(state, name, place.offered, place_of(place) == candidate));
  std::ranges::reverse(offers);
  return offers;
}

PackageAction action_of(std::string_view version, std::string_view old_version) {
  return compare_deb_versions(version, old_version) > 0 ? PackageAction::upgrade : PackageAction::downgrade;
}

PackageChange installing(const DebState& state, Id solvable) {
  PackageChange change;
  const Id name = state.solvable_of(solvable).name;
  change.name = plain_deb_name(state.text(name));
  change.architecture = state.text(state.solvable_of(solvable).arch);
  change.version = state.version(solvable);
  if (const Id before = state.installed(name); before != 0) {
    change.old_version = state.version(before);
    change.action = action_of(*change.version, *change.old_version);
  }
  add_file(state, solvable, change);
  return change;
}

PackageChange removing(const DebState& state, Id solvable) {
  PackageChange change;
  change.action = PackageAction::remove;
  change.name = plain_deb_name(state.name(solvable));
  change.architecture = state.text(state.solvable_of(solvable).arch);
  change.old_version = state.version(solvable);
  return change;
}

// Where dpkg does not know how large a package is, a list may.
std::uint64_t bytes_freed(const DebState& state, Id installed) {
  if (const std::uint64_t bytes = number(state, installed, SOLVABLE_INSTALLSIZE); bytes != 0) return bytes;
  const std::vector<DebPlace> places = state.versions(state.solvable_of(installed).name);
  const auto place = std::ranges::find(places, installed, &DebPlace::installed);
  const bool is_offered = place != places.end() && place->offered != 0;
  return is_offered ? number(state, place->offered, SOLVABLE_INSTALLSIZE) : 0;
}

void add_change(const DebState& state, Id decision, Closure& closure) {
  const Id solvable = decision > 0 ? decision : -decision;
  if (solvable == SYSTEMSOLVABLE || (decision > 0) == state.is_installed(solvable)) return;
  if (decision > 0) {
    closure.packages.push_back(installing(state, solvable));
    *closure.download_bytes += closure.packages.back().download_bytes.value_or(0);
    *closure.disk_bytes += static_cast<std::int64_t>(closure.packages.back().installed_bytes.value_or(0));
  } else if (state.is_installed(solvable)) {
    *closure.disk_bytes -= static_cast<std::int64_t>(bytes_freed(state, solvable));
    closure.packages.push_back(removing(state, solvable));
  }
}

// A package that is replaced is decided against at its old version.
void drop_replaced(std::vector<PackageChange>& changes) {
  const auto replaces = [&](const PackageChange& removed) {
    return std::ranges::any_of(changes, [&](const PackageChange& each) {
      return each.version && each.name == removed.name && each.old_version == removed.old_version;
    });
  };
  std::vector<PackageChange> kept;
  for (const PackageChange& change : changes)
    if (change.version || !replaces(change)) kept.push_back(change);
  changes = std::move(kept);
}

Closure closure_of(const DebState& state, Solver* solver) {
  Closure closure{.known = true, .packages = {}, .download_bytes = 0, .disk_bytes = 0};
  IdQueue decisions;
  solver_get_decisionqueue(solver, decisions.get());
  for (const Id decision : decisions.ids()) add_change(state, decision, closure);
  drop_replaced(closure.packages);
  std::ranges::sort(closure.packages, [](const PackageChange& left, const PackageChange& right) {
    return std::tie(left.name, left.architecture) < std::tie(right.name, right.architecture);
  });
  return closure;
}

// The names of the question, as ids.
struct Names {
  std::vector<Id> wanted;
  ExactVersions exact;
  std::vector<Conflict> unknown;
};

// The package itself, or the only one that provides the name.
Id package_called(const DebState& state, const PackageRequest& request) {
  const Id name = state.known_name(request.name);
  if (name == 0 || request.version || !state.versions(name).empty()) return name;
  Id only = 0;
  for (Id place = pool_whatprovides(state.pool(), name), id = 0; (id = state.pool()->whatprovidesdata[place++]) != 0;) {
    if (only != 0 && only != state.solvable_of(id).name) return name;
    only = state.solvable_of(id).name;
  }
  return only == 0 ? name : only;
}

Names names_of(const DebState& state, const DebQuestion& question) {
  Names names;
  for (const PackageRequest& request : question.exact)
    if (const Id name = state.known_name(request.name); name != 0 && request.version)
      names.exact[name] = *request.version;
  for (const PackageRequest& request : question.wanted.packages)
    if (const Id name = state.known_name(request.name); name != 0 && request.version)
      names.exact[name] = *request.version;
  for (const PackageRequest& request : question.wanted.packages) {
    const Id name = package_called(state, request);
    if (name == 0 || state.candidate(name, names.exact) == 0)
      names.unknown.push_back(not_offered(request, versions_of(state, name)));
    else
      names.wanted.push_back(name);
  }
  return names;
}

Jobs jobs_of(const DebState& state, const DebQuestion& question, const Names& names, const DebChoice& choice) {
  Jobs jobs;
  for (const Id name : names.wanted) jobs.install.push_back(state.candidate(name, names.exact));
  for (const std::string& leaving : question.wanted.leaving)
    if (const Id name = state.known_name(leaving); name != 0) jobs.remove.push_back(name);
  for (const std::string& held : question.held)
    if (const Id name = state.known_name(held); name != 0 && state.installed(name) != 0)
      jobs.hold.push_back(state.installed(name));
  jobs.prefer = choice.preferred;
  return jobs;
}

}  // namespace

struct DebUniverse::State : DebState {
  using DebState::DebState;
};

DebUniverse::DebUniverse(DebArchitectures architectures) : state_(std::make_unique<State>(std::move(architectures))) {}
DebUniverse::~DebUniverse() = default;
DebUniverse::DebUniverse(DebUniverse&&) noexcept = default;
DebUniverse& DebUniverse::operator=(DebUniverse&&) noexcept = default;

void DebUniverse::add_installed(std::string_view status) { state_->add_installed(status); }
void DebUniverse::add_installed(const std::vector<InstalledPackage>& packages) { state_->add_installed(packages); }
bool DebUniverse::add_packed_list(const DebList& list, std::string_view bytes) {
  return state_->add_packed_list(list, bytes);
}
void DebUniverse::set_pins(AptPins pins) { state_->set_pins(std::move(pins)); }
void DebUniverse::add_list(const DebList& list, std::string_view packages) { state_->add_list(list, packages); }

std::vector<PackageOffer> DebUniverse::offers(const std::vector<std::string>& names) {
  state_->prepare();
  std::vector<PackageOffer> offers;
  for (const std::string& name : names) {
    const Id id = state_->known_name(name);
    if (id != 0) append(offers, offers_of(*state_, name, id));
  }
  return offers;
}

tl::expected<Closure, Unsatisfiable> DebUniverse::close(const DebQuestion& question) {
  state_->prepare();
  const Names names = names_of(*state_, question);
  if (!names.unknown.empty()) return tl::unexpected(Unsatisfiable{{}, names.unknown, {}});
  const DebChoice choice = choose_debs(*state_, names.wanted, names.exact);
  const Jobs jobs = jobs_of(*state_, question, names, choice);
  const ConsideredOnly considered(state_->pool(), choice.considered);
  Unsatisfiable refusal;
  for (const Freedom& freedom : freedoms) {
    const SolverHolder solver = solve(state_->pool(), jobs, freedom);
    if (solver_problem_count(solver.get()) == 0) return closure_of(*state_, solver.get());
    refusal.conflicts = conflicts_of(solver.get(), [&](Id name) { return versions_of(*state_, name); });
  }
  return tl::unexpected(std::move(refusal));
}

}  // namespace nvprov
