#include "base/base64.hpp"
#include "model/json_parts.hpp"
#include "model/plan_json.hpp"

namespace nvprov {
namespace {

constexpr std::string_view journal_schema = "nvprov.journal/1";

Json pre_image_to_json(const PreImage& image) {
  return JsonObject{
      {"path", image.path},
      {"existed", image.existed},
      {"content_base64", base64_encode(image.content)},
      {"mode", mode_to_text(image.mode)},
      {"owner", image.owner},
      {"group", image.group},
  };
}

std::string read_base64(ObjectReader& reader, std::string_view key) {
  auto bytes = base64_decode(reader.text(key));
  if (!bytes) reader.problem(key, "expected base64");
  return std::move(bytes).value_or("");
}

std::uint32_t read_id(ObjectReader& reader, std::string_view key) {
  const std::uint64_t number = read_count(reader, key);
  if (number > UINT32_MAX) reader.problem(key, fmt::format("expected a user or group number, found {}", number));
  return static_cast<std::uint32_t>(number);
}

PreImage read_pre_image(ObjectReader& reader) {
  return PreImage{
      .path = reader.text("path"),
      .existed = reader.boolean("existed"),
      .content = read_base64(reader, "content_base64"),
      .mode = read_mode(reader, "mode"),
      .owner = read_id(reader, "owner"),
      .group = read_id(reader, "group"),
  };
}

Json package_to_json(const PackagePreState& package) {
  return JsonObject{{"name", package.name}, {"version", package.version}, {"automatic", package.automatic}};
}

PackagePreState read_pre_package(ObjectReader& reader) {
  return PackagePreState{
      .name = reader.text("name"),
      .version = reader.nullable_text("version"),
      .automatic = reader.boolean("automatic"),
  };
}

Json journal_step_to_json(const JournalStep& step) {
  return JsonObject{
      {"step", step_to_json(step.step)},
      {"state", to_word(step.state)},
      {"pre_images", json_array(step.pre_images, pre_image_to_json)},
      {"pre_packages", json_array(step.pre_packages, package_to_json)},
      {"error", step.error},
  };
}

JournalStep read_journal_step(ObjectReader& reader) {
  return JournalStep{
      .step = reader.object("step", read_step),
      .state = read_word<StepState>(reader, "state"),
      .pre_images = reader.objects("pre_images", read_pre_image),
      .pre_packages = reader.objects("pre_packages", read_pre_package),
      .error = reader.nullable_text("error"),
  };
}

Journal read_journal(ObjectReader& reader) {
  return Journal{
      .id = reader.text("id"),
      .started_at = reader.text("started_at"),
      .tool_version = reader.text("tool_version"),
      .state = read_word<JournalState>(reader, "state"),
      .request = reader.object("request", read_request),
      .facts_fingerprint = reader.text("facts_fingerprint"),
      .catalog_digest = reader.text("catalog_digest"),
      .resolution = reader.object("resolution", read_resolution),
      .closure = reader.object("closure", read_closure),
      .steps = reader.objects("steps", read_journal_step),
      .log = reader.text("log"),
  };
}

}  // namespace

Json journal_to_json(const Journal& journal) {
  return JsonObject{
      {"schema", journal_schema},
      {"id", journal.id},
      {"started_at", journal.started_at},
      {"tool_version", journal.tool_version},
      {"state", to_word(journal.state)},
      {"request", request_to_json(journal.request)},
      {"facts_fingerprint", journal.facts_fingerprint},
      {"catalog_digest", journal.catalog_digest},
      {"resolution", resolution_to_json(journal.resolution)},
      {"closure", closure_members(journal.closure)},
      {"steps", json_array(journal.steps, journal_step_to_json)},
      {"log", journal.log},
  };
}

tl::expected<Journal, Diagnostics> journal_from_json(std::string_view text, std::string_view file) {
  return read_document(text, file, journal_schema, read_journal);
}

}  // namespace nvprov
