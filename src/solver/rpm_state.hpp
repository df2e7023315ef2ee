#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "solver/rpm_packages.hpp"
#include "solver/rpm_universe.hpp"
#include "solver/solv.hpp"

namespace nvprov {

// A name of the pool and an architecture; 0: any.
using RpmName = std::pair<Id, Id>;
using ExactRpms = std::map<RpmName, std::string>;

// The pool and what the repositories' entries and the module streams say of its packages.
class RpmState {
 public:
  explicit RpmState(RpmSettings settings);

  void add_installed(const std::vector<InstalledRpm>& packages);
  void add_installed(const std::vector<InstalledPackage>& packages);
  bool add_list(const RpmList& list, std::FILE* primary);
  bool add_packed_list(const RpmList& list, std::string_view bytes);
  bool add_files(std::string_view id, std::FILE* filelists);
  void set_modules(ModularRpms modules);

  Pool* pool() const { return pool_.get(); }
  const RpmSettings& settings() const { return settings_; }
  // Of an offered package.
  const RpmList& list_of(Id solvable) const;
  bool is_installed(Id solvable) const { return solvable_of(solvable).repo == installed_; }
  std::string_view name(Id solvable) const { return text(solvable_of(solvable).name); }
  std::string_view version(Id solvable) const { return text(solvable_of(solvable).evr); }
  std::string_view architecture(Id solvable) const { return text(solvable_of(solvable).arch); }
  std::string_view text(Id id) const { return pool_id2str(pool_.get(), id); }
  const Solvable& solvable_of(Id solvable) const { return *pool_id2solvable(pool_.get(), solvable); }
  // The string's id, or 0 if nothing is called so.
  Id known(std::string_view text) const;
  // Every package called so, in the order of the lists, what is hidden too.
  std::vector<Id> called(RpmName name) const;
  // "libfoo.i686" as a name and an architecture, unless a package is called so as a whole.
  RpmName name_of(std::string_view words) const;
  // "2-1, 1-1" of what is offered or installed.
  std::string versions_of(Id name) const;

  // Makes the pool ready to be asked; after the last package was added.
  void prepare();
  // Whether dnf would look at the package at all: not excluded, not of another stream, not of another version than the
  // exact one. Installed ones always count.
  std::vector<bool> considered(const ExactRpms& exact) const;
  // The offered packages that are excluded by no entry, whatever their stream, of an architecture the target runs.
  std::vector<bool> offered_in_any_stream() const;

 private:
  Repo* add_repository(const RpmList& list);
  void index_names();
  void complete_installed();
  void complete(Id installed);
  void leave_out_excluded(std::vector<bool>& counts) const;
  void leave_out_hidden(std::vector<bool>& counts) const;
  std::string nevra(Id solvable) const;

  PoolHolder pool_;
  RpmSettings settings_;
  ModularRpms modules_;
  Repo* installed_ = nullptr;
  std::vector<std::unique_ptr<RpmList>> lists_;
  // Solvables of one name: first_of_name_[name], then next_of_name_[solvable]; 0 ends.
  std::vector<Id> first_of_name_;
  std::vector<Id> next_of_name_;
  bool is_ready_ = false;
  bool lacks_relations_ = false;  // of installed packages
};

// dnf looks at these packages alone as long as this lives.
class ConsideredRpms {
 public:
  ConsideredRpms(const RpmState& state, const ExactRpms& exact);
  ~ConsideredRpms();
  ConsideredRpms(const ConsideredRpms&) = delete;
  ConsideredRpms& operator=(const ConsideredRpms&) = delete;

 private:
  Pool* pool_;
  Map map_ = {};
};

}  // namespace nvprov
