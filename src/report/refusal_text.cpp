#include "report/refusal_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string because(const Conflict& conflict, const TextOptions& options) {
  std::string text = wrap(sentence(conflict), options.width, "because: ");
  if (options.verbosity < 1 && !options.explain) return text;
  for (const Source& source : conflict.sources) text += source_line(source, "         ");
  return text;
}

// One requirement alone is named by what keeps it from being met.
std::string together(const Unsatisfiable& refusal, const TextOptions& options) {
  if (refusal.requirements.size() < 2) return "";
  std::vector<std::string> names;
  for (const Requirement& requirement : refusal.requirements) names.push_back(sentence(requirement));
  const std::string last = std::move(names.back());
  names.pop_back();
  return wrap("these do not go together: " + join(names, ", ") + " and " + last, options.width, "         ");
}

std::string help(const Remedy& remedy, const TextOptions& options) {
  std::string text = wrap(sentence(remedy), options.width, "  - ");
  const std::string typed = remedy_command(remedy);
  return typed.empty() ? text : text + "        " + typed + "\n";
}

}  // namespace

std::string refusal_headline(const std::string& asked) {
  return asked.empty() ? "what was asked for cannot be set up" : fmt::format("{} cannot be set up", asked);
}

std::string refusal_text(const Unsatisfiable& refusal, const std::string& asked, const TextOptions& options) {
  return wrap(refusal_headline(asked), options.width, "error: ") + refusal_body(refusal, options);
}

std::string refusal_body(const Unsatisfiable& refusal, const TextOptions& options) {
  std::string text = together(refusal, options);
  for (const Conflict& conflict : refusal.conflicts) text += because(conflict, options);
  if (!refusal.remedies.empty()) text += "what would help:\n";
  for (const Remedy& remedy : refusal.remedies) text += help(remedy, options);
  return text;
}

}  // namespace nvprov
