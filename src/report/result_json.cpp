#include "report/result_json.hpp"

#include "model/facts_json.hpp"
#include "model/plan_json.hpp"

namespace nvprov {
namespace {

std::string_view to_word(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::packages_interrupted: return "packages-interrupted";
    case ProblemKind::distro_not_supported: return "distro-not-supported";
    case ProblemKind::managed_elsewhere: return "managed-elsewhere";
    case ProblemKind::runfile_driver: return "runfile-driver";
    case ProblemKind::version_mismatch: return "version-mismatch";
    case ProblemKind::reboot_pending: return "reboot-pending";
    case ProblemKind::nouveau: return "nouveau";
    case ProblemKind::nouveau_until_reboot: return "nouveau-until-reboot";
    case ProblemKind::driver_not_loaded: return "driver-not-loaded";
    case ProblemKind::key_not_enrolled: return "key-not-enrolled";
    case ProblemKind::no_driver: return "no-driver";
    case ProblemKind::held_package: return "held-package";
  }
  return "";
}

Json problem_to_json(const std::optional<MainProblem>& problem) {
  if (!problem) return nullptr;
  return JsonObject{{"kind", to_word(problem->kind)}, {"subject", problem->subject}, {"other", problem->other}};
}

}  // namespace

Json status_to_json(const HostFacts& facts, const StatusFindings& findings) {
  return JsonObject{{"schema", "nvprov.status/1"},
                    {"problem", problem_to_json(findings.problem)},
                    {"next_command", findings.next_command},
                    {"facts", facts_to_json(facts)}};
}

Json licenses_to_json(std::span<const LinkedComponent> components) {
  return JsonObject{
      {"schema", "nvprov.licenses/1"},
      {"components", json_array(components, [](const LinkedComponent& each) {
         return JsonObject{{"name", each.name}, {"version", each.version}, {"spdx", each.spdx}, {"text", each.text}};
       })}};
}

Json apply_report_to_json(const ApplyReport& report, const Plan& plan) {
  return JsonObject{{"schema", "nvprov.apply/1"},
                    {"changed", report.changed},
                    {"reboot_needed", report.reboot_needed},
                    {"journal", report.journal_path},
                    {"log", report.log_path},
                    {"lock", report.lock_path.empty() ? Json(nullptr) : Json(report.lock_path)},
                    {"proven", json_array(report.proven)},
                    {"unproven", json_array(report.unproven)},
                    {"plan", plan_to_json(plan)}};
}

}  // namespace nvprov
