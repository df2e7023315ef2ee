#include "report/why_not_text.hpp"

#include <fmt/format.h>

#include "report/refusal_text.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string subject_of(const WhyNotQuestion& question) {
  if (question.kind == "cuda") return "CUDA " + question.value;
  if (question.kind == "module") return "the " + question.value + " kernel module";
  if (question.kind == "source") return "packages from " + source_words(question.value);
  return "driver " + question.value;
}

std::string headline(const WhyNot& answer) {
  const std::string subject = subject_of(answer.question);
  if (answer.is_the_answer) return subject + " is what the plan takes: " + answer.instead;
  if (answer.preferred) return fmt::format("{} would do, but {}", subject, sentence(*answer.preferred));
  return subject + " would do: " + answer.instead;
}

}  // namespace

std::string why_not_text(const WhyNot& answer, const TextOptions& options) {
  if (answer.refusal)
    return wrap(subject_of(answer.question) + " cannot be chosen here", options.width, "") +
           refusal_body(*answer.refusal, options);
  std::string text = wrap(headline(answer), options.width, "");
  if (answer.preferred)
    for (const Source& source : answer.preferred->sources) text += source_line(source, "  ");
  if (answer.is_the_answer) return text;
  return text + wrap("asked for it would be: " + answer.instead, options.width, "") + "    " + answer.command + "\n";
}

}  // namespace nvprov
