#include "catalog/toolkit_components.hpp"

#include <fmt/format.h>

#include <map>
#include <string>

#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

void note_complaint(ObjectReader& reader, const std::string& place, const std::optional<Complaint>& complaint) {
  if (complaint) reader.problem(place, complaint->message, complaint->hint);
}

void read_version(ObjectReader& reader, const JsonMember& member, std::map<std::string, std::string>& versions) {
  const std::string place = "versions/" + member.key;
  const auto* version = member.value.get_if<std::string>();
  if (version == nullptr) {
    reader.problem(place, fmt::format("expected a string, found {}", member.value.type_name()));
    return;
  }
  note_complaint(reader, place, a_word(member.key));
  note_complaint(reader, place, a_version(*version));
  versions.emplace(member.key, *version);
}

// In the order of the names, so that equal lists are equal texts.
std::string read_versions(ObjectReader& reader) {
  const Json* member = reader.optional_member("versions");
  const auto* members = member != nullptr ? member->get_if<JsonObject>() : nullptr;
  if (members == nullptr) {
    reader.problem("versions", "expected an object of names and versions");
    return {};
  }
  std::map<std::string, std::string> versions;
  for (const JsonMember& each : *members)
    if (!each.key.starts_with('$')) read_version(reader, each, versions);
  std::string text;
  for (const auto& [name, version] : versions) text += fmt::format("{} {}\n", name, version);
  return text;
}

}  // namespace

std::optional<ToolkitComponents> read_toolkit_components(ObjectReader& reader) {
  return reader.nullable_object("components", [](ObjectReader& item) {
    const bool is_complete = item.boolean("complete");
    return ToolkitComponents{.is_complete = is_complete, .versions = read_versions(item)};
  });
}

}  // namespace nvprov
