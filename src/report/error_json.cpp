#include "model/words.hpp"
#include "report/error_text.hpp"
#include "report/layout.hpp"
#include "report/refusal_text.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string_view kind_word(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::failed: return "failed";
    case ErrorKind::usage: return "usage";
    case ErrorKind::not_trusted: return "not-trusted";
    case ErrorKind::changed: return "changed";
    case ErrorKind::refused: return "refused";
  }
  return "";
}

Json to_json(const Error& error, std::string_view kind) {
  return JsonObject{{"kind", kind},
                    {"message", error.message},
                    {"because", json_array(error.because)},
                    {"hints", json_array(error.hints)},
                    {"context", json_array(error.context)}};
}

Json to_json(const Diagnostic& problem) {
  return JsonObject{
      {"file", problem.file}, {"place", problem.place}, {"message", problem.message}, {"hint", problem.hint}};
}

Json to_json(const Source& source) { return JsonObject{{"title", source.title}, {"url", source.url}}; }

Json to_json(const Conflict& conflict) {
  return JsonObject{{"reason", to_word(conflict.reason)},
                    {"sentence", sentence(conflict)},
                    {"subject", conflict.subject},
                    {"other", conflict.other},
                    {"limit", conflict.limit},
                    {"sources", json_array(conflict.sources, [](const Source& s) { return to_json(s); })}};
}

Json to_json(const Requirement& requirement) {
  return JsonObject{
      {"kind", to_word(requirement.kind)}, {"sentence", sentence(requirement)}, {"subject", requirement.subject}};
}

Json to_json(const Remedy& remedy) {
  return JsonObject{{"sentence", sentence(remedy)},
                    {"changes", json_array(remedy.changes,
                                           [](const Change& change) {
                                             return JsonObject{{"action", change.action}, {"value", change.value}};
                                           })},
                    {"effect", remedy.effect}};
}

Json document(int exit_code, Json error, const Diagnostics& diagnostics, const Unsatisfiable& refusal) {
  return JsonObject{{"schema", "nvprov.error/1"},
                    {"exit_code", exit_code},
                    {"error", std::move(error)},
                    {"diagnostics", json_array(diagnostics, [](const Diagnostic& d) { return to_json(d); })},
                    {"requirements", json_array(refusal.requirements, [](const Requirement& r) { return to_json(r); })},
                    {"conflicts", json_array(refusal.conflicts, [](const Conflict& c) { return to_json(c); })},
                    {"remedies", json_array(refusal.remedies, [](const Remedy& r) { return to_json(r); })}};
}

Error plain_error(std::string message) {
  Error error;
  error.message = std::move(message);
  return error;
}

}  // namespace

Json error_record(const Error& error) { return to_json(error, kind_word(error.kind)); }

Json error_to_json(const Error& error, int exit_code) { return document(exit_code, error_record(error), {}, {}); }

Json error_to_json(const Diagnostics& diagnostics, int exit_code) {
  const Error error = plain_error(counted(diagnostics.size(), "problem") + " in the input");
  return document(exit_code, to_json(error, kind_word(ErrorKind::usage)), diagnostics, {});
}

Json error_to_json(const Unsatisfiable& refusal, int exit_code, const std::string& asked) {
  Error error = plain_error(refusal_headline(asked));
  for (const Conflict& conflict : refusal.conflicts) error.because.push_back(sentence(conflict));
  return document(exit_code, to_json(error, "unsatisfiable"), {}, refusal);
}

}  // namespace nvprov
