#include "solver/deb_state.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "packages/apt.hpp"
#include "solver/packed_list.hpp"

namespace nvprov {

DebState::DebState(DebArchitectures architectures) : pool_(pool_create()), architectures_(std::move(architectures)) {
  pool_setdisttype(pool_.get(), DISTTYPE_DEB);
  installed_ = repo_create(pool_.get(), "installed");
  pool_set_installed(pool_.get(), installed_);
}

void DebState::add_installed(std::string_view status) {
  add_installed_debs(installed_, status, architectures_);
  is_ready_ = false;
}

void DebState::add_installed(const std::vector<InstalledPackage>& packages) {
  std::string status;
  for (const InstalledPackage& package : packages)
    status += fmt::format("Package: {}\nVersion: {}\nArchitecture: {}\nStatus: install ok {}\n\n", package.name,
                          package.version, package.architecture, package.state);
  add_installed(status);
  lacks_relations_ = true;
}

Repo* DebState::add_repository(const DebList& list) {
  lists_.push_back(std::make_unique<DebList>(list));
  Repo* repo = repo_create(pool_.get(), list.repository.c_str());
  repo->appdata = lists_.back().get();
  is_ready_ = false;
  return repo;
}

void DebState::add_list(const DebList& list, std::string_view packages) {
  add_offered_debs(add_repository(list), packages, architectures_);
}

bool DebState::add_packed_list(const DebList& list, std::string_view bytes) {
  Repo* repo = add_repository(list);
  if (nvprov::add_packed_list(repo, bytes)) return true;
  repo_free(repo, 1);
  return false;
}

const DebList* DebState::list_of(Id solvable) const {
  return static_cast<const DebList*>(solvable_of(solvable).repo->appdata);
}

bool DebState::is_installed(Id solvable) const { return solvable_of(solvable).repo == installed_; }

Id DebState::known_name(std::string_view name) const {
  return pool_strn2id(pool_.get(), name.data(), static_cast<unsigned int>(name.size()), 0);
}

void DebState::index_names() {
  first_of_name_.assign(static_cast<std::size_t>(pool_->ss.nstrings), 0);
  next_of_name_.assign(static_cast<std::size_t>(pool_->nsolvables), 0);
  // From the last on, so that each list of one name is in the order of the sources.
  for (Id id = pool_->nsolvables - 1; id > 0; --id) {
    const Solvable& solvable = solvable_of(id);
    if (solvable.repo == nullptr) continue;
    const auto name = static_cast<std::size_t>(solvable.name);
    next_of_name_[static_cast<std::size_t>(id)] = first_of_name_[name];
    first_of_name_[name] = id;
  }
}

// From the same version in a list.
void DebState::complete_installed() {
  Id id = 0;
  Solvable* solvable = nullptr;
  FOR_REPO_SOLVABLES(installed_, id, solvable) {
    const std::vector<DebPlace> places = versions(solvable->name);
    const auto place = std::ranges::find(places, id, &DebPlace::installed);
    if (place == places.end() || place->offered == 0) continue;
    for (const Id key : {SOLVABLE_PROVIDES, SOLVABLE_REQUIRES, SOLVABLE_CONFLICTS}) {
      IdQueue relations;
      solvable_lookup_deparray(pool_id2solvable(pool_.get(), place->offered), key, relations.get(), 0);
      solvable_set_deparray(solvable, key, relations.get(), 0);
    }
  }
}

void DebState::prepare() {
  if (is_ready_) return;
  index_names();
  if (lacks_relations_) complete_installed();
  pool_createwhatprovides(pool_.get());
  is_ready_ = true;
}

std::vector<DebPlace> DebState::versions(Id name) const {
  std::vector<DebPlace> places;
  if (static_cast<std::size_t>(name) >= first_of_name_.size()) return places;
  for (Id id = first_of_name_[static_cast<std::size_t>(name)]; id != 0;
       id = next_of_name_[static_cast<std::size_t>(id)]) {
    const std::string_view own = version(id);
    auto place = std::ranges::find_if(places, [&](const DebPlace& each) { return each.version.version == own; });
    if (place == places.end()) place = places.insert(places.end(), DebPlace{.version = {.version = own, .suites = {}}});
    if (is_installed(id)) {
      place->installed = id;
      place->version.installed = true;
      continue;
    }
    if (place->offered == 0) place->offered = id;
    place->version.suites.push_back(&list_of(id)->suite);
  }
  std::ranges::sort(places, [](const DebPlace& left, const DebPlace& right) {
    return compare_deb_versions(left.version.version, right.version.version) > 0;
  });
  return places;
}

Id DebState::installed(Id name) const {
  if (static_cast<std::size_t>(name) >= first_of_name_.size()) return 0;
  for (Id id = first_of_name_[static_cast<std::size_t>(name)]; id != 0;
       id = next_of_name_[static_cast<std::size_t>(id)])
    if (is_installed(id)) return id;
  return 0;
}

Id DebState::candidate(Id name, const std::unordered_map<Id, std::string>& exact) const {
  const std::vector<DebPlace> places = versions(name);
  if (const auto wanted = exact.find(name); wanted != exact.end()) {
    for (const DebPlace& place : places)
      if (place.version.version == wanted->second) return place_of(place);
    return 0;
  }
  std::vector<DebVersion> known;
  for (const DebPlace& place : places) known.push_back(place.version);
  const DebVersion* chosen = pins_.candidate(plain_deb_name(text(name)), known);
  return chosen == nullptr ? 0 : place_of(places[static_cast<std::size_t>(chosen - known.data())]);
}

}  // namespace nvprov
