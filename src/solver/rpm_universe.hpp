#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "packages/rpm_query.hpp"

namespace nvprov {

// One repository as its signed metadata and its entry describe it.
struct RpmList {
  std::string id;
  std::string repository;  // address its files are below, credentials masked
  int priority = 99;       // the lowest number is taken first
  int cost = 1000;
  std::vector<std::string> excluded = {};  // patterns of packages that do not count
  std::vector<std::string> included = {};  // where there are any, no other counts
  bool module_hotfixes = false;            // no module stream hides its packages

  bool operator==(const RpmList&) const = default;
};

// Packages of module streams, each as "name-epoch:version-release.architecture".
struct ModularRpms {
  std::vector<std::string> active;  // of streams in use; they hide other packages of the same names
  std::vector<std::string> hidden;  // of all other streams

  bool operator==(const ModularRpms&) const = default;
};

// dnf's own defaults (dnf.conf(5)): what is installed beside its older versions, and what it never removes.
inline const std::vector<std::string> default_installonly = {"kernel",
                                                             "kernel-PAE",
                                                             "installonlypkg(kernel)",
                                                             "installonlypkg(kernel-module)",
                                                             "installonlypkg(vm)",
                                                             "multiversion(kernel)"};
inline const std::vector<std::string> default_protected = {"dnf",     "dnf5",         "setup", "sudo",
                                                           "systemd", "systemd-udev", "yum"};

// What shapes dnf's answers on the target.
struct RpmSettings {
  std::string architecture;        // "x86_64"
  bool best = true;                // the newest of what was asked for, or none
  bool downgrades_unasked = true;  // dnf 4 does; dnf 5 only where nothing else helps
  std::vector<std::string> installonly = default_installonly;
  std::vector<std::string> protected_packages = default_protected;

  bool operator==(const RpmSettings&) const = default;
};

// What is to be installed, as dnf would be asked with install_weak_deps=0.
struct RpmQuestion {
  InstallPackages wanted;  // "libfoo", "libfoo.i686", or what only others provide
  // Versions that packages must have if they are drawn in; they count before the newest and before priorities.
  std::vector<PackageRequest> exact = {};
  // Installed packages that stay as they are where there is an answer with them: "libfoo", "libfoo.i686".
  std::vector<std::string> held = {};

  bool operator==(const RpmQuestion&) const = default;
};

// Every package a target knows of: what rpm has and what its repositories offer. Answers as dnf would: it asks the same
// library the same way. Nothing is removed, and nothing held is changed, where there is an answer without.
class RpmUniverse {
 public:
  explicit RpmUniverse(RpmSettings settings);
  ~RpmUniverse();
  RpmUniverse(RpmUniverse&&) noexcept;
  RpmUniverse& operator=(RpmUniverse&&) noexcept;

  // What the target's own rpm says of its packages.
  void add_installed(const std::vector<InstalledRpm>& packages);
  // Installed packages of a machine that is not here: what each needs is known as far as a list has that version. Of
  // others the names their nearest version in a list provides are taken for theirs, and what they need for served.
  void add_installed(const std::vector<InstalledPackage>& packages);
  // A list of this machine (primary.xml), packed as its name says; an error for what is no whole list.
  Status add_list(const RpmList& list, const std::string& path);
  // The same from a stream, which stays open; false for what is no whole list, and nothing is added.
  bool add_list(const RpmList& list, std::FILE* primary);
  // The same of a list that was packed.
  bool add_packed_list(const RpmList& list, std::string_view bytes);
  // The files primary.xml leaves out, of the list of this id that was added (filelists.xml). Large: dnf reads them
  // where a package needs a file that is neither a program nor a setting. Before the first question.
  Status add_files(const std::string& id, const std::string& path);
  // Of all lists; none until then.
  void set_modules(ModularRpms modules);

  // Every version offered of these packages, hidden ones too, sorted by name, version and architecture; the newest of
  // each name is marked as the candidate.
  std::vector<PackageOffer> offers(const std::vector<std::string>& names);

  // What one transaction would change, sorted by name and architecture; all but what only the catalog knows.
  tl::expected<Closure, Unsatisfiable> close(const RpmQuestion& question);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nvprov
