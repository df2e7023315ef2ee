// A package and a component: what the records say of them.
#include <algorithm>
#include <map>

#include "base/append_new.hpp"
#include "catalog/records.hpp"
#include "explain/records_table.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"
#include "report/sentences.hpp"

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

// Concept first: who does not know what a thing is has no use for where it comes from.
void add_concept(Explanation& explanation, const Concept* subject, const Knowledge& knowledge) {
  if (subject == nullptr) return;
  for (ExplainedSection& section : concept_sections(*subject, knowledge.language))
    add_section(explanation, std::move(section));
  explanation.related = {subject->id};
  append_new(explanation.related, subject->related);
  explanation.records.push_back(concept_file(subject->id));
  explanation.sources = subject->sources;
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

std::string title_of(const std::string& name, const Concept* subject, Language language) {
  if (subject == nullptr) return name;
  return name + say(language, ": ", "：") + text_in(subject->title, language);
}

const ConceptPart* part_of(const Concept* subject, const std::string& component) {
  if (subject == nullptr) return nullptr;
  const auto part = std::ranges::find(subject->parts, component, &ConceptPart::component);
  return part != subject->parts.end() ? &*part : nullptr;
}

// One package with what it is made of many releases: "cuda-cudart-{cuda_dash}" is one row.
void add_family_rows(ExplainedSection& section, const std::string& component, const Knowledge& knowledge) {
  for (const PackageFamily& family : knowledge.catalog.families) {
    for (const PackageEra& era : family.eras)
      for (const ComponentPackages& each : era.components)
        if (each.component == component)
          section.rows.push_back(
              {listed(knowledge.language, each.packages),
               say(knowledge.language, "driver {subject}[ to {other}| and later]",
                   "驱动 {subject}[ 至 {other}| 及以后]",
                   {.subject = era.first_branch, .other = era.last_branch.value_or(""), .limit = {}}),
               family.id, each.license});
    for (const CudaComponent& each : family.cuda)
      if (each.component == component)
        section.rows.push_back(
            {listed(knowledge.language, each.packages),
             say(knowledge.language, "CUDA[ from {subject}][ to {other}]", "CUDA[ {subject} 起][ 至 {other}]",
                 {.subject = each.first_release.value_or(""), .other = each.last_release.value_or(""), .limit = {}}),
             family.id, each.license});
  }
}

void add_own_rows(ExplainedSection& section, const std::string& component, const Knowledge& knowledge) {
  for (const Distro& distro : knowledge.catalog.distros)
    for (const PackageSource& source : distro.package_sources) {
      if (!source.family.empty()) continue;
      const std::string where = distro.id + " " + source.id;
      for (const DriverPackageSet& set : source.package_sets)
        for (const ComponentPackages& each : set.components)
          if (each.component == component)
            section.rows.push_back({listed(knowledge.language, each.packages),
                                    say(knowledge.language, "driver set {subject}", "驱动组 {subject}",
                                        {.subject = set.id, .other = {}, .limit = {}}),
                                    where, each.license});
      for (const CudaOffer& offer : source.cuda)
        for (const ComponentPackages& each : offer.components)
          if (each.component == component)
            section.rows.push_back(
                {listed(knowledge.language, each.packages), "CUDA " + offer.release, where, each.license});
    }
}

ExplainedSection component_rows(const std::string& component, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{.id = "packages",
                           .title = say(language, "Its packages", "对应的软件包"),
                           .lines = {},
                           .rows = {{say(language, "packages", "软件包"), say(language, "of", "所属版本"),
                                     say(language, "source", "软件源"), say(language, "licence", "许可")}}};
  add_family_rows(section, component, knowledge);
  add_own_rows(section, component, knowledge);
  return section;
}

}  // namespace

Explanation explain_package(const std::string& name, const Knowledge& knowledge) {
  const Concept* subject = concept_of_package(knowledge.catalog, knowledge.concepts, name);
  const std::vector<PackageRecord> records = package_records(knowledge.catalog, name);
  Explanation explanation;
  explanation.kind = "package";
  explanation.id = name;
  explanation.title = title_of(name, subject, knowledge.language);
  add_section(explanation, plan_section(name, knowledge));
  add_concept(explanation, subject, knowledge);
  add_section(explanation, records_section(records, knowledge));
  add_section(explanation, here_section(nullptr, {}, {name}, knowledge));
  add_record_files(explanation, records);
  add_record_sources(explanation, records, knowledge.catalog);
  return explanation;
}

Explanation explain_component(const std::string& component, const Knowledge& knowledge) {
  const Concept* subject = concept_of_component(knowledge.concepts, component);
  const ConceptPart* part = part_of(subject, component);
  Explanation explanation;
  explanation.kind = "component";
  explanation.id = component;
  explanation.title = title_of(component, subject, knowledge.language);
  if (part != nullptr)
    add_section(explanation,
                {.id = "part", .title = component, .lines = {text_in(part->what, knowledge.language)}, .rows = {}});
  add_concept(explanation, subject, knowledge);
  add_section(explanation, component_rows(component, knowledge));
  add_section(explanation, here_section(nullptr, {component}, {}, knowledge));
  return explanation;
}

}  // namespace nvprov
