#include "model/verification.hpp"

#include <algorithm>

namespace nvprov {

VerifyLevel level_of(VerifySubject subject) {
  switch (subject) {
    case VerifySubject::packages:
    case VerifySubject::contents: return VerifyLevel::files;
    case VerifySubject::module:
    case VerifySubject::management:
    case VerifySubject::fabric: return VerifyLevel::driver;
    case VerifySubject::cuda: return VerifyLevel::cuda;
    case VerifySubject::container: return VerifyLevel::container;
  }
  return VerifyLevel::files;
}

bool is_reboot_pending(const Verification& results) {
  return std::ranges::any_of(results, [](const VerifyResult& result) {
    return result.not_checked && result.not_checked->reason == NotCheckedReason::reboot_pending;
  });
}

bool has_findings(const Verification& results) {
  return std::ranges::any_of(results, [](const VerifyResult& result) { return !result.findings.empty(); });
}

}  // namespace nvprov
