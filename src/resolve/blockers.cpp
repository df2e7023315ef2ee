#include "resolve/blockers.hpp"

#include <algorithm>
#include <array>

namespace nvprov {
namespace {

// A pending trigger is caught up by the next transaction; everything else wants a repair first.
constexpr std::array<std::string_view, 5> whole_states = {"installed", "config-files", "not-installed",
                                                          "triggers-pending", "triggers-awaited"};

constexpr const char* mok_key = "/var/lib/dkms/mok.pub";

// Modules built on the host are signed by DKMS's own key, which the firmware trusts only once it is enrolled.
bool is_module_untrusted(const HostFacts& facts) {
  return facts.secure_boot && facts.secure_boot->enabled && facts.secure_boot->dkms_key_enrolled != true;
}

bool is_other_driver_in_use(const HostFacts& facts, const DriverChoice& driver) {
  return !driver.kept && facts.driver.loaded && facts.driver.loaded->version != driver.version;
}

}  // namespace

std::vector<Conflict> driver_blockers(const HostFacts& facts, const DriverChoice& driver) {
  std::vector<Conflict> blockers;
  const auto block = [&](ConflictReason reason, std::string subject, std::string other = {}) {
    blockers.push_back(
        {.reason = reason, .subject = std::move(subject), .other = std::move(other), .limit = {}, .sources = {}});
  };
  if (facts.driver.runfile)
    block(ConflictReason::runfile_driver, facts.driver.runfile->uninstaller,
          facts.driver.runfile->version.value_or(""));
  if (!driver.kept && is_module_untrusted(facts)) block(ConflictReason::secure_boot_untrusted_module, driver.source);
  if (is_other_driver_in_use(facts, driver))
    block(ConflictReason::driver_in_use, facts.driver.loaded->version, driver.version);
  return blockers;
}

std::vector<Notice> driver_notices(const HostFacts& facts, const DriverChoice& driver) {
  std::vector<Notice> notices;
  if (driver.kept) return notices;
  if (facts.driver.nouveau_loaded)
    notices.push_back({.kind = NoticeKind::nouveau_until_reboot, .subject = "nouveau", .other = {}, .limit = {}});
  if (is_module_untrusted(facts))
    notices.push_back({.kind = NoticeKind::secure_boot_enrol_key, .subject = mok_key, .other = {}, .limit = {}});
  return notices;
}

std::vector<Conflict> package_blockers(const HostFacts& facts) {
  const auto broken = std::ranges::find_if(facts.package_facts.packages, [](const InstalledPackage& package) {
    return std::ranges::find(whole_states, package.state) == whole_states.end();
  });
  if (broken == facts.package_facts.packages.end()) return {};
  return {{.reason = ConflictReason::package_manager_interrupted,
           .subject = broken->name,
           .other = broken->state,
           .limit = {},
           .sources = {}}};
}

std::vector<Notice> host_notices(const HostFacts& facts) {
  std::vector<Notice> notices;
  if (facts.environment.managed_by)
    notices.push_back({.kind = NoticeKind::driver_managed_elsewhere,
                       .subject = facts.environment.managed_by->owner,
                       .other = facts.environment.managed_by->evidence,
                       .limit = {}});
  if (facts.environment.reboot_pending)
    notices.push_back(
        {.kind = NoticeKind::reboot_pending, .subject = *facts.environment.reboot_pending, .other = {}, .limit = {}});
  return notices;
}

}  // namespace nvprov
