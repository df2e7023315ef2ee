// A distribution of the catalog.
#include "base/append_new.hpp"
#include "catalog/records.hpp"
#include "explain/records_table.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"

namespace nvprov {
namespace {

ExplainedSection sources_section(const Distro& distro, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{.id = "sources", .title = say(language, "Its sources", "软件源"), .lines = {}, .rows = {}};
  for (const PackageSource& source : distro.package_sources) {
    std::vector<std::string> branches;
    std::vector<std::string> releases;
    for (const DriverOffer& offer : source.drivers) append_new(branches, {offer.branch});
    for (const CudaOffer& offer : source.cuda) append_new(releases, {offer.release});
    section.rows.push_back({source.id, spans(branches, all_branches(knowledge.catalog), language),
                            spans(releases, all_cuda(knowledge.catalog), language)});
  }
  if (section.rows.empty())
    section.lines.push_back(
        say(language, "nvprov knows it, but no source of packages for it.", "nvprov 认识它，但没有可用的软件源。"));
  else
    section.rows.insert(section.rows.begin(),
                        {say(language, "source", "软件源"), say(language, "driver branches", "驱动分支"), "CUDA"});
  return section;
}

}  // namespace

Explanation explain_distro(const Distro& distro, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  std::vector<std::string> architectures;
  for (const DistroArchitecture& each : distro.architectures) architectures.push_back(each.arch);
  const std::string machines = listed(language, architectures);
  Explanation explanation{
      .kind = "distribution",
      .id = distro.id,
      .title = distro.name,
      .sections =
          {{.id = "what",
            .title = say(language, "What it is", "是什么"),
            .lines = {say(
                language, "A distribution for {subject}, with {other}; support [ends on {limit}|has no known end].",
                "支持 {subject} 的发行版，使用 {other}，支持[到 {limit}|期限未知]。",
                {.subject = machines, .other = distro.package_manager, .limit = distro.end_of_life.value_or("")})},
            .rows = {}}},
      .related = {"repositories", "driver"},
      .records = {distro_file(distro.id)},
      .sources = distro.sources};
  add_section(explanation, sources_section(distro, knowledge));
  if (knowledge.here != nullptr && knowledge.here->distro != nullptr && knowledge.here->distro->id == distro.id)
    add_section(explanation, {.id = "here",
                              .title = here_title(knowledge),
                              .lines = {say(language, "This is the one.", "正是这个发行版。")},
                              .rows = {}});
  return explanation;
}

}  // namespace nvprov
