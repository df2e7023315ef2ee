// A package: what the records say of it.
#include "base/append_new.hpp"
#include "catalog/records.hpp"
#include "explain/records_table.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"

namespace nvprov {
namespace {

void add_record_files(Explanation& explanation, const std::vector<PackageRecord>& records) {
  for (const PackageRecord& record : records) {
    if (!record.family.empty()) append_new(explanation.records, {family_file(record.family)});
    append_new(explanation.records, {distro_file(record.distro)});
  }
}

void add_record_sources(Explanation& explanation, const std::vector<PackageRecord>& records, const Catalog& catalog) {
  for (const PackageRecord& record : records) {
    if (const PackageFamily* family = find_family(catalog, record.family))
      append_new(explanation.sources, family->sources);
    const Distro* distro = find_distro(catalog, record.distro);
    const PackageSource* source = distro != nullptr ? find_source(*distro, record.source) : nullptr;
    if (source != nullptr) append_new(explanation.sources, source->sources);
  }
}

ExplainedSection records_section(const std::vector<PackageRecord>& records, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{.id = "records",
                           .title = say(language, "Which sources have it", "哪些软件源提供"),
                           .lines = {},
                           .rows = record_rows(records, knowledge.catalog, language)};
  if (records.empty())
    section.lines.push_back(
        say(language, "No source the catalog knows is asked for it.", "目录中的软件源都不会用到它。"));
  return section;
}

}  // namespace

Explanation explain_package(const std::string& name, const Knowledge& knowledge) {
  const Concept* subject = concept_of_package(knowledge.catalog, knowledge.concepts, name);
  const std::vector<PackageRecord> records = package_records(knowledge.catalog, name);
  Explanation explanation;
  explanation.kind = "package";
  explanation.id = name;
  explanation.title = title_with_concept(name, subject, knowledge.language);
  add_section(explanation, plan_section(name, knowledge));
  add_concept_text(explanation, subject, knowledge);
  add_section(explanation, records_section(records, knowledge));
  add_section(explanation, here_section(nullptr, {}, {name}, knowledge));
  add_record_files(explanation, records);
  add_record_sources(explanation, records, knowledge.catalog);
  return explanation;
}

}  // namespace nvprov
