#include "model/plan_json.hpp"
#include "report/error_text.hpp"
#include "report/fleet_text.hpp"

namespace nvprov {
namespace {

// As cli/exit_code.hpp has them; report/ may not look there.
constexpr int exit_usage = 2;
constexpr int exit_refused = 3;

Json plan_or_null(const HostAnswer& answer) {
  const auto* plan = std::get_if<Plan>(&answer);
  return plan != nullptr ? plan_to_json(*plan) : Json(nullptr);
}

Json error_or_null(const HostAnswer& answer) {
  struct Visitor {
    Json operator()(const Plan&) const { return nullptr; }
    Json operator()(const Refusal& refusal) const {
      return error_to_json(refusal.refusal, exit_refused, refusal.asked);
    }
    Json operator()(const Error& error) const { return error_to_json(error, exit_usage); }
  };
  return std::visit(Visitor{}, answer);
}

Json group_to_json(const HostGroup& group) {
  return JsonObject{
      {"hosts", json_array(group.hosts)}, {"plan", plan_or_null(group.answer)}, {"error", error_or_null(group.answer)}};
}

Json input_problem_to_json(const Diagnostic& problem) {
  return JsonObject{
      {"file", problem.file}, {"place", problem.place}, {"message", problem.message}, {"hint", problem.hint}};
}

}  // namespace

Json fleet_to_json(const FleetPlans& fleet) {
  return JsonObject{{"schema", "nvprov.plans/1"},
                    {"groups", json_array(fleet.groups, group_to_json)},
                    {"problems", json_array(fleet.problems, input_problem_to_json)}};
}

}  // namespace nvprov
