#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Where apt reads pins from, beside one file.
inline constexpr std::string_view pins_folder = "/etc/apt/preferences.d/";

// What apt is, as pure functions: files rendered, argv built, output read. Nothing here runs anything.

// --- repository files ---

// Entries of /etc/apt/sources.list and *.list; a line that is no entry is a Diagnostic, never skipped in silence.
std::vector<RepositoryEntry> parse_one_line_sources(std::string_view text, const std::string& file,
                                                    Diagnostics& problems);
// Stanzas of *.sources.
std::vector<RepositoryEntry> parse_deb822_sources(std::string_view text, const std::string& file,
                                                  Diagnostics& problems);
// Stanzas of a preferences file.
std::vector<PackagePin> parse_preferences(std::string_view text, const std::string& file, Diagnostics& problems);
// The text of entries in either format, each with all its options.
// An entry with an embedded key has no one-line form and is left out.
std::string render_one_line_sources(const std::vector<RepositoryEntry>& entries);
std::string render_deb822_sources(const std::vector<RepositoryEntry>& entries);

// The file of our own that enables a source's components next to the mirrors the host already uses for the suites of
// its release: same URI, suite, and options (Signed-By above all) as the host's own entry, only the components it
// lacks; in the format the host uses. nullopt when nothing is missing or the host has no such mirror.
std::optional<AddRepository> component_repository(const PackageFacts& packages, const Distro& distro,
                                                  const PackageSource& source);
// The source's suites that the host has enabled, expanded: {"bookworm", "bookworm-security"}.
std::vector<std::string> enabled_suites(const PackageFacts& packages, const Distro& distro,
                                        const PackageSource& source);

// --- holds ---

// A preferences file that keeps these packages at versions matching `pattern` ("535.309.01-0+deb12u1", "535.*").
WriteFile hold_preferences(const std::vector<std::string>& packages, const std::string& pattern,
                           const std::string& purpose);
// An apt.conf.d file that keeps unattended-upgrades away from them.
WriteFile unattended_guard(const std::vector<std::string>& packages, const std::string& purpose);
// Whether it is one of these two files.
bool is_hold_file(std::string_view path);

// --- command lines (argv[0] is the program) ---

// Does not wait for the lock of the index folder: apt's own option for that covers dpkg's lock only, so a caller tries
// again on UpdateFailure::locked.
std::vector<std::string> update_argv();
// lock_timeout in seconds. Options: no Recommends, no prompts, conffiles kept, status fd 3.
std::vector<std::string> install_argv(const InstallPackages& step, int lock_timeout);
std::vector<std::string> simulate_argv(const InstallPackages& step);
// What an administrator would type for the same.
// The same for a script, without nvprov to watch it.
std::vector<std::string> scripted_install_argv(const InstallPackages& step);
std::vector<std::string> equivalent_install_argv(const InstallPackages& step);
// The lines of an apt.conf with which apt and dpkg keep indexes, archives and logs below this folder alone.
std::vector<std::string> apt_scratch_lines(const std::string& folder);
std::vector<std::string> undo_argv(const std::vector<std::string>& packages);
// Has packages count as asked for by the administrator, or as drawn in by others.
std::vector<std::string> mark_asked_for_argv(const std::vector<std::string>& packages);
std::vector<std::string> mark_drawn_in_argv(const std::vector<std::string>& packages);

// --- output ---

// Inst, Conf and Remv lines of `apt-get -s`: name, version, old version, origin and action of each package.
struct Simulation {
  // Sorted by name; sizes unknown. The origin is apt's label and archive name ("Debian-Security oldstable-security"),
  // not what a Closure shows; a removal has no architecture unless it is a foreign one.
  std::vector<PackageChange> changes;
  bool operator==(const Simulation&) const = default;
};
Result<Simulation> parse_simulation(std::string_view output);
// Why apt-get -s install failed, as one conflict per package it names.
std::vector<Conflict> parse_unmet_dependencies(std::string_view output);

// Stanzas of `apt-cache show`: versions and sizes.
Result<std::vector<PackageOffer>> parse_show(std::string_view output);
// `apt-cache policy NAME...`: every version repositories offer of each package, and which one is the candidate. Origin
// and code name of the suite are known only if the output of `apt-cache policy` without names stands before it.
Result<std::vector<PackageOffer>> parse_policy(std::string_view output);

// What made `apt-get update --error-on=any` fail; the most serious wins.
enum class UpdateFailure { not_trusted, expired, mismatch, unreachable, no_space, locked, other };
struct UpdateProblem {
  UpdateFailure failure = UpdateFailure::other;
  std::string detail;  // apt's own line that says so
  bool operator==(const UpdateProblem&) const = default;
};
UpdateProblem classify_update_failure(std::string_view output);

// One line of APT::Status-Fd: "dlstatus:1:20.0:Retrieving file 1 of 5 ...", "pmstatus:libcuda1:40.0:Unpacking ...".
struct AptProgress {
  bool downloading = false;
  double percent = 0;
  std::string package;
  std::string message;
  bool operator==(const AptProgress&) const = default;
};
std::optional<AptProgress> parse_status_line(std::string_view line);

// The upstream part of a Debian version: "1:535.309.01-0+deb12u1" is "535.309.01".
std::string upstream_version(std::string_view package_version);
// Debian's version order (Debian policy 5.6.12), epochs and tildes included.
std::strong_ordering compare_deb_versions(std::string_view left, std::string_view right);

}  // namespace nvprov
