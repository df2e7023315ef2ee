#include "check/audit.hpp"

#include <algorithm>
#include <array>

#include "check/rules.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

struct Rule {
  const char* check;
  void (*look)(const AuditView&, Findings&);
  bool keeps_from_working = false;
};

constexpr std::array<Rule, 22> lock_rules = {{
    {"distro-differs", check_distro},
    {"architecture-differs", check_architecture},
    {"package-missing", check_missing_packages},
    {"package-version", check_package_versions},
    {"package-origin", check_package_origins},
    {"package-removed", check_removed_packages},
    {"package-unexpected", check_unexpected_packages},
    {"key-missing", check_missing_keys},
    {"key-changed", check_changed_keys},
    {"repository-missing", check_missing_repositories},
    {"repository-changed", check_changed_repositories},
    {"hold-missing", check_missing_holds},
    {"hold-changed", check_changed_holds},
    {"file-missing", check_missing_files},
    {"file-changed", check_changed_files},
    {"file-mode", check_file_modes},
    {"stream-differs", check_streams},
    {"flavour-differs", check_flavour},
    {"loaded-differs", check_loaded_driver},
    {"kernels-unknown", check_known_kernels},
    {"kernel-outside", check_newest_kernel},
    {"kernel-without-module", check_kernel_modules},
}};

constexpr std::array<Rule, 10> free_rules = {{
    {"packages-unknown", check_known_packages, true},
    {"file-unknown", check_seen_files, true},
    {"package-broken", check_whole_packages, true},
    {"driver-in-image", check_image_without_driver},
    {"unowned-driver-file", check_owned_driver_files, true},
    {"driver-below-floor", check_driver_floor},
    {"toolkit-below-floor", check_toolkit_floor},
    {"toolkit-mixed", check_toolkit_versions, true},
    {"mixed-versions", check_driver_versions, true},
    {"writable-file", check_writable_files},
}};

Findings findings_of(const Rule& rule, const AuditQuestion& question, const Distro* distro) {
  const std::string check = rule.check;
  Findings findings;
  rule.look({.question = question, .distro = distro, .check = check}, findings);
  std::ranges::stable_sort(findings, {}, &Finding::subject);
  return findings;
}

bool tells_version(const Finding& finding) {
  return finding.check == "package-version" || finding.check == "package-missing";
}

// A package that is not of the lock's version is not of its fellows' either, which is the same fact.
bool is_repeat(const Finding& finding, const Findings& before) {
  if (finding.check != "mixed-versions" && finding.check != "toolkit-mixed") return false;
  return std::ranges::any_of(
      before, [&](const Finding& each) { return each.subject == finding.subject && tells_version(each); });
}

}  // namespace

std::vector<Finding> audit(const AuditQuestion& question) {
  const Distro* distro = distro_of(question.facts, question.catalog);
  Findings all;
  if (question.lock != nullptr)
    for (const Rule& rule : lock_rules)
      for (Finding& finding : findings_of(rule, question, distro)) all.push_back(std::move(finding));
  for (const Rule& rule : free_rules) {
    Findings found = findings_of(rule, question, distro);
    std::erase_if(found, [&](const Finding& finding) { return is_repeat(finding, all); });
    for (Finding& finding : found) all.push_back(std::move(finding));
  }
  return all;
}

std::vector<Finding> faults(const AuditQuestion& question) {
  const Distro* distro = distro_of(question.facts, question.catalog);
  Findings all;
  for (const Rule& rule : free_rules)
    if (rule.keeps_from_working)
      for (Finding& finding : findings_of(rule, question, distro)) all.push_back(std::move(finding));
  return all;
}

std::vector<std::string> audit_checks() {
  std::vector<std::string> ids;
  for (const Rule& rule : lock_rules) ids.emplace_back(rule.check);
  for (const Rule& rule : free_rules) ids.emplace_back(rule.check);
  return ids;
}

Target audited_target(const HostFacts& facts, const Lockfile* lock) {
  if (lock != nullptr) return lock->target;
  return target_of(facts.environment.place).value_or(Target::host);
}

}  // namespace nvprov
