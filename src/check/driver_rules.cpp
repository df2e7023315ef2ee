#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/version.hpp"
#include "check/rules.hpp"
#include "resolve/installed_driver.hpp"
#include "resolve/offers.hpp"
#include "resolve/security_floor.hpp"

namespace nvprov {
namespace {

// One package that drifted does not make the others drift.
std::string most_common_release(const AuditView& view, const DriverPackageSet& set, const std::string& first) {
  std::map<std::string, int> counts;
  for (const std::string& name : set.driver_versioned)
    if (const InstalledPackage* package = find_installed(view.facts(), name)) ++counts[release_of(package->version)];
  std::string most = first;
  for (const auto& [release, count] : counts)
    if (count > counts[most]) most = release;
  return most;
}

std::string flavour_there(const AuditView& view) {
  const auto& loaded = view.facts().driver.loaded;
  return loaded && !loaded->flavour.empty() ? loaded->flavour : driver_there(view).flavour;
}

bool is_locked_kernel(const AuditView& view, const std::string& release) {
  const auto& kernels = view.lock().kernels;
  return std::ranges::find(kernels, release) != kernels.end();
}

const InstalledPackage* newest_of(const std::vector<const InstalledPackage*>& packages) {
  const auto newest =
      std::ranges::max_element(packages, [](const InstalledPackage* left, const InstalledPackage* right) {
        return compare_versions(release_of(left->version), release_of(right->version)) < 0;
      });
  return newest == packages.end() ? nullptr : *newest;
}

std::vector<const InstalledPackage*> toolkit_packages(const AuditView& view) {
  std::vector<const InstalledPackage*> packages;
  const auto& toolkit = view.question.catalog.container_toolkit;
  if (!toolkit) return packages;
  for (const std::string& name : toolkit->one_version_packages)
    if (const InstalledPackage* package = find_installed(view.facts(), name)) packages.push_back(package);
  return packages;
}

}  // namespace

DriverThere driver_there(const AuditView& view) {
  const auto driver = view.distro != nullptr ? find_installed_driver(view.facts(), *view.distro) : std::nullopt;
  if (!driver) return {.release = view.facts().driver.library_version.value_or(""), .flavour = {}};
  if (driver->set == nullptr) return {.release = driver->version, .flavour = driver->flavour};
  return {.release = most_common_release(view, *driver->set, driver->version),
          .flavour = driver->flavour,
          .set = driver->set};
}

void check_streams(const AuditView& view, Findings& findings) {
  for (const LockedStream& locked : view.lock().streams) {
    const auto& modules = view.facts().package_facts.modules;
    const auto state = std::ranges::find(modules, locked.module, &ModuleState::name);
    const std::string stream = state != modules.end() && state->state == "enabled" ? state->stream : "none";
    if (stream != locked.stream) report(view, findings, locked.module, locked.stream, stream);
  }
}

void check_flavour(const AuditView& view, Findings& findings) {
  if (!view.lock().driver || view.lock().driver->flavour.empty()) return;
  const std::string found = flavour_there(view);
  if (!found.empty() && found != view.lock().driver->flavour)
    report(view, findings, "kernel module", view.lock().driver->flavour, found);
}

void check_loaded_driver(const AuditView& view, Findings& findings) {
  const auto& loaded = view.facts().driver.loaded;
  if (view.lock().driver && loaded && loaded->version != view.lock().driver->version)
    report(view, findings, "loaded driver", view.lock().driver->version, loaded->version);
}

void check_known_kernels(const AuditView& view, Findings& findings) {
  if (view.lock().kernels.empty() && !view.lock().driver) return;
  if (const Diagnostic* problem = problem_with(view.facts(), "kernel.installed"))
    report(view, findings, "kernels", {}, problem->message);
  if (const Diagnostic* problem = problem_with(view.facts(), "kernel.modules_of_nvidia"))
    report(view, findings, "modules", {}, problem->message);
}

// The one that boots next: of the others only those of the lock have to have a module.
void check_newest_kernel(const AuditView& view, Findings& findings) {
  const auto& installed = view.facts().kernel.installed;
  if (view.lock().kernels.empty() || installed.empty()) return;
  const std::string& newest = installed.back().release;
  if (!is_locked_kernel(view, newest)) report(view, findings, newest, join(view.lock().kernels, ", "), newest);
}

void check_kernel_modules(const AuditView& view, Findings& findings) {
  if (!view.lock().driver || problem_with(view.facts(), "kernel.modules_of_nvidia") != nullptr) return;
  for (const InstalledKernel& kernel : view.facts().kernel.installed)
    if (is_locked_kernel(view, kernel.release) && !has_nvidia_module(view.facts().kernel, kernel.release))
      report(view, findings, kernel.release, view.lock().driver->version, {});
}

void check_driver_floor(const AuditView& view, Findings& findings) {
  const std::string version = driver_there(view).release;
  if (version.empty()) return;
  const DriverBranch* branch = find_branch(view.question.catalog, split(version, '.').front());
  const SecurityFloor* floor = branch != nullptr ? bulletin_against(*branch, version) : nullptr;
  if (floor != nullptr) report(view, findings, floor->bulletin, floor->release, version, floor->sources);
}

// The oldest of its packages counts: one that was left behind has the hole.
void check_toolkit_floor(const AuditView& view, Findings& findings) {
  for (const InstalledPackage* package : toolkit_packages(view)) {
    const ContainerToolkitFloor& floor = view.question.catalog.container_toolkit->security_floor;
    const std::string version = release_of(package->version);
    if (compare_versions(version, floor.version) < 0)
      return report(view, findings, package->name, floor.version, version, floor.sources);
  }
}

void check_toolkit_versions(const AuditView& view, Findings& findings) {
  const auto packages = toolkit_packages(view);
  const InstalledPackage* newest = newest_of(packages);
  for (const InstalledPackage* package : packages)
    if (release_of(package->version) != release_of(newest->version))
      report(view, findings, package->name, release_of(newest->version), release_of(package->version));
}

}  // namespace nvprov
