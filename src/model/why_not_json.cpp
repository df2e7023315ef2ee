#include "model/json_parts.hpp"
#include "model/plan_json.hpp"

namespace nvprov {

Json why_not_to_json(const WhyNot& answer) {
  return JsonObject{{"schema", "nvprov.why-not/1"},
                    {"kind", answer.question.kind},
                    {"value", answer.question.value},
                    {"is_the_answer", answer.is_the_answer},
                    {"refusal", answer.refusal ? unsatisfiable_to_json(*answer.refusal) : Json(nullptr)},
                    {"preferred", answer.preferred ? reason_to_json(*answer.preferred) : Json(nullptr)},
                    {"instead", answer.instead},
                    {"command", answer.command}};
}

}  // namespace nvprov
