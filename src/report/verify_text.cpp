#include "report/verify_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "model/words.hpp"
#include "report/finding_text.hpp"

namespace nvprov {
namespace {

std::string subject_title(VerifySubject subject) {
  switch (subject) {
    case VerifySubject::packages: return "packages";
    case VerifySubject::contents: return "files";
    case VerifySubject::module: return "kernel module";
    case VerifySubject::management: return "nvidia-smi";
    case VerifySubject::fabric: return "NVSwitch fabric";
    case VerifySubject::cuda: return "CUDA";
    case VerifySubject::container: return "containers";
  }
  return {};
}

std::string with_detail(std::string_view words, const std::string& detail) {
  return detail.empty() ? std::string(words) : fmt::format("{}: {}", words, detail);
}

std::string not_checked_words(const NotChecked& why) {
  switch (why.reason) {
    case NotCheckedReason::disk_only: return "this system does not run";
    case NotCheckedReason::driver_of_host:
      return with_detail("the driver comes from the host when a container starts with GPUs", why.detail);
    case NotCheckedReason::no_gpu: return "there is no NVIDIA GPU here";
    case NotCheckedReason::not_installed: return fmt::format("{} is not there", why.detail);
    case NotCheckedReason::managed_elsewhere: return fmt::format("the driver is managed by {}", why.detail);
    case NotCheckedReason::reboot_pending: return with_detail("it waits for a restart of the machine", why.detail);
    case NotCheckedReason::failed_before: {
      const auto subject = from_word<VerifySubject>(why.detail);
      return fmt::format("there is a finding before: {}", subject ? subject_title(*subject) : why.detail);
    }
    case NotCheckedReason::not_asked: return why.detail;
    case NotCheckedReason::no_answer: return with_detail("it could not be asked", why.detail);
  }
  return {};
}

std::string outcome_of(const VerifyResult& result) {
  if (!result.findings.empty()) return "found";
  return result.not_checked ? "not-checked" : "ok";
}

std::string title_of(const VerifyResult& result) {
  return result.name.empty() ? subject_title(result.subject) : result.name;
}

std::string line_of(const VerifyResult& result, const TextOptions& options, std::size_t title_width) {
  const std::string outcome = !result.findings.empty() ? "failed" : result.not_checked ? "not checked" : "ok";
  const std::string words = !result.findings.empty() ? counted(result.findings.size(), "finding")
                            : result.not_checked     ? not_checked_words(*result.not_checked)
                                                     : result.seen;
  const std::string label = fmt::format("  {:<11}  {:<{}}  ", outcome, title_of(result), title_width);
  std::string text = wrap(words, options.width, label);
  if (!result.findings.empty()) text.replace(0, label.size(), paint(label, Paint::bad, options));
  return text;
}

std::vector<Finding> all_findings(const Verification& results) {
  std::vector<Finding> findings;
  for (const VerifyResult& result : results) append(findings, result.findings);
  return findings;
}

std::vector<std::string> unchecked_titles(const Verification& results) {
  std::vector<std::string> titles;
  for (const VerifyResult& result : results)
    if (result.not_checked) append_new(titles, {title_of(result)});
  return titles;
}

std::string verdict(const VerifyReport& report) {
  const std::vector<Finding> findings = all_findings(report.results);
  if (!findings.empty()) return counted_findings(findings, report.checks);
  if (is_reboot_pending(report.results))
    return "not verified yet: restart the machine, then ask again with `nvprov verify`";
  const std::vector<std::string> titles = unchecked_titles(report.results);
  if (titles.size() == report.results.size()) return "nothing could be checked";
  if (!titles.empty()) return fmt::format("nothing found; not checked: {}", join(titles, ", "));
  return report.level == VerifyLevel::container
             ? std::string("it works")
             : fmt::format("it works, as far as level {} goes", to_word(report.level));
}

Json result_to_json(const VerifyResult& result, const std::vector<Check>& checks) {
  const auto value = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return JsonObject{
      {"subject", to_word(result.subject)},
      {"level", to_word(level_of(result.subject))},
      {"name", value(result.name)},
      {"outcome", outcome_of(result)},
      {"seen", outcome_of(result) == "ok" ? value(result.seen) : Json(nullptr)},
      {"reason", result.not_checked ? Json(to_word(result.not_checked->reason)) : Json(nullptr)},
      {"detail", result.not_checked ? value(result.not_checked->detail) : Json(nullptr)},
      {"findings",
       json_array(result.findings,
                  [&](const Finding& each) { return finding_to_json(each, check_of(checks, each.check)); })},
  };
}

}  // namespace

std::string verify_text(const VerifyReport& report, const TextOptions& options) {
  const std::string place = report.root ? fmt::format("{} ({})", report.system, *report.root) : report.system;
  std::string text =
      fmt::format("Verification of {}, {}\n", place, report.target == Target::image ? "an image" : "a host");
  std::size_t title_width = 0;
  for (const VerifyResult& result : report.results) title_width = std::max(title_width, title_of(result).size());
  for (const VerifyResult& result : report.results) text += line_of(result, options, title_width);
  for (const Finding& finding : all_findings(report.results))
    text += finding_lines(finding, check_of(report.checks, finding.check), options);
  return text + wrap(verdict(report), options.width, "");
}

Json verify_to_json(const VerifyReport& report) {
  return JsonObject{
      {"schema", "nvprov.verify/1"},
      {"system", report.system},
      {"root", report.root},
      {"target", to_word(report.target)},
      {"level", to_word(report.level)},
      {"reboot_pending", is_reboot_pending(report.results)},
      {"results",
       json_array(report.results, [&](const VerifyResult& each) { return result_to_json(each, report.checks); })},
  };
}

}  // namespace nvprov
