// A profile: what it is made of, and its smallest set everywhere.
#include <algorithm>
#include <utility>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "catalog/records.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"
#include "explain/smallest_set.hpp"
#include "report/gpu_groups.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string component_words(const std::string& component, const Knowledge& knowledge) {
  const Concept* subject = concept_of_component(knowledge.concepts, component);
  if (subject == nullptr) return component;
  const auto part = std::ranges::find(subject->parts, component, &ConceptPart::component);
  return component + say(knowledge.language, " (", "（") + text_in(part->what, knowledge.language) +
         say(knowledge.language, ")", "）");
}

std::vector<std::string> component_list(const std::vector<std::string>& components, const Knowledge& knowledge) {
  std::vector<std::string> words;
  for (const std::string& component : components) words.push_back(component_words(component, knowledge));
  return words;
}

void add_components_line(ExplainedSection& section, std::string_view en, std::string_view zh,
                         const std::vector<std::string>& components, const Knowledge& knowledge) {
  if (components.empty()) return;
  const std::string words = listed(knowledge.language, component_list(components, knowledge));
  section.lines.push_back(say(knowledge.language, en, zh, {.subject = words, .other = {}, .limit = {}}));
}

ExplainedSection parts_of_profile(const Profile& profile, const Knowledge& knowledge) {
  ExplainedSection section{
      .id = "parts", .title = say(knowledge.language, "What it is made of", "组成部分"), .lines = {}, .rows = {}};
  const ProfilePart& host = profile.host;
  if (host.driver)
    section.lines.push_back(say(knowledge.language,
                                "On a host: the driver's kernel module, in the flavour the GPUs need",
                                "主机：驱动的内核模块，种类按 GPU 选择"));
  add_components_line(section, "of the driver: {subject}", "驱动部分：{subject}", host.driver_components, knowledge);
  add_components_line(section, "of CUDA: {subject}; `--cuda none` leaves it out",
                      "CUDA 部分：{subject}；用 `--cuda none` 可以不装", host.cuda_components, knowledge);
  add_components_line(section, "with NVSwitches: {subject}", "有 NVSwitch 时另加：{subject}", host.nvswitch_components,
                      knowledge);
  add_components_line(section, "with NVLink 5 switches: {subject}", "有 NVLink 5 交换芯片时：{subject}",
                      host.nvlink5_components, knowledge);
  add_components_line(section, "on boards of NVLink racks: {subject}", "在 NVLink 机柜的主板上：{subject}",
                      host.rack_components, knowledge);
  add_components_line(section, "In a container image: {subject}, and no driver", "容器镜像：{subject}，不含驱动",
                      profile.image.cuda_components, knowledge);
  return section;
}

std::string packages_or_refusal(const SmallestSet& set) {
  return set.refusal.empty() ? join(set.packages, " ") : "- " + sentence(set.refusal.front());
}

std::vector<std::string> row_of(const SmallestSet& set, const std::string& distros, Target target) {
  std::vector<std::string> row = {distros, set.source};
  if (target == Target::host) row.push_back(set.driver);
  row.push_back(set.cuda);
  row.push_back(packages_or_refusal(set));
  return row;
}

// Distributions for which the same source asks for the same stand in one row.
std::vector<std::vector<std::string>> merged_rows(const std::vector<SmallestSet>& sets, Target target) {
  std::vector<std::pair<SmallestSet, std::vector<std::string>>> merged;
  for (SmallestSet set : sets) {
    const std::string distro = std::exchange(set.distro, "");
    const auto same = std::ranges::find_if(merged, [&](const auto& each) { return each.first == set; });
    if (same != merged.end())
      same->second.push_back(distro);
    else
      merged.push_back({std::move(set), {distro}});
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [set, distros] : merged) rows.push_back(row_of(set, join(distros, ", "), target));
  return rows;
}

std::vector<std::string> sets_heading(Target target, Language language) {
  std::vector<std::string> heading = {say(language, "distribution", "发行版"), say(language, "source", "软件源")};
  if (target == Target::host) heading.push_back(say(language, "driver", "驱动"));
  heading.emplace_back("CUDA");
  heading.push_back(say(language, "packages", "软件包"));
  return heading;
}

// The GPUs the sets are shown for, and that they are an example where they are.
std::vector<Gpu> gpus_to_show(const Knowledge& knowledge, bool& is_example) {
  is_example = knowledge.here == nullptr || knowledge.here->facts.gpus.empty();
  return is_example ? example_gpu(knowledge.catalog) : knowledge.here->facts.gpus;
}

ExplainedSection sets_section(const Profile& profile, Target target, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  bool is_example = false;
  const std::vector<Gpu> gpus = gpus_to_show(knowledge, is_example);
  const std::string names = gpu_names(gpus);
  const std::string architecture = knowledge.here != nullptr ? knowledge.here->facts.architecture : "";
  ExplainedSection section;
  section.id = target == Target::host ? "smallest-set" : "smallest-set-image";
  section.title = target == Target::host
                      ? say(language, "The smallest set on each distribution", "各发行版上的最小安装")
                      : say(language, "The smallest set in an image of each distribution", "各发行版镜像中的最小安装");
  if (target == Target::host)
    section.lines.push_back(
        say(language,
            is_example ? "For {subject}, as an example; name yours with `--gpu`. Headers of the kernel come with it "
                         "where the module is built."
                       : "For {subject}. Headers of the kernel come with it where the module is built.",
            is_example ? "以 {subject} 为例；可用 `--gpu` 指定你的 GPU。需要编译内核模块时，还会加上内核头文件。"
                       : "针对 {subject}。需要编译内核模块时，还会加上内核头文件。",
            {.subject = names, .other = {}, .limit = {}}));
  else
    section.lines.push_back(say(language, "With the newest CUDA release on offer; `--cuda` names another.",
                                "采用可提供的最新 CUDA 版本；可用 `--cuda` 另行指定。"));
  section.rows.push_back(sets_heading(target, language));
  append(section.rows, merged_rows(smallest_sets(knowledge.catalog, profile, target, gpus, architecture), target));
  return section;
}

ExplainedSection profile_here_section(const Profile& profile, const Knowledge& knowledge) {
  ExplainedSection section{.id = "here", .title = here_title(knowledge), .lines = {}, .rows = {}};
  if (knowledge.here == nullptr) return section;
  const auto found = std::ranges::find(knowledge.here->profiles, profile.id, &ProfileHere::profile);
  if (found == knowledge.here->profiles.end()) return section;
  std::vector<std::string> packages;
  if (found->resolution && found->resolution->driver) append_new(packages, found->resolution->driver->packages);
  if (found->resolution)
    for (const CudaChoice& cuda : found->resolution->cuda) append_new(packages, cuda.packages);
  const std::string list = listed(knowledge.language, packages);
  if (found->resolution)
    section.lines.push_back(say(knowledge.language, "asks for: [{subject}|nothing]", "需要：[{subject}|无]",
                                {.subject = list, .other = {}, .limit = {}}));
  for (const Conflict& conflict : found->refusal) section.lines.push_back(sentence(conflict));
  return section;
}

}  // namespace

Explanation explain_profile(const Profile& profile, const Knowledge& knowledge) {
  Explanation explanation{.kind = "profile",
                          .id = profile.id,
                          .title = say(knowledge.language, "{subject}: {other}", "{subject} 方案",
                                       {.subject = profile.id, .other = profile.title, .limit = {}}),
                          .sections = {},
                          .related = {},
                          .records = {profile_file(profile.id)},
                          .sources = profile.sources};
  for (const std::string& component : profile.host.driver_components)
    if (const Concept* subject = concept_of_component(knowledge.concepts, component))
      append_new(explanation.related, {subject->id});
  add_section(explanation, parts_of_profile(profile, knowledge));
  add_section(explanation, profile_here_section(profile, knowledge));
  add_section(explanation, sets_section(profile, Target::host, knowledge));
  add_section(explanation, sets_section(profile, Target::image, knowledge));
  return explanation;
}

}  // namespace nvprov
