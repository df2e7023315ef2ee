#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "model/request.hpp"
#include "model/verification.hpp"
#include "report/layout.hpp"

namespace nvprov {

// What was verified, and of what.
struct VerifyReport {
  std::string system;               // "Debian GNU/Linux 12 (bookworm), x86_64"
  std::optional<std::string> root;  // as typed; absent: this machine
  Target target = Target::host;
  VerifyLevel level = VerifyLevel::container;
  Verification results;
  std::vector<Check> checks;  // the words of every check

  bool operator==(const VerifyReport&) const = default;
};

std::string verify_text(const VerifyReport& report, const TextOptions& options);
Json verify_to_json(const VerifyReport& report);  // "nvprov.verify/1"

}  // namespace nvprov
