#include "model/engine_edit.hpp"

#include <algorithm>
#include <cstdint>

#include "base/toml.hpp"

namespace nvprov {
namespace {

Json key_change_to_json(const KeyChange& change) {
  return JsonObject{{"key", json_array(change.key)},
                    {"value", change.value},
                    {"former", change.former},
                    {"inserted", change.inserted},
                    {"made", static_cast<std::int64_t>(change.made)}};
}

KeyChange read_key_change(ObjectReader& reader) {
  KeyChange change;
  change.key = reader.texts("key");
  if (change.key.empty()) reader.problem("key", "names no key");
  if (const Json* value = reader.optional_member("value")) change.value = *value;
  change.former = reader.nullable_text("former");
  change.inserted = reader.text("inserted");
  const std::int64_t made = reader.integer("made");
  if (made < 0 || made >= static_cast<std::int64_t>(change.key.size())) reader.problem("made", "is out of range");
  change.made = made < 0 ? 0 : static_cast<std::size_t>(made);
  return change;
}

std::optional<Json> read_document(std::string_view path, std::string_view text) {
  if (!path.ends_with(".json")) {
    auto document = parse_toml(text);
    return document ? std::optional(std::move(*document)) : std::nullopt;
  }
  auto document = parse_json(text, std::string(path));
  return document ? std::optional(std::move(*document)) : std::nullopt;
}

// Members by name: their order says nothing.
Json in_order(const Json& value) {
  if (const auto* items = value.get_if<JsonArray>()) {
    JsonArray ordered;
    for (const Json& item : *items) ordered.push_back(in_order(item));
    return ordered;
  }
  const auto* members = value.get_if<JsonObject>();
  if (members == nullptr) return value;
  JsonObject ordered;
  for (const JsonMember& member : *members) ordered.push_back({member.key, in_order(member.value)});
  std::ranges::sort(ordered, {}, &JsonMember::key);
  return ordered;
}

}  // namespace

const Json* value_at(const Json& document, const KeyPath& key) {
  const Json* value = &document;
  for (const std::string& each : key)
    if (value = value->find(each); value == nullptr) return nullptr;
  return value;
}

std::string values_at(std::string_view path, std::string_view text, const std::vector<KeyPath>& keys) {
  const auto document = read_document(path, text);
  if (!document) return {};
  JsonArray values;
  for (const KeyPath& key : keys)
    if (const Json* value = value_at(*document, key))
      values.push_back(JsonObject{{"key", json_array(key)}, {"value", in_order(*value)}});
  return values.empty() ? std::string{} : format_json(Json(values));
}

Json edit_record_to_json(const EditRecord& record) {
  return JsonObject{{"made_document", record.made_document},
                    {"blank", record.blank},
                    {"changes", json_array(record.changes, key_change_to_json)}};
}

EditRecord read_edit_record(ObjectReader& reader) {
  return {.made_document = reader.boolean("made_document"),
          .blank = reader.nullable_text("blank"),
          .changes = reader.objects("changes", read_key_change)};
}

}  // namespace nvprov
