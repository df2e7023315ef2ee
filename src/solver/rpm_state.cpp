#include "solver/rpm_state.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <solv/bitmap.h>
#include <solv/evr.h>
#include <solv/poolarch.h>

#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "packages/dnf.hpp"
#include "solver/packed_list.hpp"

namespace nvprov {
namespace {

// "a-0:1-2.x86_64" is "a".
std::string_view name_of_nevra(std::string_view nevra) {
  const std::size_t release = nevra.rfind('-');
  const std::size_t version = release == std::string_view::npos ? release : nevra.rfind('-', release - 1);
  return version == std::string_view::npos ? nevra : nevra.substr(0, version);
}

}  // namespace

RpmState::RpmState(RpmSettings settings) : pool_(pool_create()), settings_(std::move(settings)) {
  pool_setdisttype(pool_.get(), DISTTYPE_RPM);
  pool_setarch(pool_.get(), settings_.architecture.c_str());
  // As the libsolv of distributions with dnf is built: a library stands beside that of the other word size.
  pool_set_flag(pool_.get(), POOL_FLAG_OBSOLETEUSESCOLORS, 1);
  pool_set_flag(pool_.get(), POOL_FLAG_IMPLICITOBSOLETEUSESCOLORS, 1);
  installed_ = repo_create(pool_.get(), "installed");
  pool_set_installed(pool_.get(), installed_);
}

void RpmState::add_installed(const std::vector<InstalledRpm>& packages) {
  add_installed_rpms(installed_, packages);
  is_ready_ = false;
}

void RpmState::add_installed(const std::vector<InstalledPackage>& packages) {
  add_installed_rpms(installed_, packages);
  lacks_relations_ = true;
  is_ready_ = false;
}

Repo* RpmState::add_repository(const RpmList& list) {
  lists_.push_back(std::make_unique<RpmList>(list));
  Repo* repo = repo_create(pool_.get(), list.id.c_str());
  repo->appdata = lists_.back().get();
  repo->priority = -list.priority;
  repo->subpriority = -list.cost;
  is_ready_ = false;
  return repo;
}

bool RpmState::add_list(const RpmList& list, std::FILE* primary) {
  Repo* repo = add_repository(list);
  if (add_offered_rpms(repo, primary)) return true;
  repo_free(repo, 1);
  return false;
}

bool RpmState::add_packed_list(const RpmList& list, std::string_view bytes) {
  Repo* repo = add_repository(list);
  if (nvprov::add_packed_list(repo, bytes)) return true;
  repo_free(repo, 1);
  return false;
}

bool RpmState::add_files(std::string_view id, std::FILE* filelists) {
  Pool* pool = pool_.get();
  int place = 0;
  Repo* repo = nullptr;
  FOR_REPOS(place, repo)
  if (repo->appdata != nullptr && static_cast<const RpmList*>(repo->appdata)->id == id)
    return add_files_of_rpms(repo, filelists);
  return false;
}

void RpmState::set_modules(ModularRpms modules) { modules_ = std::move(modules); }

const RpmList& RpmState::list_of(Id solvable) const {
  return *static_cast<const RpmList*>(solvable_of(solvable).repo->appdata);
}

Id RpmState::known(std::string_view text) const {
  return pool_strn2id(pool_.get(), text.data(), static_cast<unsigned int>(text.size()), 0);
}

std::vector<Id> RpmState::called(RpmName name) const {
  std::vector<Id> found;
  if (static_cast<std::size_t>(name.first) >= first_of_name_.size()) return found;
  for (Id id = first_of_name_[static_cast<std::size_t>(name.first)]; id != 0;
       id = next_of_name_[static_cast<std::size_t>(id)])
    if (name.second == 0 || solvable_of(id).arch == name.second) found.push_back(id);
  return found;
}

RpmName RpmState::name_of(std::string_view words) const {
  const Id whole = known(words);
  const std::size_t dot = words.rfind('.');
  if (!called({whole, 0}).empty() || dot == std::string_view::npos) return {whole, 0};
  const RpmName parts = {known(words.substr(0, dot)), known(words.substr(dot + 1))};
  return parts.first == 0 || parts.second == 0 || called(parts).empty() ? RpmName{whole, 0} : parts;
}

std::string RpmState::versions_of(Id name) const {
  std::vector<std::string_view> versions;
  for (const Id id : called({name, 0})) versions.push_back(version(id));
  std::ranges::sort(
      versions, [](std::string_view left, std::string_view right) { return compare_rpm_versions(left, right) > 0; });
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  return fmt::format("{}", fmt::join(versions, ", "));
}

void RpmState::index_names() {
  first_of_name_.assign(static_cast<std::size_t>(pool_->ss.nstrings), 0);
  next_of_name_.assign(static_cast<std::size_t>(pool_->nsolvables), 0);
  for (Id id = pool_->nsolvables - 1; id > 0; --id) {
    const Solvable& solvable = solvable_of(id);
    if (solvable.repo == nullptr) continue;
    const auto name = static_cast<std::size_t>(solvable.name);
    next_of_name_[static_cast<std::size_t>(id)] = first_of_name_[name];
    first_of_name_[name] = id;
  }
}

// From the same version in a list, else from the newest older one, else from the oldest newer one.
void RpmState::complete(Id installed) {
  Id nearest = 0;
  const Solvable& own = solvable_of(installed);
  const auto order = [&](Id left, Id right) {
    return pool_evrcmp(pool_.get(), solvable_of(left).evr, solvable_of(right).evr, EVRCMP_COMPARE);
  };
  for (const Id id : called({own.name, own.arch})) {
    if (is_installed(id)) continue;
    const bool is_older = order(id, installed) <= 0;
    if (nearest == 0) {
      nearest = id;
      continue;
    }
    const bool nearest_is_older = order(nearest, installed) <= 0;
    const bool is_nearer =
        is_older ? !nearest_is_older || order(id, nearest) > 0 : !nearest_is_older && order(id, nearest) < 0;
    if (is_nearer) nearest = id;
  }
  if (nearest != 0) copy_relations(installed_, installed, nearest, order(nearest, installed) == 0);
}

void RpmState::complete_installed() {
  std::vector<Id> installed;
  Id id = 0;
  Solvable* solvable = nullptr;
  FOR_REPO_SOLVABLES(installed_, id, solvable) installed.push_back(id);
  for (const Id each : installed) complete(each);
  repo_internalize(installed_);
}

void RpmState::prepare() {
  if (is_ready_) return;
  index_names();
  if (lacks_relations_) complete_installed();
  lacks_relations_ = false;
  pool_addfileprovides(pool_.get());
  pool_createwhatprovides(pool_.get());
  is_ready_ = true;
}

void RpmState::leave_out_excluded(std::vector<bool>& counts) const {
  for (const auto& list : lists_) {
    if (list->excluded.empty() && list->included.empty()) continue;
    for (Id id = 1; id < pool_->nsolvables; ++id) {
      const Repo* repo = solvable_of(id).repo;
      if (repo == nullptr || repo->appdata != list.get()) continue;
      const auto matches = [&](const std::string& pattern) {
        return is_named_by_pattern(pattern, name(id), version(id), architecture(id));
      };
      if (std::ranges::any_of(list->excluded, matches) ||
          (!list->included.empty() && std::ranges::none_of(list->included, matches)))
        counts[static_cast<std::size_t>(id)] = false;
    }
  }
}

std::string RpmState::nevra(Id solvable) const {
  const std::string_view evr = version(solvable);
  return fmt::format("{}-{}{}.{}", name(solvable), contains(evr, ":") ? "" : "0:", evr, architecture(solvable));
}

// As dnf does it: what is of no stream in use, and what is called like a package of one or provides its name.
void RpmState::leave_out_hidden(std::vector<bool>& counts) const {
  const std::unordered_set<std::string> active(modules_.active.begin(), modules_.active.end());
  const std::unordered_set<std::string> hidden(modules_.hidden.begin(), modules_.hidden.end());
  std::unordered_set<Id> hidden_names;
  std::unordered_set<Id> active_names;
  for (const std::string& each : modules_.hidden) hidden_names.insert(known(name_of_nevra(each)));
  for (const std::string& each : modules_.active)
    if (!each.ends_with(".src")) active_names.insert(known(name_of_nevra(each)));
  active_names.erase(0);
  const auto provides_active = [&](const Solvable& solvable) {
    if (active_names.contains(solvable.name)) return true;
    IdQueue provided;
    solvable_lookup_deparray(const_cast<Solvable*>(&solvable), SOLVABLE_PROVIDES, provided.get(), 0);
    return std::ranges::any_of(provided.ids(), [&](Id id) {
      return active_names.contains(ISRELDEP(id) ? GETRELDEP(pool_.get(), id)->name : id);
    });
  };
  for (Id id = 1; id < pool_->nsolvables; ++id) {
    const Solvable& solvable = solvable_of(id);
    if (solvable.repo == nullptr || is_installed(id) || list_of(id).module_hotfixes) continue;
    const bool may_be_active = active_names.contains(solvable.name);
    if (may_be_active && active.contains(nevra(id))) continue;
    if (provides_active(solvable) || (hidden_names.contains(solvable.name) && hidden.contains(nevra(id))))
      counts[static_cast<std::size_t>(id)] = false;
  }
}

std::vector<bool> RpmState::considered(const ExactRpms& exact) const {
  std::vector<bool> counts(static_cast<std::size_t>(pool_->nsolvables), true);
  leave_out_excluded(counts);
  if (!modules_.active.empty() || !modules_.hidden.empty()) leave_out_hidden(counts);
  for (const auto& [package, wanted] : exact)
    for (const Id id : called(package))
      if (!is_installed(id) && version(id) != wanted) counts[static_cast<std::size_t>(id)] = false;
  return counts;
}

std::vector<bool> RpmState::offered_in_any_stream() const {
  std::vector<bool> counts(static_cast<std::size_t>(pool_->nsolvables), false);
  for (Id id = 1; id < pool_->nsolvables; ++id)
    counts[static_cast<std::size_t>(id)] =
        solvable_of(id).repo != nullptr && !is_installed(id) && pool_arch2score(pool_.get(), solvable_of(id).arch) != 0;
  leave_out_excluded(counts);
  return counts;
}

ConsideredRpms::ConsideredRpms(const RpmState& state, const ExactRpms& exact) : pool_(state.pool()) {
  map_init(&map_, pool_->nsolvables);
  const std::vector<bool> counts = state.considered(exact);
  for (Id id = 1; id < pool_->nsolvables; ++id)
    if (counts[static_cast<std::size_t>(id)]) MAPSET(&map_, id);
  pool_->considered = &map_;
  pool_createwhatprovides(pool_);
}

ConsideredRpms::~ConsideredRpms() {
  pool_->considered = nullptr;
  pool_createwhatprovides(pool_);
  map_free(&map_);
}

}  // namespace nvprov
