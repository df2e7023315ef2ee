// What a concept's file says, and what holds here.
#include <algorithm>

#include "base/append_new.hpp"
#include "catalog/records.hpp"
#include "explain/image_section.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"

namespace nvprov {
namespace {

ExplainedSection text_section(std::string id, std::string title, const LocalText& text, Language language) {
  return {.id = std::move(id), .title = std::move(title), .lines = {text_in(text, language)}, .rows = {}};
}

ExplainedSection parts_section(const Concept& subject, Language language) {
  ExplainedSection section{
      .id = "parts", .title = say(language, "What it is made of", "组成部分"), .lines = {}, .rows = {}};
  if (subject.parts.size() < 2) return section;
  section.rows.push_back({say(language, "component", "组件"), say(language, "what it is", "说明")});
  for (const ConceptPart& part : subject.parts) section.rows.push_back({part.component, text_in(part.what, language)});
  return section;
}

ExplainedSection questions_section(const Concept& subject, Language language) {
  ExplainedSection section{
      .id = "questions", .title = say(language, "Asked often", "常见问题"), .lines = {}, .rows = {}};
  for (const ConceptQuestion& each : subject.questions) {
    section.lines.push_back(text_in(each.question, language));
    section.lines.push_back(text_in(each.answer, language));
  }
  return section;
}

std::vector<std::string> components_of(const Concept& subject) {
  std::vector<std::string> components;
  for (const ConceptPart& part : subject.parts) components.push_back(part.component);
  if (std::ranges::find(subject.stands_for, "module-package") != subject.stands_for.end())
    components.emplace_back("module");
  return components;
}

bool shows_images(const Concept& subject) { return std::ranges::find(subject.shows, "images") != subject.shows.end(); }

Explanation begun_with(const Concept& subject, std::string kind, std::string title) {
  return {.kind = std::move(kind),
          .id = subject.id,
          .title = std::move(title),
          .sections = {},
          .related = subject.related,
          .records = {concept_file(subject.id)},
          .sources = subject.sources};
}

// What is said of the machine asked about, whatever was asked.
void add_here(Explanation& explanation, const Concept& subject, const Knowledge& knowledge) {
  add_section(explanation, here_section(&subject, components_of(subject), subject.packages, knowledge));
  if (knowledge.here != nullptr && shows_images(subject))
    add_section(explanation, image_section(*knowledge.here, knowledge));
}

}  // namespace

void add_section(Explanation& explanation, ExplainedSection section) {
  if (!section.lines.empty() || !section.rows.empty()) explanation.sections.push_back(std::move(section));
}

std::vector<ExplainedSection> concept_sections(const Concept& subject, Language language) {
  return {text_section("what", say(language, "What it is", "是什么"), subject.what, language),
          text_section("needed-by", say(language, "Who needs it", "谁需要"), subject.needed_by, language),
          text_section("not-needed-by", say(language, "Who does not", "谁不需要"), subject.not_needed_by, language),
          text_section("without-it", say(language, "What goes wrong", "会出什么问题"), subject.without_it, language)};
}

std::string title_with_concept(const std::string& name, const Concept* subject, Language language) {
  if (subject == nullptr) return name;
  return name + say(language, ": ", "：") + text_in(subject->title, language);
}

void add_concept_text(Explanation& explanation, const Concept* subject, const Knowledge& knowledge) {
  if (subject == nullptr) return;
  for (ExplainedSection& section : concept_sections(*subject, knowledge.language))
    add_section(explanation, std::move(section));
  explanation.related = {subject->id};
  append_new(explanation.related, subject->related);
  explanation.records.push_back(concept_file(subject->id));
  explanation.sources = subject->sources;
}

Explanation explain_concept(const Concept& subject, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  Explanation explanation = begun_with(subject, "concept", text_in(subject.title, language));
  explanation.sections = concept_sections(subject, language);
  add_section(explanation, parts_section(subject, language));
  add_section(explanation, questions_section(subject, language));
  add_here(explanation, subject, knowledge);
  return explanation;
}

Explanation explain_question(const Concept& subject, const ConceptQuestion& question, const Knowledge& knowledge) {
  Explanation explanation = begun_with(subject, "question", text_in(question.question, knowledge.language));
  add_section(explanation,
              text_section("answer", say(knowledge.language, "Answer", "回答"), question.answer, knowledge.language));
  add_here(explanation, subject, knowledge);
  std::vector<std::string> related = {subject.id};
  append_new(related, subject.related);
  explanation.related = std::move(related);
  return explanation;
}

}  // namespace nvprov
