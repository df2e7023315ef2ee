#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "model/finding.hpp"
#include "model/lockfile.hpp"
#include "report/layout.hpp"

namespace nvprov {

// What an audit found, and of what.
struct AuditReport {
  std::string system;                    // "Debian GNU/Linux 12 (bookworm), x86_64"
  std::optional<std::string> root;       // as typed; absent: this machine
  std::optional<std::string> lock_file;  // as the user knows it
  std::optional<Lockfile> lock;          // absent: only what needs none was checked
  bool is_lock_wanted = false;           // to compare with one was asked for
  Target target = Target::host;
  std::vector<Finding> findings;
  std::vector<Check> checks;  // the words of every check

  bool operator==(const AuditReport&) const = default;
};

// That there is no lock though one is wanted.
std::optional<Error> missing_lock(const AuditReport& report);

std::string audit_text(const AuditReport& report, const TextOptions& options);
Json audit_to_json(const AuditReport& report);  // "nvprov.audit/1"

}  // namespace nvprov
