#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

tl::unexpected<Error> unreadable(std::string_view line) {
  return fail(fmt::format("a line of apt's simulation cannot be read: {}", line));
}

// Takes "[text]" or "(text)" off the front; nullopt if there is none.
std::optional<std::string_view> take_enclosed(std::string_view& rest, char open, char close) {
  rest = trim(rest);
  if (!rest.starts_with(open)) return std::nullopt;
  const std::size_t end = rest.find(close);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view inside = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  return inside;
}

PackageAction action_of(const std::optional<std::string>& old_version, const std::string& version) {
  if (!old_version) return PackageAction::install;
  const auto order = compare_deb_versions(version, *old_version);
  if (order == 0) return PackageAction::keep;
  return order > 0 ? PackageAction::upgrade : PackageAction::downgrade;
}

// "Debian-Security:12/oldstable-security" is "Debian-Security oldstable-security".
std::string origin_words(std::string_view release) {
  const std::size_t colon = release.find(':');
  if (colon == std::string_view::npos) return std::string(release);
  const std::size_t slash = release.find('/', colon);
  const std::string_view archive = release.substr((slash == std::string_view::npos ? colon : slash) + 1);
  return fmt::format("{} {}", release.substr(0, colon), archive);
}

// "535.309.01-0+deb12u1 Debian-Security:12/oldstable-security, Other:1/suite [amd64]"; a release may be called with
// blanks in it, and a package from a file has none.
void read_new_version(std::string_view text, PackageChange& change) {
  const std::size_t bracket = text.rfind('[');
  if (bracket != std::string_view::npos) {
    const std::string_view architecture = text.substr(bracket + 1);
    change.architecture = std::string(architecture.substr(0, architecture.find(']')));
    text = trim(text.substr(0, bracket));
  }
  const std::size_t blank = text.find(' ');
  change.version = std::string(text.substr(0, blank));
  if (blank == std::string_view::npos) return;
  const std::string_view releases = trim(text.substr(blank));
  change.origin = origin_words(releases.substr(0, releases.find(", ")));
}

// "libcuda1" or, for a foreign architecture, "libcuda1:i386".
void read_name(std::string_view& rest, PackageChange& change) {
  rest = trim(rest);
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  const std::size_t colon = word.find(':');
  change.name = std::string(word.substr(0, colon));
  if (colon != std::string_view::npos) change.architecture = std::string(word.substr(colon + 1));
}

Result<PackageChange> read_install(std::string_view line) {
  PackageChange change;
  std::string_view rest = line.substr(line.find(' '));
  read_name(rest, change);
  if (const auto old_version = take_enclosed(rest, '[', ']')) change.old_version = std::string(*old_version);
  const auto version = take_enclosed(rest, '(', ')');
  if (!version || change.name.empty()) return unreadable(line);
  read_new_version(*version, change);
  change.action = action_of(change.old_version, *change.version);
  return change;
}

Result<PackageChange> read_removal(std::string_view line) {
  PackageChange change;
  change.action = PackageAction::remove;
  std::string_view rest = line.substr(line.find(' '));
  read_name(rest, change);
  const auto version = take_enclosed(rest, '[', ']');
  if (!version || change.name.empty()) return unreadable(line);
  change.old_version = std::string(*version);
  return change;
}

}  // namespace

Result<Simulation> parse_simulation(std::string_view output) {
  Simulation simulation;
  for (const std::string_view line : split_lines(output)) {
    // All other lines are prose for people; "Conf" repeats what "Inst" said.
    const bool installs = line.starts_with("Inst ");
    const bool removes = line.starts_with("Remv ") || line.starts_with("Purg ");
    if (!installs && !removes) continue;
    auto change = installs ? read_install(line) : read_removal(line);
    if (!change) return fail(change.error());
    simulation.changes.push_back(std::move(*change));
  }
  std::ranges::stable_sort(simulation.changes, {}, &PackageChange::name);
  return simulation;
}

}  // namespace nvprov
