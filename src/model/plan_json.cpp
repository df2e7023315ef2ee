#include "model/plan_json.hpp"

#include "model/json_parts.hpp"

namespace nvprov {
namespace {

constexpr std::string_view plan_schema = "nvprov.plan/2";

using CommandLines = std::vector<std::vector<std::string>>;

Json command_lines_to_json(const CommandLines& lines) {
  return json_array(lines, [](const std::vector<std::string>& argv) { return json_array(argv); });
}

std::vector<std::string> read_words(ObjectReader& reader, const std::string& place, const Json& value) {
  std::vector<std::string> words;
  const auto* items = value.get_if<JsonArray>();
  if (items == nullptr) {
    reader.problem(place, fmt::format("expected a list, found {}", value.type_name()));
    return words;
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto* word = (*items)[i].get_if<std::string>();
    if (word != nullptr) words.push_back(*word);
    if (word == nullptr)
      reader.problem(fmt::format("{}/{}", place, i),
                     fmt::format("expected a string, found {}", (*items)[i].type_name()));
  }
  return words;
}

CommandLines read_command_lines(ObjectReader& reader, std::string_view key) {
  CommandLines lines;
  const Json* member = reader.optional_member(key);
  const JsonArray* items = member == nullptr ? nullptr : member->get_if<JsonArray>();
  if (items == nullptr) {
    reader.texts(key);  // notes what is wrong with it
    return lines;
  }
  for (std::size_t i = 0; i < items->size(); ++i)
    lines.push_back(read_words(reader, fmt::format("{}/{}", key, i), (*items)[i]));
  return lines;
}

Json variable_to_json(const EnvironmentVariable& variable) {
  return JsonObject{{"name", variable.name}, {"value", variable.value}};
}

EnvironmentVariable read_variable(ObjectReader& reader) {
  return {.name = reader.text("name"), .value = reader.text("value")};
}

Plan read_plan(ObjectReader& reader) {
  return Plan{
      .tool_version = reader.text("tool_version"),
      .catalog_date = reader.text("catalog_date"),
      .catalog_digest = reader.text("catalog_digest"),
      .facts_fingerprint = reader.text("facts_fingerprint"),
      .metadata_digest = reader.nullable_text("metadata_digest").value_or(""),
      .metadata_fetched_at = reader.nullable_text("metadata_fetched_at"),
      .architecture = reader.text("architecture"),
      .host = reader.text("host"),
      .gpus = reader.texts("gpus"),
      .request = reader.object("request", read_request),
      .resolution = reader.object("resolution", read_resolution),
      .blockers = reader.objects("blockers", read_conflict),
      .steps = reader.objects("steps", read_step),
      .closure = reader.object("closure", read_closure),
      .usable = read_word<Usable>(reader, "usable"),
      .environment = reader.objects("environment", read_variable),
      .restarts = reader.texts("restarts"),
      .notices = reader.objects("notices", read_notice),
      .unknowns = reader.texts("unknowns"),
      .inputs = reader.texts("inputs"),
      .equivalent = read_command_lines(reader, "equivalent"),
      .undo = read_command_lines(reader, "undo"),
  };
}

}  // namespace

Json plan_to_json(const Plan& plan) {
  return JsonObject{
      {"schema", plan_schema},
      {"tool_version", plan.tool_version},
      {"catalog_date", plan.catalog_date},
      {"catalog_digest", plan.catalog_digest},
      {"facts_fingerprint", plan.facts_fingerprint},
      {"metadata_digest", plan.metadata_digest.empty() ? Json(nullptr) : Json(plan.metadata_digest)},
      {"metadata_fetched_at", plan.metadata_fetched_at},
      {"architecture", plan.architecture},
      {"host", plan.host},
      {"gpus", json_array(plan.gpus)},
      {"request", request_to_json(plan.request)},
      {"resolution", resolution_to_json(plan.resolution)},
      {"blockers", json_array(plan.blockers, conflict_to_json)},
      {"steps", json_array(plan.steps, step_to_json)},
      {"closure", closure_members(plan.closure)},
      {"usable", to_word(plan.usable)},
      {"environment", json_array(plan.environment, variable_to_json)},
      {"restarts", json_array(plan.restarts)},
      {"notices", json_array(plan.notices, notice_to_json)},
      {"unknowns", json_array(plan.unknowns)},
      {"inputs", json_array(plan.inputs)},
      {"equivalent", command_lines_to_json(plan.equivalent)},
      {"undo", command_lines_to_json(plan.undo)},
  };
}

tl::expected<Plan, Diagnostics> plan_from_json(std::string_view text, std::string_view file) {
  return read_document(text, file, plan_schema, read_plan);
}

}  // namespace nvprov
