#include <algorithm>
#include <set>

#include "check/rules.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

// Without a list of packages every one of them would seem to be missing.
bool are_packages_known(const AuditView& view) { return !view.facts().package_facts.packages.empty(); }

bool is_of(const InstalledPackage& package, const LockedPackage& locked) {
  return package.name == locked.name && (locked.architecture.empty() || package.architecture == locked.architecture);
}

// As it is on the disk, half installed or not; nullptr where it is not there.
const InstalledPackage* on_disk(const AuditView& view, const LockedPackage& locked) {
  const auto& packages = view.facts().package_facts.packages;
  const auto found =
      std::ranges::find_if(packages, [&](const InstalledPackage& package) { return is_of(package, locked); });
  return found == packages.end() ? nullptr : &*found;
}

// "Debian" of "Debian bookworm-security".
bool is_origin(const std::string& locked, const std::string& found) {
  return locked == found || locked.starts_with(found + " ");
}

}  // namespace

void report(const AuditView& view, Findings& findings, const std::string& subject, std::string expected,
            std::string found, std::vector<Source> sources) {
  findings.push_back({.check = view.check,
                      .subject = subject,
                      .expected = std::move(expected),
                      .found = std::move(found),
                      .sources = std::move(sources)});
}

void check_distro(const AuditView& view, Findings& findings) {
  const auto& os = view.facts().os;
  const std::string name = os ? os->name : "an unknown system";
  const std::string& wanted = view.lock().distro;
  const bool differs = view.distro != nullptr ? view.distro->id != wanted : !wanted.empty();
  if (differs) report(view, findings, name, wanted, name);
}

void check_architecture(const AuditView& view, Findings& findings) {
  const std::string& found = view.facts().architecture;
  const std::string& wanted = view.lock().architecture;
  if (!found.empty() && !wanted.empty() && found != wanted) report(view, findings, found, wanted, found);
}

void check_missing_packages(const AuditView& view, Findings& findings) {
  if (!are_packages_known(view)) return;
  for (const LockedPackage& locked : view.lock().packages)
    if (on_disk(view, locked) == nullptr) report(view, findings, locked.name, locked.version, {});
}

void check_package_versions(const AuditView& view, Findings& findings) {
  for (const LockedPackage& locked : view.lock().packages) {
    const InstalledPackage* package = on_disk(view, locked);
    if (package == nullptr || package->version == locked.version) continue;
    // Several versions of one package may stand side by side where the manager is dnf: kernels.
    const bool has_it = std::ranges::any_of(view.facts().package_facts.packages, [&](const InstalledPackage& each) {
      return is_of(each, locked) && each.version == locked.version;
    });
    if (!has_it) report(view, findings, locked.name, locked.version, package->version);
  }
}

// rpm names a vendor where a lock names a repository, so that only apt's words can be compared.
void check_package_origins(const AuditView& view, Findings& findings) {
  if (view.facts().package_facts.manager != "apt") return;
  for (const LockedPackage& locked : view.lock().packages) {
    const InstalledPackage* package = on_disk(view, locked);
    const bool is_comparable =
        package != nullptr && package->version == locked.version && package->origin && locked.origin;
    if (is_comparable && !is_origin(*locked.origin, *package->origin))
      report(view, findings, locked.name, *locked.origin, *package->origin);
  }
}

void check_removed_packages(const AuditView& view, Findings& findings) {
  for (const std::string& name : view.lock().removed)
    if (const InstalledPackage* package = find_installed(view.facts(), name))
      report(view, findings, name, {}, package->version);
}

void check_unexpected_packages(const AuditView& view, Findings& findings) {
  if (view.distro == nullptr) return;
  const std::set<std::string> names = driver_versioned_of(*view.distro);
  const auto& removed = view.lock().removed;
  for (const InstalledPackage& package : view.facts().package_facts.packages)
    if (names.contains(package.name) && find_locked(view.lock(), package.name, package.architecture) == nullptr &&
        std::ranges::find(removed, package.name) == removed.end())
      report(view, findings, package.name, {}, package.version);
}

void check_known_packages(const AuditView& view, Findings& findings) {
  if (const Diagnostic* problem = problem_with(view.facts(), "package_facts.packages"))
    return report(view, findings, "packages", {}, problem->message);
  if (!are_packages_known(view)) report(view, findings, "packages", {}, "no package manager is there");
}

void check_whole_packages(const AuditView& view, Findings& findings) {
  std::set<std::string> names;
  if (view.distro != nullptr) names = driver_versioned_of(*view.distro);
  if (view.question.lock != nullptr)
    for (const LockedPackage& locked : view.lock().packages) names.insert(locked.name);
  for (const InstalledPackage& package : view.facts().package_facts.packages)
    if (package.state != "installed" && names.contains(package.name))
      report(view, findings, package.name, "installed", package.state);
}

void check_driver_versions(const AuditView& view, Findings& findings) {
  const DriverThere driver = driver_there(view);
  if (driver.set == nullptr) return;
  for (const std::string& name : driver.set->driver_versioned)
    if (const InstalledPackage* package = find_installed(view.facts(), name);
        package != nullptr && release_of(package->version) != driver.release)
      report(view, findings, name, driver.release, release_of(package->version));
}

void check_image_without_driver(const AuditView& view, Findings& findings) {
  if (view.question.target != Target::image) return;
  std::set<std::string> names;
  if (view.distro != nullptr) names = driver_versioned_of(*view.distro);
  for (const InstalledPackage& package : view.facts().package_facts.packages)
    if (names.contains(package.name)) report(view, findings, package.name, {}, package.version);
  if (!findings.empty()) return;  // its files would only say it again
  for (const std::string& path : view.files().driver_files) report(view, findings, path, {}, {});
}

}  // namespace nvprov
