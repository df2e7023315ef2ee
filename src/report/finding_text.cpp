#include "report/finding_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/words.hpp"

namespace nvprov {
namespace {

std::vector<Source> all_sources(const Finding& finding, const Check& check) {
  std::vector<Source> sources = check.sources;
  sources.insert(sources.end(), finding.sources.begin(), finding.sources.end());
  return sources;
}

Json finding_source_to_json(const Source& source) { return JsonObject{{"title", source.title}, {"url", source.url}}; }

}  // namespace

const Check& check_of(const std::vector<Check>& checks, const std::string& id) {
  static const Check without_words{.id = {}, .title = {}, .says = "{subject}: {found}", .hint = {}, .sources = {}};
  const auto found = std::ranges::find(checks, id, &Check::id);
  return found == checks.end() ? without_words : *found;
}

std::string finding_sentence(const Finding& finding, const Check& check) {
  std::string text = replace_all(check.says, "{expected}", finding.expected);
  text = replace_all(std::move(text), "{found}", finding.found);
  return replace_all(std::move(text), "{subject}", finding.subject);
}

std::string finding_lines(const Finding& finding, const Check& check, const TextOptions& options) {
  const bool is_error = check.severity == Severity::error;
  const std::string label = is_error ? "  error    " : "  warning  ";
  std::string text = wrap(finding_sentence(finding, check), options.width, label);
  text.replace(0, label.size(), paint(label, is_error ? Paint::bad : Paint::warning, options));
  text += wrap(check.hint, options.width, "           hint: ");
  if (options.verbosity > 0)
    for (const Source& source : all_sources(finding, check)) text += source_line(source, "           ");
  return text;
}

std::string counted_findings(const std::vector<Finding>& findings, const std::vector<Check>& checks) {
  const auto count_of = [&](Severity severity) {
    return static_cast<std::size_t>(std::ranges::count_if(
        findings, [&](const Finding& finding) { return check_of(checks, finding.check).severity == severity; }));
  };
  return fmt::format("{}, {}", counted(count_of(Severity::error), "error"),
                     counted(count_of(Severity::warning), "warning"));
}

Json finding_to_json(const Finding& finding, const Check& check) {
  const auto value = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return JsonObject{
      {"check", finding.check},
      {"severity", to_word(check.severity)},
      {"subject", finding.subject},
      {"expected", value(finding.expected)},
      {"found", value(finding.found)},
      {"message", finding_sentence(finding, check)},
      {"hint", check.hint},
      {"sources", json_array(all_sources(finding, check), finding_source_to_json)},
  };
}

}  // namespace nvprov
