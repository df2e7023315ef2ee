#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What dnf is, as pure functions: files rendered, argv built, output read. Nothing here runs anything.

// dnf 4 (EL 8 to 10, Amazon Linux 2023) and dnf 5 (Fedora 41 and later) differ in options and in what they print.
enum class DnfGeneration { dnf4, dnf5 };
// Of the package manager's name as the facts have it: "dnf" or "dnf5"; nullopt for any other.
std::optional<DnfGeneration> dnf_generation(std::string_view manager);

// --- versions: "epoch:version-release", an epoch of 0 left out ---

// librpm's version order, tildes and carets included; a missing epoch is 0.
std::strong_ordering compare_rpm_versions(std::string_view left, std::string_view right);
// The version without epoch and release: "3:580.126.09-1.el9" is "580.126.09".
std::string upstream_rpm_version(std::string_view version);
// The whole from its parts; an epoch of "", "0" or rpm's "(none)" is left out.
std::string rpm_version_text(std::string_view epoch, std::string_view version, std::string_view release);

// Whether a pattern of dnf's, which may stop after any part of a package's name, means this package.
bool is_named_by_pattern(const std::string& pattern, std::string_view name, std::string_view version,
                         std::string_view architecture);

// --- repository files ---

// The sections of a *.repo file but dnf's own [main]: uris are baseurl, then metalink and mirrorlist; options are all
// keys as written (a value of several lines keeps its line ends), passwords masked. What is no such line is a problem.
std::vector<RepositoryEntry> parse_repo_file(std::string_view text, const std::string& file, Diagnostics& problems);

// A repository of our own.
struct RepoFile {
  std::string id;
  std::string name;
  std::string baseurl;
  std::vector<std::string> key_paths;  // files of the target: "/etc/pki/rpm-gpg/..."
  bool packages_signed = true;         // gpgcheck
  bool metadata_signed = true;         // repo_gpgcheck
  std::optional<std::string> ca_path;  // sslcacert
  std::optional<std::string> proxy;    // "" for none in spite of dnf's own setting
  bool module_hotfixes = false;        // its packages count though a module stream hides them

  bool operator==(const RepoFile&) const = default;
};
std::string render_repo_file(const RepoFile& repository);

// The whole new text of a user's file with this repository on and every other byte kept; nullopt if it has none of
// this id.
std::optional<std::string> enable_repository(std::string_view text, std::string_view id);

// --- module streams ---

// A file of /etc/dnf/modules.d.
std::vector<ModuleState> parse_module_state(std::string_view text, const std::string& file, Diagnostics& problems);

// --- holds: the versionlock plugin's file. Debian's dnf has no such plugin; it leaves the file unread. ---

// What is kept back: the driver's packages at one version or at all versions matching a glob.
struct VersionLock {
  std::vector<std::string> packages;
  std::string version;  // "3:580.126.09-1.el9", or a glob: "3:580.*"

  bool operator==(const VersionLock&) const = default;
};
// Where the generation's plugin reads it.
std::string versionlock_path(DnfGeneration generation);
// The file's text with our lines between two marks replaced (at the end when there were none), the user's kept.
// dnf 5 knows no globs in it: a version that ends in ".*" becomes a range.
std::string merge_versionlock(std::string_view text, DnfGeneration generation, const std::vector<VersionLock>& locks,
                              const std::string& purpose);
// The file's text without our lines; empty when nothing else was in it.
std::string without_our_versionlock(std::string_view text);
// Our lines in the file's text, with the marks around them; "" where there are none.
std::string our_versionlock(std::string_view text);
// Takes our lines out of the file.
std::vector<std::string> versionlock_undo_argv(const std::string& path);
// Whether the file's text (dnf 4: list of patterns; dnf 5: TOML) holds this package back.
bool is_version_locked(std::string_view text, DnfGeneration generation, const InstalledPackage& package);

// --- command lines (argv[0] is the program; the one of dnf 5 has its own name) ---

// "name-epoch:version-release.arch", as exact as dnf can be told; the architecture may be "".
std::string package_spec(std::string_view name, std::string_view version, std::string_view architecture);
// The step's packages as specs, each with the architecture the closure has for its name; without a version, the name.
std::vector<std::string> package_specs(const InstallPackages& step, const std::vector<PackageChange>& closure);

// The environment dnf 5 needs to print tables that are not cut off at 80 columns; {} for dnf 4, which widens its own.
std::vector<std::pair<std::string, std::string>> wide_table_environment(DnfGeneration generation);

// Also takes in the keys the repositories' own files name, which signed metadata needs (repo_gpgcheck).
std::vector<std::string> makecache_argv(DnfGeneration generation);
// Both give up at once on a lock (DnfFailure::locked), so that a caller decides how long to wait. dnf 4 replaces a
// newer version by an older exact one without being asked twice: what would happen must have been compared before.
std::vector<std::string> dnf_install_argv(DnfGeneration generation, const InstallPackages& step,
                                          const std::vector<std::string>& specs);
std::vector<std::string> dnf_assume_no_argv(DnfGeneration generation, const InstallPackages& step,
                                            const std::vector<std::string>& specs);
// Marks packages as drawn in by others, so that dnf may take them away again with those.
std::vector<std::string> dnf_mark_dependency_argv(DnfGeneration generation, const std::vector<std::string>& packages);
std::vector<std::string> dnf_clean_argv(DnfGeneration generation);
// Options with which dnf keeps metadata, packages and logs below this folder alone.
std::vector<std::string> dnf_scratch_options(const std::string& folder);
// What an administrator would type for the same.
std::vector<std::string> equivalent_dnf_install_argv(DnfGeneration generation, const InstallPackages& step,
                                                     const std::vector<std::string>& specs);
std::vector<std::string> module_reset_argv(DnfGeneration generation, const std::string& module);
std::vector<std::string> module_enable_argv(DnfGeneration generation, const std::string& module,
                                            const std::string& stream);
// Every version the enabled repositories offer of these packages; `all_streams` also those a module stream hides.
std::vector<std::string> repoquery_argv(DnfGeneration generation, const std::vector<std::string>& packages,
                                        bool all_streams);
// Takes packages back by name: dnf's own history would take back what others did since.
std::vector<std::string> dnf_undo_argv(DnfGeneration generation, const std::vector<std::string>& packages);

// --- output ---

enum class ModuleAction { enable, disable, reset, switch_stream, other };
struct ModuleChange {
  ModuleAction action = ModuleAction::other;
  std::string module;
  std::string stream;  // "" for a reset

  bool operator==(const ModuleChange&) const = default;
};

// What `install --assumeno` would do.
struct DnfTransaction {
  // Sorted by name; the origin is the repository's id. dnf 4 does not tell the old version of an upgrade or downgrade.
  std::vector<PackageChange> changes;
  std::vector<ModuleChange> modules;

  bool operator==(const DnfTransaction&) const = default;
};
// An error for a line of the table that is not known, for a cell dnf cut off, and where there is no table at all.
Result<DnfTransaction> parse_transaction(std::string_view output);

// What repoquery_argv prints; the origin is the repository's id.
Result<std::vector<PackageOffer>> parse_repoquery(std::string_view output);

// What made dnf fail; the most serious wins.
enum class DnfFailure {
  not_trusted,  // a signature or key does not hold, or is missing
  mismatch,     // a checksum or length
  no_space,
  locked,         // another process has dnf's or rpm's lock
  filtered,       // a module stream hides what was asked for
  unsatisfiable,  // nothing offers it, or things exclude each other
  not_found,      // the server answers, the file is not there
  unreachable,
  other,
};
struct DnfProblem {
  DnfFailure failure = DnfFailure::other;
  std::string detail;  // dnf's own line that says so

  bool operator==(const DnfProblem&) const = default;
};
DnfProblem classify_dnf_failure(std::string_view output);

// Why an installation cannot be, as one conflict per problem dnf names.
std::vector<Conflict> parse_dnf_conflicts(std::string_view output);

}  // namespace nvprov
