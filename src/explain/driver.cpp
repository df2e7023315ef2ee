// A driver branch or one of its releases.
#include <algorithm>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "catalog/records.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"
#include "report/sentences.hpp"
#include "resolve/gpu_rules.hpp"

namespace nvprov {
namespace {

std::string modules_of(const DriverBranch& branch, Language language) {
  if (branch.has_open_module && branch.has_proprietary_module)
    return say(language, "open and proprietary", "开放与专有");
  return branch.has_open_module ? say(language, "open only", "仅开放") : say(language, "proprietary only", "仅专有");
}

ExplainedSection branch_section(const DriverBranch& branch, Language language) {
  const std::string type = branch.type ? branch_type_name(language, *branch.type) : "";
  const std::string modules = modules_of(branch, language);
  const std::string count = std::to_string(branch.releases.size());
  return {
      .id = "what",
      .title = say(language, "What it is", "是什么"),
      .lines = {say(language,
                    "Driver branch {subject}[, {other}]; NVIDIA's support [ends on {limit}|has no known end].",
                    "驱动分支 {subject}[（{other}分支）]，NVIDIA 支持[到 {limit}|期限未知]。",
                    {.subject = branch.branch, .other = type, .limit = branch.end_of_life.value_or("")}),
                say(language, "GPUs: {subject} to {other}", "GPU 架构：{subject} 至 {other}",
                    {.subject = branch.oldest_architecture, .other = branch.newest_architecture, .limit = {}}),
                say(language, "CUDA: programs built with releases up to [{subject}|an unknown one] are fully supported",
                    "CUDA：完全支持的最高版本为 [{subject}|（未知）]",
                    {.subject = branch.cuda.value_or(""), .other = {}, .limit = {}}),
                say(language, "kernel module: {subject}", "内核模块：{subject}",
                    {.subject = modules, .other = {}, .limit = {}}),
                say(language, "releases known: {subject}, the newest is {other}",
                    "已知版本 {subject} 个，最新为 {other}",
                    {.subject = count, .other = branch.releases.back().version, .limit = {}})},
      .rows = {}};
}

ExplainedSection release_section(const DriverBranch& branch, const std::string& version, Language language) {
  ExplainedSection section{.id = "release", .title = version, .lines = {}, .rows = {}};
  const auto release = std::ranges::find(branch.releases, version, &DriverRelease::version);
  if (release == branch.releases.end()) return section;
  section.lines.push_back(say(language, "A release of branch {subject}, [of {other}|its date is not known].",
                              "分支 {subject} 的一个版本，[发布于 {other}|发布日期未知]。",
                              {.subject = branch.branch, .other = release->date.value_or(""), .limit = {}}));
  return section;
}

ExplainedSection offers_section(const DriverBranch& branch, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{
      .id = "offers", .title = say(language, "Where it is offered", "哪些软件源提供"), .lines = {}, .rows = {}};
  for (const Distro& distro : knowledge.catalog.distros)
    for (const PackageSource& source : distro.package_sources) {
      std::string newest;
      for (const DriverOffer& offer : source.drivers)
        if (offer.branch == branch.branch) newest = offer.version;
      if (!newest.empty()) section.rows.push_back({distro.id, source.id, newest});
    }
  if (section.rows.empty())
    section.lines.push_back(
        say(language, "No source of any distribution the catalog knows.", "目录中的发行版都不提供。"));
  else
    section.rows.insert(section.rows.begin(),
                        {say(language, "distribution", "发行版"), say(language, "source", "软件源"),
                         say(language, "newest release", "最新版本")});
  return section;
}

ExplainedSection branch_here(const DriverBranch& branch, const Knowledge& knowledge) {
  ExplainedSection section{.id = "here", .title = here_title(knowledge), .lines = {}, .rows = {}};
  if (knowledge.here == nullptr || knowledge.here->target == Target::image) return section;
  const Language language = knowledge.language;
  const HostFacts& facts = knowledge.here->facts;
  const auto driver = driver_here(*knowledge.here);
  if (driver && driver->is_installed)
    section.lines.push_back(say(language, "driver here: {subject}", "本机驱动：{subject}",
                                {.subject = driver->version, .other = {}, .limit = {}}));
  for (const Gpu& gpu : distinct_gpus(facts.gpus)) {
    const auto conflict = gpu_not_served(gpu, branch, knowledge.catalog);
    section.lines.push_back(conflict ? sentence(*conflict)
                                     : say(language, "{subject}: this branch drives it", "{subject}：该分支可以驱动",
                                           {.subject = gpu.name, .other = {}, .limit = {}}));
  }
  return section;
}

}  // namespace

Explanation explain_driver(const std::string& version, const Knowledge& knowledge) {
  const DriverBranch* branch = find_branch(knowledge.catalog, version.substr(0, version.find('.')));
  if (branch == nullptr) return {};
  Explanation explanation{.kind = "driver",
                          .id = version,
                          .title = say(knowledge.language, "NVIDIA driver {subject}", "NVIDIA 驱动 {subject}",
                                       {.subject = version, .other = {}, .limit = {}}),
                          .sections = {},
                          .related = {"driver", "driver-branch", "cuda-version"},
                          .records = {driver_file(branch->branch)},
                          .sources = branch->sources};
  add_section(explanation, release_section(*branch, version, knowledge.language));
  add_section(explanation, branch_section(*branch, knowledge.language));
  add_section(explanation, offers_section(*branch, knowledge));
  add_section(explanation, branch_here(*branch, knowledge));
  return explanation;
}

}  // namespace nvprov
