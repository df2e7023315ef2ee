#include <algorithm>

#include "report/fact_words.hpp"
#include "report/gpu_groups.hpp"
#include "report/status_text.hpp"

namespace nvprov {
namespace {

using Found = std::optional<MainProblem>;

Found problem(ProblemKind kind, std::string subject = {}, std::string other = {}) {
  return MainProblem{.kind = kind, .subject = std::move(subject), .other = std::move(other)};
}

// A container has no driver of its own: what it shows of one is its host's.
bool has_a_driver_of_its_own(const HostFacts& facts) {
  return facts.environment.place == PlaceKind::host || facts.environment.place == PlaceKind::chroot ||
         facts.environment.place == PlaceKind::unclear;
}

Found find_interrupted(const HostFacts& facts) {
  const auto& packages = facts.package_facts.packages;
  const auto broken = std::ranges::find_if(packages, is_half_installed);
  if (broken == packages.end()) return std::nullopt;
  return problem(ProblemKind::packages_interrupted, broken->name);
}

Found find_unsupported(const HostFacts& facts) {
  if (!facts.os || !facts.os->not_supported) return std::nullopt;
  return problem(ProblemKind::distro_not_supported, *facts.os->not_supported);
}

Found find_foreign_driver(const HostFacts& facts) {
  if (const auto& owner = facts.environment.managed_by) {
    return problem(ProblemKind::managed_elsewhere, owner->owner, owner->evidence);
  }
  if (facts.driver.runfile) return problem(ProblemKind::runfile_driver, facts.driver.runfile->uninstaller);
  return std::nullopt;
}

Found find_mismatch(const HostFacts& facts) {
  const auto& loaded = facts.driver.loaded;
  const auto& library = facts.driver.library_version;
  if (!loaded || !library || loaded->version == *library) return std::nullopt;
  return problem(ProblemKind::version_mismatch, loaded->version, *library);
}

Found find_pending_reboot(const HostFacts& facts) {
  if (!facts.environment.reboot_pending) return std::nullopt;
  return problem(ProblemKind::reboot_pending, *facts.environment.reboot_pending);
}

bool key_is_missing(const HostFacts& facts) {
  return facts.secure_boot && facts.secure_boot->enabled && facts.secure_boot->dkms_key_enrolled == false;
}

// A driver is there but drives nothing.
Found find_idle_driver(const HostFacts& facts, const std::string& library) {
  if (key_is_missing(facts)) return problem(ProblemKind::key_not_enrolled, library);
  if (facts.driver.nouveau_loaded) return problem(ProblemKind::nouveau_until_reboot, library);
  return problem(ProblemKind::driver_not_loaded, library);
}

Found find_missing_driver(const HostFacts& facts) {
  const bool loading_shows = facts.environment.place == PlaceKind::host && facts.origin == "live";
  if (facts.gpus.empty() || facts.driver.loaded || could_not_look(facts, "driver.library_version")) return std::nullopt;
  if (facts.driver.library_version) {
    return loading_shows ? find_idle_driver(facts, *facts.driver.library_version) : std::nullopt;
  }
  if (facts.driver.nouveau_loaded) return problem(ProblemKind::nouveau, gpu_names(facts.gpus));
  return problem(ProblemKind::no_driver, gpu_names(facts.gpus));
}

Found find_held(const HostFacts& facts, std::span<const std::string> driver_packages) {
  for (const InstalledPackage& package : facts.package_facts.packages) {
    if (package.held && std::ranges::find(driver_packages, package.name) != driver_packages.end()) {
      return problem(ProblemKind::held_package, package.name, package.version);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<MainProblem> main_problem(const HostFacts& facts, std::span<const std::string> driver_packages) {
  for (const auto find : {find_interrupted, find_unsupported})
    if (auto found = find(facts)) return found;
  if (!has_a_driver_of_its_own(facts)) return std::nullopt;
  for (const auto find : {find_foreign_driver, find_mismatch, find_pending_reboot, find_missing_driver}) {
    if (auto found = find(facts)) return found;
  }
  return find_held(facts, driver_packages);
}

}  // namespace nvprov
