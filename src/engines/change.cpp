#include "engines/change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.hpp"

namespace nvprov {
namespace {

bool is_empty_object(const Json& value) {
  const auto* members = value.get_if<JsonObject>();
  return members != nullptr && members->empty();
}

// A value without a key, and without the objects around it that are empty then.
Json without_key(const Json& value, std::span<const std::string> key) {
  const auto* members = value.get_if<JsonObject>();
  if (members == nullptr || key.empty()) return value;
  JsonObject rest;
  for (const JsonMember& member : *members) {
    if (member.key != key.front()) {
      rest.push_back(member);
    } else if (key.size() > 1) {
      Json inner = without_key(member.value, key.subspan(1));
      if (!is_empty_object(inner)) rest.push_back({member.key, std::move(inner)});
    }
  }
  return rest;
}

Json without_keys(Json value, const EditRecord& record) {
  for (const KeyChange& change : record.changes) value = without_key(value, change.key);
  return value;
}

// The text with an insertion taken out, where it stands there once and the rest is whole without it.
std::optional<std::string> without_insertion(std::string_view text, const KeyChange& change, const TextFormat& format) {
  const std::size_t at = change.inserted.empty() ? std::string_view::npos : text.find(change.inserted);
  if (at == std::string_view::npos || text.find(change.inserted, at + 1) != std::string_view::npos) return std::nullopt;
  std::string rest = std::string(text.substr(0, at)) + std::string(text.substr(at + change.inserted.size()));
  const auto before = format.parse(text);
  const auto after = format.parse(rest);
  const bool whole = before && after && without_key(*before, change.key) == without_key(*after, change.key);
  if (!whole || value_at(*after, change.key) != nullptr) return std::nullopt;
  return rest;
}

// Without the objects that came with a key, where nothing else is in them by now.
std::string without_made(std::string text, const KeyChange& change, const TextFormat& format) {
  KeyPath around = change.key;
  for (std::size_t i = 0; i < change.made; ++i) {
    around.pop_back();
    const auto document = format.parse(text);
    const Json* value = document ? value_at(*document, around) : nullptr;
    if (value == nullptr) continue;
    if (!is_empty_object(*value)) break;
    text = format.remove(text, around);
  }
  return text;
}

std::string reverted(const std::string& text, const KeyChange& change, const TextFormat& format) {
  if (change.former) return format.restore(text, change.key, *change.former);
  if (auto rest = without_insertion(text, change, format)) return *rest;
  return without_made(format.remove(text, change.key), change, format);
}

}  // namespace

std::string dotted(const KeyPath& key) { return join(key, "."); }

Status check_edit(const Json& before, const Json& after, const EditRecord& record) {
  for (const KeyChange& change : record.changes) {
    const Json* value = value_at(after, change.key);
    if (value == nullptr || *value != change.value)
      return fail(fmt::format("a fault of nvprov: its edit of {} would not say what it should", dotted(change.key)));
  }
  if (without_keys(before, record) == without_keys(after, record)) return {};
  return fail("a fault of nvprov: its edit would change a setting that is not its own");
}

Result<Removal> revert(const std::optional<std::string>& text, const EditRecord& record, const TextFormat& format,
                       const std::function<bool(const KeyChange&, const Json&)>& ours) {
  if (!text || (!record.made_document && record.changes.empty())) return Removal{.text = text, .left = {}};
  const auto before = format.parse(*text);
  if (!before) return fail(before.error());
  Removal removal{.text = text, .left = {}};
  for (auto change = record.changes.rbegin(); change != record.changes.rend(); ++change) {
    const Json* value = value_at(*before, change->key);
    if (value == nullptr) continue;
    if (ours(*change, *value))
      removal.text = reverted(*removal.text, *change, format);
    else
      removal.left.push_back(dotted(change->key));
  }
  const auto after = format.parse(*removal.text);
  if (!after || without_keys(*before, record) != without_keys(*after, record))
    return fail("a fault of nvprov: taking its settings out would change one that is not its own");
  if (record.made_document && format.is_empty(*after)) removal.text = record.blank;
  return removal;
}

}  // namespace nvprov
