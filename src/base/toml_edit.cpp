#include "base/toml_edit.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"
#include "base/toml_scan.hpp"

namespace nvprov {
namespace {

using TomlPath = std::span<const std::string>;

bool is_bare(std::string_view key) {
  return !key.empty() &&
         std::ranges::all_of(key, [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool toml_starts_with(TomlPath path, TomlPath start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

bool is_inline_table(std::string_view text, TextSpan value) { return text[value.begin] == '{'; }

// The inline table nearest to a path from above, and what of the path is left inside it.
struct InlinePlace {
  TextSpan table;
  TomlPath rest;
};

InlinePlace deepest_inline(std::string_view text, InlinePlace place) {
  for (const TomlMember& member : inline_members(text, place.table))
    if (place.rest.size() > member.key.size() && toml_starts_with(place.rest, member.key) &&
        is_inline_table(text, member.value))
      return deepest_inline(text, {member.value, place.rest.subspan(member.key.size())});
  return place;
}

std::optional<InlinePlace> find_inline(std::string_view text, TomlPath path) {
  for (const TomlLine& line : scan_toml(text))
    if (line.kind == TomlLineKind::value && line.path.size() < path.size() && toml_starts_with(path, line.path) &&
        is_inline_table(text, line.value))
      return deepest_inline(text, {line.value, path.subspan(line.path.size())});
  return std::nullopt;
}

const TomlMember* find_inline_member(const std::vector<TomlMember>& members, TomlPath path) {
  const auto found =
      std::ranges::find_if(members, [&](const TomlMember& each) { return std::ranges::equal(each.key, path); });
  return found == members.end() ? nullptr : &*found;
}

TextEdit insert_inline_member(std::string_view text, TextSpan table, const std::string& member) {
  const std::vector<TomlMember> members = inline_members(text, table);
  if (!members.empty()) return {{members.back().value.end, members.back().value.end}, ", " + member};
  const std::size_t at = table.begin + 1;
  return {{at, at}, text[at] == '}' ? " " + member + " " : " " + member};
}

// Settings of which each begins with the same key, as one inline table.
std::string inline_table(std::span<const TomlSetting> settings) {
  std::vector<std::string> members;
  std::vector<std::string> done;
  for (const TomlSetting& setting : settings) {
    const std::string& key = setting.key.front();
    if (std::ranges::find(done, key) != done.end()) continue;
    done.push_back(key);
    std::vector<TomlSetting> inner;
    for (const TomlSetting& each : settings)
      if (each.key.size() > 1 && each.key.front() == key)
        inner.push_back({{each.key.begin() + 1, each.key.end()}, each.value});
    members.push_back(toml_key(key) + " = " + (inner.empty() ? setting.value : inline_table(inner)));
  }
  return members.empty() ? "{}" : "{ " + join(members, ", ") + " }";
}

// One line after another, or as the last without a line end where the text has none there.
TextEdit insert_line(std::string_view text, TextSpan after, const std::string& line) {
  const std::string newline(newline_of(text));
  const bool ended = after.end == after.begin || text[after.end - 1] == '\n';
  return {{after.end, after.end}, ended ? line + newline : newline + line};
}

std::string_view line_indentation(std::string_view text, TextSpan line) {
  const std::size_t end = std::min(text.find_first_not_of(" \t", line.begin), text.size());
  return text.substr(line.begin, end - line.begin);
}

// The last line that sets something in the table itself, or by a dotted key through it.
const TomlLine* last_line_of(const std::vector<TomlLine>& lines, TomlPath table) {
  const TomlLine* last = nullptr;
  for (const TomlLine& line : lines)
    if (line.kind == TomlLineKind::value && line.section <= table.size() && line.path.size() > table.size() &&
        toml_starts_with(line.path, table))
      last = &line;
  return last;
}

const TomlLine* header_of(const std::vector<TomlLine>& lines, TomlPath table) {
  const auto found = std::ranges::find_if(lines, [&](const TomlLine& line) {
    return line.kind == TomlLineKind::table && std::ranges::equal(line.path, table);
  });
  return found == lines.end() ? nullptr : &*found;
}

// Blocks at the end: with a blank line before them, and without a line end where the text has none.
TextEdit append_blocks(std::string_view text, const std::vector<std::string>& lines) {
  const std::string newline(newline_of(text));
  std::string block = join(lines, newline);
  if (text.empty()) return {{0, 0}, block + newline};
  const bool ended = text.ends_with('\n');
  return {{text.size(), text.size()}, ended ? newline + block + newline : newline + newline + block};
}

std::vector<std::string> table_lines(TomlPath table, std::span<const TomlSetting> settings) {
  std::vector<std::vector<std::string>> heads = {{}};
  for (const TomlSetting& setting : settings) {
    std::vector<std::string> head(setting.key.begin(), setting.key.end() - 1);
    if (std::ranges::find(heads, head) == heads.end()) heads.push_back(std::move(head));
  }
  std::vector<std::string> lines;
  for (const auto& head : heads) {
    std::vector<std::string> path(table.begin(), table.end());
    path.insert(path.end(), head.begin(), head.end());
    if (!lines.empty()) lines.emplace_back();
    lines.push_back("[" + toml_keys(path) + "]");
    for (const TomlSetting& each : settings)
      if (each.key.size() == head.size() + 1 && toml_starts_with(each.key, head))
        lines.push_back(toml_key(each.key.back()) + " = " + each.value);
  }
  return lines;
}

TextEdit insert_root_value(std::string_view text, const std::string& line) {
  const std::vector<TomlLine> lines = scan_toml(text);
  const TomlLine* last = nullptr;
  for (const TomlLine& each : lines)
    if (each.kind == TomlLineKind::value && each.section == 0) last = &each;
  if (last != nullptr) return insert_line(text, last->line, line);
  const std::size_t start = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  return {{start, start}, line + std::string(newline_of(text))};
}

void add_inline_settings(std::string_view text, const std::vector<std::string>& key, TextSpan value,
                         std::vector<TomlSetting>& settings) {
  if (!is_inline_table(text, value)) {
    settings.push_back({key, std::string(part(text, value))});
    return;
  }
  for (const TomlMember& member : inline_members(text, value)) {
    std::vector<std::string> deeper = key;
    deeper.insert(deeper.end(), member.key.begin(), member.key.end());
    add_inline_settings(text, deeper, member.value, settings);
  }
}

// Of an inline table, the member with its comma.
TextEdit remove_inline_member(TextSpan table, const std::vector<TomlMember>& members, std::size_t index) {
  const TomlMember& member = members[index];
  if (index > 0) return {{members[index - 1].value.end, member.value.end}, ""};
  if (members.size() > 1) return {{member.begin, members[1].begin}, ""};
  return {{table.begin + 1, table.end - 1}, ""};
}

std::optional<std::string> without_inline(std::string_view text, TomlPath path) {
  const auto place = find_inline(text, path);
  if (!place) return std::nullopt;
  const std::vector<TomlMember> members = inline_members(text, place->table);
  std::string rest(text);
  bool found = false;
  for (std::size_t i = members.size(); i-- > 0;) {
    if (!toml_starts_with(members[i].key, place->rest)) continue;
    rest = edited(rest, remove_inline_member(place->table, inline_members(rest, place->table), i));
    found = true;
    break;
  }
  return found ? remove_toml_key(rest, path) : std::optional<std::string>(std::string(text));
}

// The blank line that goes with a block at its end or between two others.
std::size_t with_blank_line_before(std::string_view text, TextSpan block) {
  std::size_t begin = block.begin;
  const bool alone = block.end >= text.size() || text[block.end] == '\n' || text[block.end] == '\r';
  if (!alone || begin == 0) return begin;
  const std::size_t line_end = begin - 1;  // the newline before the block
  if (line_end == 0 || text[line_end] != '\n') return begin;
  std::size_t blank = line_end;
  if (blank > 0 && text[blank - 1] == '\r') --blank;
  if (blank == 0 || text[blank - 1] == '\n') begin = blank;
  return begin;
}

}  // namespace

std::string toml_string(std::string_view text) { return std::string(trim(format_json(Json(text)))); }

std::string toml_key(std::string_view key) { return is_bare(key) ? std::string(key) : toml_string(key); }

std::string toml_keys(std::span<const std::string> keys) {
  std::vector<std::string> parts;
  for (const std::string& key : keys) parts.push_back(toml_key(key));
  return join(parts, ".");
}

std::optional<TextSpan> find_toml_value(std::string_view text, std::span<const std::string> path) {
  for (const TomlLine& line : scan_toml(text))
    if (line.kind == TomlLineKind::value && std::ranges::equal(line.path, path)) return line.value;
  const auto place = find_inline(text, path);
  if (!place) return std::nullopt;
  const std::vector<TomlMember> members = inline_members(text, place->table);
  const TomlMember* member = find_inline_member(members, place->rest);
  return member == nullptr ? std::nullopt : std::optional(member->value);
}

std::optional<std::size_t> find_toml_place(std::string_view text, std::span<const std::string> path) {
  if (const auto value = find_toml_value(text, path)) return value->begin;
  for (const TomlLine& line : scan_toml(text))
    if (toml_starts_with(line.path, path)) return line.line.begin;
  const auto place = find_inline(text, path);
  return place ? std::optional(place->table.begin) : std::nullopt;
}

std::vector<TomlSetting> toml_settings(std::string_view text, std::span<const std::string> table) {
  std::vector<TomlSetting> settings;
  for (const TomlLine& line : scan_toml(text))
    if (line.kind == TomlLineKind::value && line.path.size() > table.size() && toml_starts_with(line.path, table) &&
        !line.in_list)
      add_inline_settings(text, {line.path.begin() + static_cast<std::ptrdiff_t>(table.size()), line.path.end()},
                          line.value, settings);
  if (const auto value = find_toml_value(text, table); value && is_inline_table(text, *value))
    add_inline_settings(text, {}, *value, settings);
  return settings;
}

TextEdit insert_toml_value(std::string_view text, std::span<const std::string> table, std::string_view key,
                           std::string_view value) {
  std::vector<std::string> path(table.begin(), table.end());
  path.emplace_back(key);
  const std::string setting = " = " + std::string(value);
  if (table.empty()) return insert_root_value(text, toml_key(key) + setting);
  if (const auto place = find_inline(text, path))
    return insert_inline_member(text, place->table, toml_keys(place->rest) + setting);
  const std::vector<TomlLine> lines = scan_toml(text);
  if (const TomlLine* last = last_line_of(lines, table))
    return insert_line(
        text, last->line,
        std::string(line_indentation(text, last->line)) + toml_keys(TomlPath(path).subspan(last->section)) + setting);
  if (const TomlLine* header = header_of(lines, table))
    return insert_line(text, header->line, std::string(line_indentation(text, header->line)) + toml_key(key) + setting);
  return append_blocks(text, {"[" + toml_keys(table) + "]", toml_key(key) + setting});
}

TextEdit insert_toml_table(std::string_view text, std::span<const std::string> table,
                           std::span<const TomlSetting> settings) {
  if (const auto place = find_inline(text, table))
    return insert_inline_member(text, place->table, toml_keys(place->rest) + " = " + inline_table(settings));
  return append_blocks(text, table_lines(table, settings));
}

std::string remove_toml_key(std::string_view text, std::span<const std::string> path) {
  if (auto rest = without_inline(text, path)) return *rest;
  const std::vector<TomlLine> lines = scan_toml(text);
  const auto inside = [&](const TomlLine& line) { return toml_starts_with(line.path, path); };
  const auto first = std::ranges::find_if(lines, inside);
  if (first == lines.end()) return std::string(text);
  const auto after = std::find_if_not(first, lines.end(), inside);
  TextSpan block{first->line.begin, std::prev(after)->line.end};
  if (first->kind != TomlLineKind::value) block.begin = with_blank_line_before(text, block);
  return remove_toml_key(edited(text, {block, ""}), path);
}

TextEdit append_toml_item(std::string_view text, TextSpan list, std::string_view value) {
  const std::vector<TextSpan> items = list_items(text, list);
  const std::string item(value);
  if (items.empty()) return {{list.begin + 1, list.begin + 1}, item};
  const TextSpan last = items.back();
  const std::size_t line_start = std::max(text.rfind('\n', last.begin) + 1, list.begin);
  if (line_start == list.begin) return {{last.end, last.end}, ", " + item};
  const std::string lead =
      std::string(newline_of(text)) + std::string(line_indentation(text, {line_start, last.begin}));
  const std::size_t line_end = std::min(text.find_first_of("\r\n", last.end), list.end - 1);
  const std::string_view tail = text.substr(last.end, line_end - last.end);
  const std::string_view stripped = trim(tail);
  if (stripped.starts_with(',')) return {{line_end, line_end}, lead + item + ","};
  if (stripped.starts_with('#')) return {{last.end, line_end}, "," + std::string(tail) + lead + item};
  return {{last.end, last.end}, "," + lead + item};
}

}  // namespace nvprov
