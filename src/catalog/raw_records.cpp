#include "catalog/raw_records.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append_new.hpp"

namespace nvprov {
namespace {

// Where records of a kind stand: a folder with a file for each, or a list in a file.
struct RecordKind {
  std::string_view kind;
  std::string_view where;
  std::string_view list;  // "" where each file is a record
  std::string_view id;    // the member that identifies it
};

constexpr RecordKind record_kinds[] = {
    {"architecture", "manifests/gpus.json", "architectures", "name"},
    {"check", "manifests/checks/", "", "id"},
    {"compat", "manifests/forward_compatibility.json", "releases", "cuda"},
    {"concept", "manifests/concepts/", "", "id"},
    {"container-toolkit", "manifests/container-toolkit.json", "releases", "version"},
    {"cuda", "manifests/cuda/", "", "release"},
    {"distro", "distros/", "", "id"},
    {"driver", "manifests/drivers/", "", "branch"},
    {"fabric-board", "manifests/fabric.json", "boards", "id"},
    {"fabric-mark", "manifests/fabric.json", "marks", "id"},
    {"gpu", "manifests/gpus.json", "gpus", "device_id"},
    {"key", "manifests/keys/", "", "id"},
    {"library", "manifests/libraries/", "", "id"},
    {"nvswitch", "manifests/fabric.json", "nvswitches", "device_id"},
    {"packages", "manifests/packages/", "", "id"},
    {"profile", "manifests/profiles/", "", "id"},
    {"vgpu", "manifests/vgpu.json", "devices", "device_id"},
};

std::string text_of(const Json& object, std::string_view key) {
  const Json* member = object.find(key);
  const std::string* text = member != nullptr ? member->get_if<std::string>() : nullptr;
  return text != nullptr ? *text : "";
}

void add_source_keys(const Json& value, std::vector<std::string>& keys) {
  if (const JsonArray* items = value.get_if<JsonArray>())
    for (const Json& item : *items) add_source_keys(item, keys);
  if (const JsonObject* members = value.get_if<JsonObject>())
    for (const JsonMember& member : *members) {
      const JsonArray* names = member.key == "source" ? member.value.get_if<JsonArray>() : nullptr;
      if (names == nullptr) add_source_keys(member.value, keys);
      for (std::size_t i = 0; names != nullptr && i < names->size(); ++i)
        if (const std::string* key = (*names)[i].get_if<std::string>()) append_new(keys, {*key});
    }
}

std::vector<Source> sources_of(const Json& record, const Json& root) {
  std::vector<std::string> keys;
  add_source_keys(record, keys);
  std::vector<Source> sources;
  const Json* table = root.find("sources");
  for (const std::string& key : keys)
    if (const Json* source = table != nullptr ? table->find(key) : nullptr)
      sources.push_back({.title = text_of(*source, "title"), .url = text_of(*source, "url")});
  return sources;
}

Json without_frame(const Json& root) {
  JsonObject record;
  if (const JsonObject* members = root.get_if<JsonObject>())
    for (const JsonMember& member : *members)
      if (member.key != "schema" && member.key != "sources") record.push_back(member);
  return record;
}

RawRecord raw_record(const RecordKind& kind, const DataFile& file, const Json& root, Json record, std::string place) {
  std::vector<Source> sources = sources_of(record, root);
  return {.kind = std::string(kind.kind),
          .id = text_of(record, kind.id),
          .file = file.path,
          .place = std::move(place),
          .record = std::move(record),
          .sources = std::move(sources)};
}

void add_records(const RecordKind& kind, const DataFile& file, const Json& root, std::vector<RawRecord>& records) {
  if (kind.list.empty()) {
    records.push_back(raw_record(kind, file, root, without_frame(root), ""));
    return;
  }
  const Json* list = root.find(kind.list);
  const JsonArray* items = list != nullptr ? list->get_if<JsonArray>() : nullptr;
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i)
    records.push_back(raw_record(kind, file, root, (*items)[i], fmt::format("/{}/{}", kind.list, i)));
}

bool holds(const RecordKind& kind, std::string_view path) {
  return kind.list.empty() ? path.starts_with(kind.where) : path == kind.where;
}

}  // namespace

std::vector<std::string> raw_record_kinds() {
  std::vector<std::string> kinds;
  for (const RecordKind& each : record_kinds) kinds.emplace_back(each.kind);
  return kinds;
}

std::vector<RawRecord> raw_records(std::span<const DataFile> files, std::string_view kind) {
  std::vector<RawRecord> records;
  for (const RecordKind& each : record_kinds)
    if (kind.empty() || kind == each.kind)
      for (const DataFile& file : files)
        if (holds(each, file.path))
          if (const auto root = parse_json(file.text, file.path)) add_records(each, file, *root, records);
  return records;
}

}  // namespace nvprov
