#include "verify/verify.hpp"

#include <algorithm>
#include <array>

#include "detect/driver.hpp"
#include "verify/parts.hpp"

namespace nvprov {
namespace {

constexpr int management_seconds = 120;  // eight GPUs without a persistence daemon take some tens

void verify_driver(Host& host, const VerifyQuestion& question, Verification& results, DriverFacts& now,
                   bool is_restart_due) {
  if (const auto why = no_driver_here(question)) {
    results.push_back({.subject = VerifySubject::module, .name = {}, .seen = {}, .not_checked = why, .findings = {}});
    return;
  }
  const ProgramAnswer answer = ask(host, gpu_list_argv(), management_seconds);
  Diagnostics diagnostics;
  detect_loaded_driver(host, now, diagnostics);  // the question may have loaded it
  results.push_back(verify_module(question, now, is_restart_due));
  const VerifyResult management = verify_management(question, answer, results.back());
  results.push_back(management);
  if (has_fabric(question.facts)) results.push_back(verify_fabric(host, management));
}

}  // namespace

Verification verify(Host& host, const VerifyQuestion& question) {
  Verification results = {verify_packages(question), verify_contents(host, question)};
  if (question.level == VerifyLevel::files) return results;
  DriverFacts now = question.facts.driver;
  const bool is_restart_due = host.is_live() && came_since_boot(host, question.facts);
  verify_driver(host, question, results, now, is_restart_due);
  if (question.level == VerifyLevel::driver) return results;
  results.push_back(verify_cuda(host, question, results, is_restart_due));
  if (question.level == VerifyLevel::cuda) return results;
  for (VerifyResult& result : verify_containers(host, question, results, now)) results.push_back(std::move(result));
  return results;
}

std::vector<std::string> verify_checks() {
  return {"content-changed",
          "content-missing",
          "driver-absent",
          "module-missing",
          "nouveau-in-use",
          "module-untrusted",
          "module-not-loaded",
          "loaded-other",
          "library-absent",
          "smi-absent",
          "smi-failed",
          "smi-silent",
          "gpu-unseen",
          "fabric-not-ready",
          "cuda-library-unfound",
          "cuda-no-device",
          "cuda-not-ready",
          "cuda-mismatch",
          "cuda-compat-unfit",
          "cuda-failed",
          "container-not-started",
          "container-without-gpu",
          "container-without-driver",
          "container-other-driver"};
}

}  // namespace nvprov
