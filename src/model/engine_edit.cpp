#include "model/engine_edit.hpp"

#include <cstdint>

namespace nvprov {
namespace {

Json change_to_json(const KeyChange& change) {
  return JsonObject{{"key", json_array(change.key)},
                    {"value", change.value},
                    {"former", change.former},
                    {"inserted", change.inserted},
                    {"made", static_cast<std::int64_t>(change.made)}};
}

KeyChange read_change(ObjectReader& reader) {
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

}  // namespace

Json edit_record_to_json(const EditRecord& record) {
  return JsonObject{{"made_document", record.made_document},
                    {"blank", record.blank},
                    {"changes", json_array(record.changes, change_to_json)}};
}

EditRecord read_edit_record(ObjectReader& reader) {
  return {.made_document = reader.boolean("made_document"),
          .blank = reader.nullable_text("blank"),
          .changes = reader.objects("changes", read_change)};
}

}  // namespace nvprov
