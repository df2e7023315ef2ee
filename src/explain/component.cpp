// A component: the packages that are it, family by family.
#include <algorithm>

#include "explain/say.hpp"
#include "explain/sections.hpp"

namespace nvprov {
namespace {

const ConceptPart* part_of(const Concept* subject, const std::string& component) {
  if (subject == nullptr) return nullptr;
  const auto part = std::ranges::find(subject->parts, component, &ConceptPart::component);
  return part != subject->parts.end() ? &*part : nullptr;
}

void add_row(ExplainedSection& section, const std::vector<std::string>& packages, std::string release,
             std::string source, const std::string& license, Language language) {
  section.rows.push_back({listed(language, packages), std::move(release), std::move(source), license});
}

// The branches an era of names goes on for: "driver 580 to 590".
std::string era_words(const PackageEra& era, Language language) {
  return say(language, "driver {subject}[ to {other}| and later]", "驱动 {subject}[ 至 {other}| 及以后]",
             {.subject = era.first_branch, .other = era.last_branch.value_or(""), .limit = {}});
}

std::string release_words(const CudaComponent& component, Language language) {
  if (!component.first_release && !component.last_release) return say(language, "every CUDA release", "所有 CUDA 版本");
  return say(
      language, "CUDA[ from {subject}][ to {other}]", "CUDA[ {subject} 起][ 至 {other}]",
      {.subject = component.first_release.value_or(""), .other = component.last_release.value_or(""), .limit = {}});
}

// Names of a family hold placeholders: one row stands for all its releases.
void add_family_rows(ExplainedSection& section, const std::string& component, const PackageFamily& family,
                     Language language) {
  for (const PackageEra& era : family.eras)
    for (const ComponentPackages& each : era.components)
      if (each.component == component)
        add_row(section, each.packages, era_words(era, language), family.id, each.license, language);
  for (const CudaComponent& each : family.cuda)
    if (each.component == component)
      add_row(section, each.packages, release_words(each, language), family.id, each.license, language);
}

void add_own_rows(ExplainedSection& section, const std::string& component, const PackageSource& source,
                  const std::string& where, Language language) {
  for (const DriverPackageSet& set : source.package_sets)
    for (const ComponentPackages& each : set.components)
      if (each.component == component)
        add_row(
            section, each.packages,
            say(language, "driver set {subject}", "驱动组 {subject}", {.subject = set.id, .other = {}, .limit = {}}),
            where, each.license, language);
  for (const CudaOffer& offer : source.cuda)
    for (const ComponentPackages& each : offer.components)
      if (each.component == component)
        add_row(section, each.packages, "CUDA " + offer.release, where, each.license, language);
}

ExplainedSection component_rows(const std::string& component, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{.id = "packages",
                           .title = say(language, "Its packages", "对应的软件包"),
                           .lines = {},
                           .rows = {{say(language, "packages", "软件包"), say(language, "of", "所属版本"),
                                     say(language, "source", "软件源"), say(language, "licence", "许可")}}};
  for (const PackageFamily& family : knowledge.catalog.families) add_family_rows(section, component, family, language);
  for (const Distro& distro : knowledge.catalog.distros)
    for (const PackageSource& source : distro.package_sources)
      if (source.family.empty()) add_own_rows(section, component, source, distro.id + " " + source.id, language);
  return section;
}

}  // namespace

Explanation explain_component(const std::string& component, const Knowledge& knowledge) {
  const Concept* subject = concept_of_component(knowledge.concepts, component);
  const ConceptPart* part = part_of(subject, component);
  Explanation explanation;
  explanation.kind = "component";
  explanation.id = component;
  explanation.title = title_with_concept(component, subject, knowledge.language);
  if (part != nullptr)
    add_section(explanation,
                {.id = "part", .title = component, .lines = {text_in(part->what, knowledge.language)}, .rows = {}});
  add_concept_text(explanation, subject, knowledge);
  add_section(explanation, component_rows(component, knowledge));
  add_section(explanation, here_section(nullptr, {component}, {}, knowledge));
  return explanation;
}

}  // namespace nvprov
