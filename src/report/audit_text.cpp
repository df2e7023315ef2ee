#include "report/audit_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/words.hpp"
#include "report/error_text.hpp"
#include "report/finding_text.hpp"

namespace nvprov {
namespace {

std::string heading(const AuditReport& report) {
  const std::string place = report.root ? fmt::format("{} ({})", report.system, *report.root) : report.system;
  const std::string against = report.lock_file ? fmt::format("against {}", *report.lock_file) : "without a lock";
  return fmt::format("Audit of {}, {}, {}\n", place, report.target == Target::image ? "an image" : "a host", against);
}

std::string summary(const AuditReport& report) {
  if (!report.findings.empty()) return counted_findings(report.findings, report.checks) + "\n";
  if (!report.lock) return "nothing found that needs no lock to be seen\n";
  return fmt::format("as agreed: {}, {}\n", counted(report.lock->packages.size(), "package"),
                     counted(report.lock->files.size(), "file"));
}

}  // namespace

std::optional<Error> missing_lock(const AuditReport& report) {
  if (report.lock || !report.is_lock_wanted) return std::nullopt;
  return Error{.kind = ErrorKind::failed,
               .message = "there is no lock to compare with",
               .because = {fmt::format("none was named, and {} is not there", host_lock_path)},
               .hints = {"name one with `--lock FILE`, or ask with `--no-lock` for what needs none"},
               .context = {}};
}

std::string audit_text(const AuditReport& report, const TextOptions& options) {
  std::string text = heading(report);
  for (const Finding& finding : report.findings)
    text += finding_lines(finding, check_of(report.checks, finding.check), options);
  return text + summary(report);
}

Json audit_to_json(const AuditReport& report) {
  const auto error = missing_lock(report);
  return JsonObject{
      {"schema", "nvprov.audit/1"},
      {"system", report.system},
      {"root", report.root},
      {"lock", report.lock_file},
      {"target", to_word(report.target)},
      {"findings",
       json_array(report.findings,
                  [&](const Finding& each) { return finding_to_json(each, check_of(report.checks, each.check)); })},
      {"error", error ? error_record(*error) : Json(nullptr)},
  };
}

}  // namespace nvprov
