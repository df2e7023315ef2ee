#include "report/explanation_text.hpp"

#include "report/fill.hpp"
#include "report/wrapped_table.hpp"

namespace nvprov {
namespace {

std::string_view in_language(Language language, std::string_view en, std::string_view zh) {
  return language == Language::zh ? zh : en;
}

std::string section_text(const ExplainedSection& section, const TextOptions& options) {
  std::string text = paint(section.title, Paint::heading, options) + "\n";
  for (const std::string& line : section.lines) text += wrap(line, options.width, "  ");
  return text + wrapped_table(section.rows, options.width, "  ") + "\n";
}

std::string labelled_list(std::string_view label, const std::vector<std::string>& items, const TextOptions& options) {
  if (items.empty()) return "";
  return wrap_items(items, options.width, std::string(label));
}

std::vector<std::vector<std::string>> name_rows(const std::vector<ExplainedName>& names) {
  std::vector<std::vector<std::string>> rows;
  for (const ExplainedName& each : names) rows.push_back({each.name, each.title});
  return rows;
}

Json section_to_json(const ExplainedSection& section) {
  return JsonObject{{"id", section.id},
                    {"title", section.title},
                    {"lines", json_array(section.lines)},
                    {"rows", json_array(section.rows, [](const auto& row) { return json_array(row); })}};
}

Json body_to_json(const Explanation* explanation) {
  if (explanation == nullptr) return nullptr;
  return JsonObject{{"kind", explanation->kind},
                    {"id", explanation->id},
                    {"title", explanation->title},
                    {"sections", json_array(explanation->sections, section_to_json)},
                    {"related", json_array(explanation->related)},
                    {"records", json_array(explanation->records)},
                    {"sources", json_array(explanation->sources, [](const Source& source) {
                       return JsonObject{{"title", source.title}, {"url", source.url}};
                     })}};
}

}  // namespace

std::string explanation_text(const Explanation& explanation, Language language, const TextOptions& options) {
  std::string text = paint(explanation.title, Paint::heading, options) + "\n\n";
  for (const ExplainedSection& section : explanation.sections) text += section_text(section, options);
  text += labelled_list(in_language(language, "See also: ", "另见："), explanation.related, options);
  if (options.verbosity < 1) return text;
  text += labelled_list(in_language(language, "Records: ", "数据文件："), explanation.records, options);
  for (const Source& source : explanation.sources) text += source_line(source, "  ");
  return text;
}

std::string meanings_text(const std::string& typed, const std::vector<ExplainedName>& names, Language language,
                          const TextOptions& options) {
  const std::string head = fill(in_language(language, "`{subject}` may mean:", "`{subject}` 可能指："),
                                {.subject = typed, .other = {}, .limit = {}});
  const std::string next = fill(in_language(language, "Ask for one of them: `nvprov explain {subject}`",
                                            "请指定其中一个：`nvprov explain {subject}`"),
                                {.subject = names.front().name, .other = {}, .limit = {}});
  return head + "\n" + wrapped_table(name_rows(names), options.width, "  ") + wrap(next, options.width, "");
}

std::string concepts_text(const std::vector<ExplainedName>& names, Language language, const TextOptions& options) {
  const std::string_view next = in_language(
      language,
      "`nvprov explain NAME` explains one of them; also a profile (deploy), a component (cudart), a package "
      "(libcuda1), a GPU (T4), a driver (580), a CUDA release (12.4), a distribution (debian-12), a message you got or "
      "a "
      "question.",
      "用 `nvprov explain 名称` "
      "查看说明；名称还可以是方案（deploy）、组件（cudart）、软件包（libcuda1）、GPU（T4）、驱动（580）、"
      "CUDA 版本（12.4）、发行版（debian-12）、报错信息或一个问题。");
  return wrapped_table(name_rows(names), options.width, "  ") + "\n" + wrap(next, options.width, "");
}

Json explanation_to_json(const std::string& typed, const std::vector<ExplainedName>& names,
                         const Explanation* explanation, Language language) {
  return JsonObject{
      {"schema", "nvprov.explanation/1"},
      {"typed", typed},
      {"language", in_language(language, "en", "zh")},
      {"names", json_array(names,
                           [](const ExplainedName& each) {
                             return JsonObject{{"kind", each.kind}, {"name", each.name}, {"title", each.title}};
                           })},
      {"explanation", body_to_json(explanation)}};
}

}  // namespace nvprov
