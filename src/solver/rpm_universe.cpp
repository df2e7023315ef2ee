#include "solver/rpm_universe.hpp"

#include <fmt/format.h>
#include <solv/transaction.h>

#include <algorithm>
#include <tuple>

#include "packages/dnf.hpp"
#include "solver/refusal.hpp"
#include "solver/rpm_jobs.hpp"
#include "solver/rpm_state.hpp"

namespace nvprov {
namespace {

struct FreeTransaction {
  void operator()(Transaction* transaction) const { transaction_free(transaction); }
};
using TransactionHolder = std::unique_ptr<Transaction, FreeTransaction>;

// What has to be given up for an answer; asked for in this order, until there is one.
struct RpmFreedom {
  bool downgrade = false;
  bool remove = false;
  bool change_held = false;
};
constexpr RpmFreedom rpm_freedoms[] = {
    {false, false, false}, {true, false, false}, {true, true, false}, {true, true, true}};

void push_removals(const RpmState& state, IdQueue& queue) {
  const std::vector<std::string>& kept = state.settings().protected_packages;
  Id id = 0;
  Solvable* solvable = nullptr;
  FOR_REPO_SOLVABLES(state.pool()->installed, id, solvable)
  if (std::ranges::find(kept, state.name(id)) == kept.end()) queue.push(SOLVER_ALLOWUNINSTALL | SOLVER_SOLVABLE, id);
}

// As libdnf does it.
SolverHolder solve(const RpmState& state, const RpmJobs& jobs, const RpmFreedom& freedom) {
  Pool* pool = state.pool();
  IdQueue queue;
  const int best = state.settings().best ? SOLVER_FORCEBEST : 0;
  for (const std::vector<Id>& packages : jobs.install) {
    IdQueue group;
    for (const Id id : packages) group.push(id);
    queue.push(SOLVER_INSTALL | SOLVER_SOLVABLE_ONE_OF | SOLVER_SETARCH | SOLVER_SETEVR | best,
               pool_queuetowhatprovides(pool, group.get()));
  }
  for (const Id id : jobs.remove) queue.push(SOLVER_ERASE | SOLVER_SOLVABLE, id);
  if (!freedom.change_held)
    for (const Id id : jobs.hold) queue.push(SOLVER_LOCK | SOLVER_SOLVABLE, id);
  for (const std::string& name : state.settings().installonly)
    queue.push(SOLVER_MULTIVERSION | SOLVER_SOLVABLE_PROVIDES, id_of(pool, name));
  if (freedom.remove) push_removals(state, queue);
  SolverHolder solver(solver_create(pool));
  for (const int flag : {SOLVER_FLAG_ALLOW_VENDORCHANGE, SOLVER_FLAG_DUP_ALLOW_VENDORCHANGE, SOLVER_FLAG_KEEP_ORPHANS,
                         SOLVER_FLAG_BEST_OBEY_POLICY, SOLVER_FLAG_YUM_OBSOLETES, SOLVER_FLAG_IGNORE_RECOMMENDED})
    solver_set_flag(solver.get(), flag, 1);
  solver_set_flag(solver.get(), SOLVER_FLAG_ALLOW_DOWNGRADE, freedom.downgrade ? 1 : 0);
  solver_solve(solver.get(), queue.get());
  return solver;
}

std::uint64_t number(const RpmState& state, Id solvable, Id key) {
  return solvable_lookup_num(pool_id2solvable(state.pool(), solvable), key, 0);
}

// What a list tells of the file.
void add_file(const RpmState& state, Id solvable, PackageChange& change) {
  Solvable* place = pool_id2solvable(state.pool(), solvable);
  change.download_bytes = number(state, solvable, SOLVABLE_DOWNLOADSIZE);
  change.installed_bytes = number(state, solvable, SOLVABLE_INSTALLSIZE);
  unsigned int disk = 0;
  if (const char* path = solvable_lookup_location(place, &disk)) change.path = path;
  Id type = 0;
  if (const char* digest = solvable_lookup_checksum(place, SOLVABLE_CHECKSUM, &type);
      digest && type == REPOKEY_TYPE_SHA256)
    change.digest = std::string("sha256:") + digest;
  change.origin = state.list_of(solvable).id;
  change.repository = state.list_of(solvable).repository;
}

// The installed package this one takes the place of; 0: none of its name.
Id replaced_by(const RpmState& state, Transaction* transaction, Id solvable) {
  const Id before = transaction_obs_pkg(transaction, solvable);
  return before != 0 && state.solvable_of(before).name == state.solvable_of(solvable).name ? before : 0;
}

PackageChange installing(const RpmState& state, Transaction* transaction, Id solvable) {
  PackageChange change;
  change.name = state.name(solvable);
  change.architecture = state.architecture(solvable);
  change.version = state.version(solvable);
  if (const Id before = replaced_by(state, transaction, solvable); before != 0) {
    change.old_version = state.version(before);
    const bool is_newer = compare_rpm_versions(*change.version, *change.old_version) >= 0;
    change.action = is_newer ? PackageAction::upgrade : PackageAction::downgrade;
  }
  add_file(state, solvable, change);
  return change;
}

PackageChange removing(const RpmState& state, Id solvable) {
  PackageChange change;
  change.action = PackageAction::remove;
  change.name = state.name(solvable);
  change.architecture = state.architecture(solvable);
  change.old_version = state.version(solvable);
  return change;
}

// Whether a package that goes is told with the one that takes its place.
bool is_told(const RpmState& state, Transaction* transaction, Id solvable) {
  const Id after = transaction_obs_pkg(transaction, solvable);
  return after != 0 && replaced_by(state, transaction, after) == solvable;
}

void add_step(const RpmState& state, Transaction* transaction, Id step, Closure& closure) {
  if (state.is_installed(step)) {
    *closure.disk_bytes -= static_cast<std::int64_t>(number(state, step, SOLVABLE_INSTALLSIZE));
    if (!is_told(state, transaction, step)) closure.packages.push_back(removing(state, step));
    return;
  }
  closure.packages.push_back(installing(state, transaction, step));
  *closure.download_bytes += closure.packages.back().download_bytes.value_or(0);
  *closure.disk_bytes += static_cast<std::int64_t>(closure.packages.back().installed_bytes.value_or(0));
}

Closure closure_of(const RpmState& state, Solver* solver) {
  Closure closure{.known = true, .packages = {}, .download_bytes = 0, .disk_bytes = 0};
  const TransactionHolder transaction(solver_create_transaction(solver));
  for (int i = 0; i < transaction->steps.count; ++i)
    add_step(state, transaction.get(), transaction->steps.elements[i], closure);
  std::ranges::sort(closure.packages, [](const PackageChange& left, const PackageChange& right) {
    return std::tie(left.name, left.architecture, left.version) <
           std::tie(right.name, right.architecture, right.version);
  });
  return closure;
}

PackageOffer offer_of(const RpmState& state, Id solvable) {
  return {.name = std::string(state.name(solvable)),
          .version = std::string(state.version(solvable)),
          .architecture = std::string(state.architecture(solvable)),
          .origin = state.list_of(solvable).id,
          .suite = {},
          .download_bytes = number(state, solvable, SOLVABLE_DOWNLOADSIZE),
          .installed_bytes = number(state, solvable, SOLVABLE_INSTALLSIZE),
          .candidate = false};
}

bool comes_before(const PackageOffer& left, const PackageOffer& right) {
  if (left.name != right.name) return left.name < right.name;
  if (const auto order = compare_rpm_versions(left.version, right.version); order != 0) return order < 0;
  return left.architecture < right.architecture;
}

}  // namespace

struct RpmUniverse::State : RpmState {
  using RpmState::RpmState;
};

RpmUniverse::RpmUniverse(RpmSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
RpmUniverse::~RpmUniverse() = default;
RpmUniverse::RpmUniverse(RpmUniverse&&) noexcept = default;
RpmUniverse& RpmUniverse::operator=(RpmUniverse&&) noexcept = default;

void RpmUniverse::add_installed(const std::vector<InstalledRpm>& packages) { state_->add_installed(packages); }
void RpmUniverse::add_installed(const std::vector<InstalledPackage>& packages) { state_->add_installed(packages); }
bool RpmUniverse::add_list(const RpmList& list, std::FILE* primary) { return state_->add_list(list, primary); }
bool RpmUniverse::add_packed_list(const RpmList& list, std::string_view bytes) {
  return state_->add_packed_list(list, bytes);
}
void RpmUniverse::set_modules(ModularRpms modules) { state_->set_modules(std::move(modules)); }

Status RpmUniverse::add_list(const RpmList& list, const std::string& path) {
  const ListFile file = open_list(path);
  if (!file) return fail(fmt::format("{} cannot be read", path));
  if (!state_->add_list(list, file.get())) return fail(fmt::format("{} is no whole list of packages", path));
  return {};
}

Status RpmUniverse::add_files(const std::string& id, const std::string& path) {
  const ListFile file = open_list(path);
  if (!file || !state_->add_files(id, file.get())) return fail(fmt::format("{} is no whole list of files", path));
  return {};
}

std::vector<PackageOffer> RpmUniverse::offers(const std::vector<std::string>& names) {
  state_->prepare();
  const std::vector<bool> counts = state_->offered_in_any_stream();
  std::vector<PackageOffer> offers;
  for (const std::string& name : names)
    for (const Id id : state_->called(state_->name_of(name)))
      if (counts[static_cast<std::size_t>(id)]) offers.push_back(offer_of(*state_, id));
  std::ranges::stable_sort(offers, comes_before);
  for (std::size_t i = 0; i < offers.size(); ++i)
    offers[i].candidate = i + 1 == offers.size() || offers[i + 1].name != offers[i].name;
  return offers;
}

tl::expected<Closure, Unsatisfiable> RpmUniverse::close(const RpmQuestion& question) {
  state_->prepare();
  const ConsideredRpms considered(*state_, exact_rpms(*state_, question));
  const RpmJobs jobs = rpm_jobs(*state_, question);
  if (!jobs.unknown.empty()) return tl::unexpected(Unsatisfiable{{}, jobs.unknown, {}});
  Unsatisfiable refusal;
  for (const RpmFreedom& freedom : rpm_freedoms) {
    if (!freedom.downgrade && state_->settings().downgrades_unasked) continue;
    const SolverHolder solver = solve(*state_, jobs, freedom);
    if (solver_problem_count(solver.get()) == 0) return closure_of(*state_, solver.get());
    refusal.conflicts = conflicts_of(solver.get(), [&](Id name) { return state_->versions_of(name); });
  }
  return tl::unexpected(std::move(refusal));
}

}  // namespace nvprov
