#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "solver/apt_pins.hpp"
#include "solver/deb_packages.hpp"
#include "solver/deb_universe.hpp"
#include "solver/solv.hpp"

namespace nvprov {

// One version of a package, and where it is in the pool.
struct DebPlace {
  DebVersion version;
  Id offered = 0;    // where the first list has it; 0: no list does
  Id installed = 0;  // 0: it is not installed
};

// The pool and what the sources say of its packages. Names are ids of the pool, architectures in them.
class DebState {
 public:
  explicit DebState(DebArchitectures architectures);

  void add_installed(std::string_view status);
  void add_installed(const std::vector<InstalledPackage>& packages);
  void set_pins(AptPins pins) { pins_ = std::move(pins); }
  void add_list(const DebList& list, std::string_view packages);
  bool add_packed_list(const DebList& list, std::string_view bytes);

  Pool* pool() const { return pool_.get(); }
  const DebArchitectures& architectures() const { return architectures_; }
  // Of a solvable; null for an installed one.
  const DebList* list_of(Id solvable) const;
  bool is_installed(Id solvable) const;
  // The installed package of this name; 0: none.
  Id installed(Id name) const;
  // Every version of a package, newest first.
  std::vector<DebPlace> versions(Id name) const;
  // The version that counts: the one of `exact`, else the one pins choose. 0: none.
  Id candidate(Id name, const std::unordered_map<Id, std::string>& exact) const;
  std::string_view name(Id solvable) const { return text(solvable_of(solvable).name); }
  std::string_view version(Id solvable) const { return text(solvable_of(solvable).evr); }
  std::string_view text(Id id) const { return pool_id2str(pool_.get(), id); }
  const Solvable& solvable_of(Id solvable) const { return *pool_id2solvable(pool_.get(), solvable); }
  // The name's id, or 0 if nothing is called so.
  Id known_name(std::string_view name) const;

  // Makes the pool ready to be asked; after the last package was added.
  void prepare();

 private:
  Repo* add_repository(const DebList& list);
  void index_names();
  void complete_installed();

  PoolHolder pool_;
  DebArchitectures architectures_;
  AptPins pins_{{}, ""};
  Repo* installed_ = nullptr;
  std::vector<std::unique_ptr<DebList>> lists_;
  // Solvables of one name: first_of_name_[name], then next_of_name_[solvable]; 0 ends.
  std::vector<Id> first_of_name_;
  std::vector<Id> next_of_name_;
  bool is_ready_ = false;
  bool lacks_relations_ = false;  // of installed packages
};

// The candidate or the installed place of a version; 0 if none.
inline Id place_of(const DebPlace& place) { return place.installed != 0 ? place.installed : place.offered; }

}  // namespace nvprov
