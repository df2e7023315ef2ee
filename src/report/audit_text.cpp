#include "report/audit_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/words.hpp"
#include "report/error_text.hpp"

namespace nvprov {
namespace {

const Check& check_of(const AuditReport& report, const std::string& id) {
  static const Check without_words{.id = {}, .title = {}, .says = "{subject}: {found}", .hint = {}, .sources = {}};
  const auto found = std::ranges::find(report.checks, id, &Check::id);
  return found == report.checks.end() ? without_words : *found;
}

std::vector<Source> all_sources(const Finding& finding, const Check& check) {
  std::vector<Source> sources = check.sources;
  sources.insert(sources.end(), finding.sources.begin(), finding.sources.end());
  return sources;
}

std::string heading(const AuditReport& report) {
  const std::string place = report.root ? fmt::format("{} ({})", report.system, *report.root) : report.system;
  const std::string against = report.lock_file ? fmt::format("against {}", *report.lock_file) : "without a lock";
  return fmt::format("Audit of {}, {}, {}\n", place, report.target == Target::image ? "an image" : "a host", against);
}

std::string finding_lines(const AuditReport& report, const Finding& finding, const TextOptions& options) {
  const Check& check = check_of(report, finding.check);
  const bool is_error = check.severity == Severity::error;
  const std::string label = is_error ? "  error    " : "  warning  ";
  std::string text = wrap(finding_sentence(finding, check), options.width, label);
  text.replace(0, label.size(), paint(label, is_error ? Paint::bad : Paint::warning, options));
  text += wrap(check.hint, options.width, "           hint: ");
  if (options.verbosity > 0)
    for (const Source& source : all_sources(finding, check)) text += source_line(source, "           ");
  return text;
}

std::size_t count_of(const AuditReport& report, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      report.findings, [&](const Finding& finding) { return check_of(report, finding.check).severity == severity; }));
}

std::string summary(const AuditReport& report) {
  if (!report.findings.empty())
    return fmt::format("{}, {}\n", counted(count_of(report, Severity::error), "error"),
                       counted(count_of(report, Severity::warning), "warning"));
  if (!report.lock) return "nothing found that needs no lock to be seen\n";
  return fmt::format("as agreed: {}, {}\n", counted(report.lock->packages.size(), "package"),
                     counted(report.lock->files.size(), "file"));
}

Json source_to_json(const Source& source) { return JsonObject{{"title", source.title}, {"url", source.url}}; }

Json finding_to_json(const AuditReport& report, const Finding& finding) {
  const Check& check = check_of(report, finding.check);
  const auto value = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return JsonObject{
      {"check", finding.check},
      {"severity", to_word(check.severity)},
      {"subject", finding.subject},
      {"expected", value(finding.expected)},
      {"found", value(finding.found)},
      {"message", finding_sentence(finding, check)},
      {"hint", check.hint},
      {"sources", json_array(all_sources(finding, check), source_to_json)},
  };
}

}  // namespace

std::string finding_sentence(const Finding& finding, const Check& check) {
  std::string text = replace_all(check.says, "{expected}", finding.expected);
  text = replace_all(std::move(text), "{found}", finding.found);
  return replace_all(std::move(text), "{subject}", finding.subject);
}

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
  for (const Finding& finding : report.findings) text += finding_lines(report, finding, options);
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
      {"findings", json_array(report.findings, [&](const Finding& each) { return finding_to_json(report, each); })},
      {"error", error ? error_record(*error) : Json(nullptr)},
  };
}

}  // namespace nvprov
