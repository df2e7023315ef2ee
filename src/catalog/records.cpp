#include "catalog/records.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

constexpr std::uint64_t schema_version = 1;

std::string_view stem(std::string_view path) {
  path.remove_prefix(std::min(path.rfind('/') + 1, path.size()));
  return path.substr(0, path.rfind(".json"));
}

// The number in "nvprov.driver/2" for the kind "nvprov.driver".
std::optional<std::uint64_t> schema_number(std::string_view schema, std::string_view kind) {
  if (!schema.starts_with(kind) || !schema.substr(kind.size()).starts_with('/')) return std::nullopt;
  return parse_number(schema.substr(kind.size() + 1));
}

std::vector<std::string> keys_of(const SourceTable& table) {
  std::vector<std::string> keys;
  for (const auto& [key, source] : table) keys.push_back(key);
  return keys;
}

void note_dangling_source(ObjectReader& reader, std::size_t index, std::string_view key, const SourceTable& table) {
  const auto suggestion = did_you_mean(key, keys_of(table));
  reader.problem(
      fmt::format("source/{}", index), fmt::format("`{}` is not one of the file's sources", key),
      suggestion ? fmt::format("did you mean `{}`?", *suggestion) : "add it to `sources` with title and url");
}

}  // namespace

bool Records::has_file(std::string_view path) const { return std::ranges::find(files, path) != files.end(); }

std::string driver_file(std::string_view branch) { return fmt::format("manifests/drivers/{}.json", branch); }
std::string cuda_file(std::string_view release) { return fmt::format("manifests/cuda/{}.json", release); }
std::string profile_file(std::string_view id) { return fmt::format("manifests/profiles/{}.json", id); }
std::string key_file(std::string_view id) { return fmt::format("manifests/keys/{}.json", id); }
std::string family_file(std::string_view id) { return fmt::format("manifests/packages/{}.json", id); }
std::string distro_file(std::string_view id) { return fmt::format("distros/{}.json", id); }
std::string concept_file(std::string_view id) { return fmt::format("{}{}.json", concept_folder, id); }
std::string check_file(std::string_view id) { return fmt::format("{}{}.json", check_folder, id); }
std::string library_file(std::string_view id) { return fmt::format("manifests/libraries/{}.json", id); }

SourceTable read_source_table(ObjectReader& reader) {
  SourceTable table;
  reader.entries("sources", [&](const std::string& key, ObjectReader& item) {
    table.emplace(key, Source{.title = item.text("title", a_line), .url = item.text("url", an_https_url)});
  });
  return table;
}

std::vector<Source> read_sources(ObjectReader& reader, const SourceTable& table) {
  std::vector<Source> sources;
  const Json* member = reader.optional_member("source");
  const std::vector<std::string> keys = distinct_texts(reader, "source", a_line);
  if (keys.empty() && member != nullptr && member->get_if<JsonArray>() != nullptr)
    reader.problem("source", "names no source", "every record says where it was read");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto entry = table.find(keys[i]);
    if (entry != table.end())
      sources.push_back(entry->second);
    else
      note_dangling_source(reader, i, keys[i], table);
  }
  return sources;
}

bool read_schema(ObjectReader& reader, std::string_view kind) {
  const std::string ours = fmt::format("{}/{}", kind, schema_version);
  std::string found;
  const auto rule = [&](std::string_view text) -> std::optional<Complaint> {
    found = text;
    if (text == ours) return std::nullopt;
    if (schema_number(text, kind).value_or(0) > schema_version)
      return Complaint{fmt::format("is written for a newer nvprov: {}; this one reads {}", text, ours),
                       "update nvprov"};
    return Complaint{fmt::format("expected {}, found {}", ours, text), ""};
  };
  reader.text("schema", rule);
  return schema_number(found, kind).value_or(0) <= schema_version;
}

void check_file_name(ObjectReader& reader, std::string_view key, std::string_view id) {
  if (id.empty() || id == stem(reader.file())) return;
  reader.problem(key, fmt::format("the file is named {}.json but holds `{}`", stem(reader.file()), id),
                 fmt::format("name it {}.json", id));
}

std::vector<std::string> distinct_texts(ObjectReader& reader, std::string_view key, const TextRule& rule) {
  std::vector<std::string> values = reader.texts(key, rule);
  check_distinct(reader, key, "", values);
  return values;
}

std::optional<std::vector<std::string>> nullable_distinct_texts(ObjectReader& reader, std::string_view key,
                                                                const TextRule& rule) {
  const Json* member = reader.optional_member(key);
  if (member != nullptr && member->is_null()) return std::nullopt;
  return distinct_texts(reader, key, rule);
}

void check_distinct(ObjectReader& reader, std::string_view list, std::string_view field,
                    std::span<const std::string> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto earlier = values.first(i);
    if (values[i].empty() || std::ranges::find(earlier, values[i]) == earlier.end()) continue;
    const std::string place = field.empty() ? fmt::format("{}/{}", list, i) : fmt::format("{}/{}/{}", list, i, field);
    reader.problem(place, fmt::format("`{}` stands twice", values[i]));
  }
}

void check_series(ObjectReader& reader, std::string_view list, std::span<const std::string> versions,
                  std::string_view prefix) {
  const auto family = Version::parse(prefix);
  std::optional<Version> previous;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const auto version = Version::parse(versions[i]);
    if (!version) continue;
    const std::string place = fmt::format("{}/{}/version", list, i);
    if (family && !version->starts_with(*family)) {
      reader.problem(place, fmt::format("`{}` does not belong to {}", versions[i], prefix));
      continue;
    }
    if (previous && *version == *previous) reader.problem(place, fmt::format("`{}` stands twice", versions[i]));
    if (previous && *version < *previous)
      reader.problem(place, fmt::format("`{}` stands after the newer {}", versions[i], previous->text()),
                     "list the oldest first");
    previous = version;
  }
}

}  // namespace nvprov
