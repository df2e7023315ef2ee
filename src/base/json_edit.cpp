#include "base/json_edit.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::string_view json_blanks = " \t\r\n";

struct MemberSpan {
  TextSpan key;  // with its quotes
  TextSpan value;
};

struct ObjectSpan {
  std::size_t open = 0;  // of its brace
  std::size_t close = 0;
  std::vector<MemberSpan> members;
};

// Walks over a text already known to be JSON: nothing is checked but the end.
class JsonWalker {
 public:
  explicit JsonWalker(std::string_view text) : text_(text) {}

  std::size_t after_blanks(std::size_t at) const {
    return std::min(text_.find_first_not_of(json_blanks, at), text_.size());
  }

  std::size_t after_string(std::size_t at) const {
    for (++at; at < text_.size() && text_[at] != '"'; ++at)
      if (text_[at] == '\\') ++at;
    return std::min(at + 1, text_.size());
  }

  std::size_t after_value(std::size_t at) const {
    if (at >= text_.size()) return text_.size();
    if (text_[at] == '"') return after_string(at);
    if (text_[at] == '{' || text_[at] == '[') return after_brackets(at);
    return std::min(text_.find_first_of(",]} \t\r\n", at), text_.size());
  }

  ObjectSpan object(std::size_t open) const {
    ObjectSpan object{.open = open, .close = open, .members = {}};
    std::size_t at = after_blanks(open + 1);
    while (at < text_.size() && text_[at] == '"') {
      MemberSpan member;
      member.key = {at, after_string(at)};
      const std::size_t value = after_blanks(after_blanks(member.key.end) + 1);
      member.value = {value, after_value(value)};
      object.members.push_back(member);
      at = after_blanks(member.value.end);
      if (at < text_.size() && text_[at] == ',') at = after_blanks(at + 1);
    }
    object.close = at;
    return object;
  }

 private:
  std::size_t after_brackets(std::size_t at) const {
    std::size_t depth = 0;
    while (at < text_.size()) {
      if (text_[at] == '"') {
        at = after_string(at);
        continue;
      }
      if (text_[at] == '{' || text_[at] == '[') ++depth;
      if ((text_[at] == '}' || text_[at] == ']') && --depth == 0) return at + 1;
      ++at;
    }
    return text_.size();
  }

  std::string_view text_;
};

std::size_t root_of(std::string_view text) {
  const std::size_t start = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  return JsonWalker(text).after_blanks(start);
}

// A key may be written with escapes.
bool is_key(std::string_view literal, std::string_view key) {
  const auto value = parse_json(literal, "");
  return value && *value == Json(key);
}

const MemberSpan* find_member(std::string_view text, const ObjectSpan& object, std::string_view key) {
  const auto found = std::find_if(object.members.rbegin(), object.members.rend(),
                                  [&](const MemberSpan& each) { return is_key(part(text, each.key), key); });
  return found == object.members.rend() ? nullptr : &*found;
}

std::optional<ObjectSpan> find_object(std::string_view text, std::span<const std::string> path) {
  const auto span = find_json_value(text, path);
  if (!span || span->begin >= text.size() || text[span->begin] != '{') return std::nullopt;
  return JsonWalker(text).object(span->begin);
}

bool has_newline(std::string_view text) { return contains(text, "\n"); }

// The blanks a line begins with.
std::string_view indentation_at(std::string_view text, std::size_t position) {
  const std::size_t newline = position == 0 ? std::string_view::npos : text.rfind('\n', position - 1);
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  return text.substr(start, std::min(text.find_first_not_of(" \t", start), text.size()) - start);
}

// How a document is laid out, as far as its first members tell.
struct JsonLayout {
  std::string_view newline = "\n";
  std::string unit = "    ";  // nvidia-ctk's, and dockerd's documentation's
  std::string_view after_colon = " ";
  std::string_view after_comma = " ";  // on one line
  bool one_line = false;
};

JsonLayout layout_of(std::string_view text) {
  JsonLayout layout;
  layout.newline = newline_of(text);
  const auto root = find_object(text, {});
  if (!root || root->members.empty()) return layout;
  const MemberSpan& first = root->members.front();
  layout.one_line = !has_newline(text.substr(root->open, first.key.begin - root->open));
  const std::string_view colon = text.substr(first.key.end, first.value.begin - first.key.end);
  layout.after_colon = colon.ends_with(':') ? "" : " ";
  layout.after_comma = layout.after_colon;
  if (root->members.size() > 1 && root->members[1].key.begin > 0)
    layout.after_comma = text[root->members[1].key.begin - 1] == ',' ? "" : " ";
  if (layout.one_line) return layout;
  const std::string_view outer = indentation_at(text, root->open);
  const std::string_view inner = indentation_at(text, first.key.begin);
  layout.unit = inner.starts_with(outer) ? inner.substr(outer.size()) : inner;
  return layout;
}

std::string literal(const Json& scalar) { return std::string(trim(format_json(scalar))); }

// A value in the document's layout; `indentation` is that of the line it begins on, nullopt for all on one line.
std::string rendered(const Json& value, const JsonLayout& layout, const std::optional<std::string>& indentation) {
  const auto* object = value.get_if<JsonObject>();
  const auto* array = value.get_if<JsonArray>();
  if (object == nullptr && array == nullptr) return literal(value);
  std::optional<std::string> inner;
  if (indentation) inner = *indentation + layout.unit;
  std::vector<std::string> items;
  if (object != nullptr)
    for (const JsonMember& member : *object)
      items.push_back(literal(member.key) + ":" + std::string(layout.after_colon) +
                      rendered(member.value, layout, inner));
  if (array != nullptr)
    for (const Json& item : *array) items.push_back(rendered(item, layout, inner));
  const std::string_view brackets = object != nullptr ? "{}" : "[]";
  if (items.empty()) return std::string(brackets);
  const std::string newline(layout.newline);
  const std::string lead = inner ? newline + *inner : "";
  const std::string between = inner ? "," + lead : "," + std::string(layout.after_comma);
  return brackets[0] + lead + join(items, between) + (inner ? newline + *indentation : "") + brackets[1];
}

std::string member_text(std::string_view key, const Json& value, const JsonLayout& layout,
                        const std::optional<std::string>& indentation) {
  return literal(Json(key)) + ":" + std::string(layout.after_colon) + rendered(value, layout, indentation);
}

TextEdit insert_after_last(std::string_view text, const ObjectSpan& object, std::string_view key, const Json& value) {
  const JsonLayout layout = layout_of(text);
  const MemberSpan& last = object.members.back();
  const std::size_t before = object.members.size() > 1 ? object.members.end()[-2].value.end : object.open;
  if (!has_newline(text.substr(before, last.key.begin - before)))
    return {{last.value.end, last.value.end},
            "," + std::string(layout.after_comma) + member_text(key, value, layout, std::nullopt)};
  const std::string indentation(indentation_at(text, last.key.begin));
  return {{last.value.end, last.value.end},
          "," + std::string(layout.newline) + indentation + member_text(key, value, layout, indentation)};
}

TextEdit insert_first(std::string_view text, const ObjectSpan& object, std::string_view key, const Json& value) {
  const JsonLayout layout = layout_of(text);
  const std::size_t at = object.open + 1;
  if (layout.one_line) return {{at, at}, member_text(key, value, layout, std::nullopt)};
  const std::string outer(indentation_at(text, object.open));
  const std::string newline(layout.newline);
  const std::string lines = newline + outer + layout.unit + member_text(key, value, layout, outer + layout.unit);
  const bool broken = has_newline(text.substr(at, object.close - at));
  return {{at, at}, broken ? lines : lines + newline + outer};
}

}  // namespace

std::optional<TextSpan> find_json_value(std::string_view text, std::span<const std::string> path) {
  const JsonWalker walker(text);
  const std::size_t root = root_of(text);
  TextSpan span{root, walker.after_value(root)};
  for (const std::string& key : path) {
    if (span.begin >= text.size() || text[span.begin] != '{') return std::nullopt;
    const ObjectSpan object = walker.object(span.begin);
    const MemberSpan* member = find_member(text, object, key);
    if (member == nullptr) return std::nullopt;
    span = member->value;
  }
  return span;
}

std::optional<TextEdit> insert_json_member(std::string_view text, std::span<const std::string> path,
                                           std::string_view key, const Json& value) {
  const auto object = find_object(text, path);
  if (!object || find_member(text, *object, key) != nullptr) return std::nullopt;
  return object->members.empty() ? insert_first(text, *object, key, value)
                                 : insert_after_last(text, *object, key, value);
}

std::optional<TextEdit> replace_json_value(std::string_view text, std::span<const std::string> path,
                                           const Json& value) {
  const auto span = find_json_value(text, path);
  if (!span) return std::nullopt;
  return TextEdit{*span, rendered(value, layout_of(text), std::nullopt)};
}

std::optional<TextEdit> remove_json_member(std::string_view text, std::span<const std::string> path) {
  if (path.empty()) return std::nullopt;
  const auto object = find_object(text, path.first(path.size() - 1));
  if (!object) return std::nullopt;
  const MemberSpan* member = find_member(text, *object, path.back());
  if (member == nullptr) return std::nullopt;
  const auto index = static_cast<std::size_t>(member - object->members.data());
  if (object->members.size() == 1) return TextEdit{{object->open + 1, object->close}, ""};
  if (index == 0) return TextEdit{{member->key.begin, object->members[1].key.begin}, ""};
  return TextEdit{{object->members[index - 1].value.end, member->value.end}, ""};
}

}  // namespace nvprov
