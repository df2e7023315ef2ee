#include "engines/toml_draft.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/toml.hpp"

namespace nvprov {
namespace {

Result<Json> parse_engine_toml(std::string_view text) {
  auto json = parse_toml(text);
  if (json || !contains(text, "{{")) return json;
  Error error = json.error();
  error.because.emplace_back("it holds \"{{\": a template, of which the engine's file is made, is not edited");
  return fail(error);
}

// Of what a merge writes: text, a switch, a list of texts.
std::string toml_literal(const Json& value) {
  const auto* items = value.get_if<JsonArray>();
  if (items == nullptr) return std::string(trim(format_json(value)));
  std::vector<std::string> literals;
  for (const Json& item : *items) literals.push_back(toml_literal(item));
  return "[" + join(literals, ", ") + "]";
}

bool is_nvidia_name(std::string_view name) { return name.starts_with("nvidia"); }

const TextFormat& toml_format() {
  static const TextFormat format = {
      .parse = parse_engine_toml,
      .remove = [](std::string_view text, const KeyPath& key) { return remove_toml_key(text, key); },
      .restore =
          [](std::string_view text, const KeyPath& key, std::string_view former) {
            const auto span = find_toml_value(text, key);
            return span ? edited(text, {*span, std::string(former)}) : std::string(text);
          },
      .is_empty =
          [](const Json& json) {
            const auto& members = *json.get_if<JsonObject>();
            return members.empty() || (members.size() == 1 && members.front().key == "version");
          }};
  return format;
}

}  // namespace

Result<TomlDraft> TomlDraft::open(const std::optional<std::string>& text, std::string_view blank) {
  TomlDraft draft;
  draft.given_ = text;
  draft.text_ = text.value_or("");
  if (trim(draft.text_).empty()) {
    draft.record_.made_document = true;
    draft.record_.blank = text;
    draft.text_ = blank;
  }
  auto json = parse_engine_toml(draft.text_);
  if (!json) return fail(json.error());
  draft.opened_ = *json;
  draft.json_ = std::move(*json);
  return draft;
}

std::size_t TomlDraft::line_of(const KeyPath& key) const {
  const auto place = find_toml_place(text_, key);
  return place ? line_at(text_, *place) : 1;
}

std::size_t TomlDraft::missing_around(const KeyPath& key) const {
  std::size_t missing = 0;
  for (KeyPath around(key.begin(), key.end() - 1); !around.empty() && find(around) == nullptr; around.pop_back())
    ++missing;
  return missing;
}

Status TomlDraft::apply(const TextEdit& edit, KeyChange change) {
  const std::string text = edited(text_, edit);
  auto json = parse_engine_toml(text);
  if (!json) return fail(json.error().in("reading what nvprov made of the file"));
  text_ = text;
  json_ = std::move(*json);
  const Json* value = find(change.key);
  if (value == nullptr || *value != change.value)
    return fail(fmt::format("a fault of nvprov: its edit of {} would not say what it should", dotted(change.key)));
  record_.changes.push_back(std::move(change));
  return {};
}

Status TomlDraft::set(const KeyPath& key, const Json& value) {
  if (const Json* found = find(key)) {
    const auto span = find_toml_value(text_, key);
    if (*found == value || !span) return {};
    return apply({*span, toml_literal(value)},
                 {.key = key, .value = value, .former = std::string(part(text_, *span)), .inserted = {}, .made = 0});
  }
  const KeyPath table(key.begin(), key.end() - 1);
  const TextEdit edit = insert_toml_value(text_, table, key.back(), toml_literal(value));
  return apply(edit, {.key = key, .value = value, .former = {}, .inserted = edit.text, .made = missing_around(key)});
}

Status TomlDraft::add_table(const KeyPath& table, std::span<const TomlSetting> settings) {
  const TextEdit edit = insert_toml_table(text_, table, settings);
  const auto alone = parse_engine_toml(insert_toml_table("", table, settings).text);
  if (!alone || value_at(*alone, table) == nullptr)
    return fail("the options of the default runtime cannot be copied, as they stand there");
  return apply(edit, {.key = table,
                      .value = *value_at(*alone, table),
                      .former = {},
                      .inserted = edit.text,
                      .made = missing_around(table)});
}

Status TomlDraft::add_item(const KeyPath& list, std::string_view item) {
  const auto span = find_toml_value(text_, list);
  if (!span) return set(list, JsonArray{std::string(item)});
  JsonArray items = *find(list)->get_if<JsonArray>();
  items.emplace_back(item);
  return apply(append_toml_item(text_, *span, toml_string(item)),
               {.key = list, .value = items, .former = std::string(part(text_, *span)), .inserted = {}, .made = 0});
}

Result<FileEdit> TomlDraft::file() const {
  if (record_.changes.empty()) return FileEdit{.text = given_, .record = {}};
  if (const Status good = check_edit(opened_, json_, record_); !good) return fail(good.error());
  return FileEdit{.text = text_, .record = record_};
}

Status check_tables(const TomlDraft& draft, const KeyPath& key) {
  KeyPath around;
  for (const std::string& each : key) {
    around.push_back(each);
    const Json* value = draft.find(around);
    if (value == nullptr) return {};
    if (value->get_if<JsonObject>() == nullptr)
      return fail(fmt::format("line {}: {} must be a table, and is {}", draft.line_of(around), toml_keys(around),
                              value->type_name()));
  }
  return {};
}

std::vector<TomlSetting> default_runtime_settings(const TomlDraft& draft, const KeyPath& runtimes,
                                                  const std::optional<std::string>& default_name) {
  std::vector<std::string> names = {"runc", "crun"};
  if (default_name && !default_name->empty() && !is_nvidia_name(*default_name))
    names.insert(names.begin(), *default_name);
  for (const std::string& name : names) {
    KeyPath runtime = runtimes;
    runtime.push_back(name);
    if (draft.find(runtime) != nullptr) return toml_settings(draft.text(), runtime);
  }
  return {};
}

Result<Removal> revert_toml(const std::optional<std::string>& text, const EditRecord& record,
                            const std::function<bool(const KeyChange&, const Json&)>& ours) {
  return revert(text, record, toml_format(), ours);
}

}  // namespace nvprov
