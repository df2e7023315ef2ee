// The chain of facts and records that put a package on a plan.
#include <algorithm>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "catalog/records.hpp"
#include "explain/plan_place.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

using ChainRows = std::vector<std::vector<std::string>>;

// What a chain is told from.
struct Chain {
  const Plan& plan;
  const PlacedPackage& placed;
  const std::string& package;
  Language language;
};

void add_link(ChainRows& rows, std::string link, std::string what, std::string record) {
  rows.push_back({std::move(link), std::move(what), std::move(record)});
}

// Why the plan chose, by its own words, and where the facts stand.
void add_reasons(ChainRows& rows, const Chain& chain, std::string_view subject) {
  for (const Reason& reason : chain.plan.resolution.reasons) {
    if (reason.subject != subject) continue;
    std::vector<std::string> titles;
    for (const Source& source : reason.sources) append_new(titles, {source.title});
    add_link(rows, say(chain.language, "why", "原因"), reason_words(reason), listed_briefly(chain.language, titles, 1));
  }
}

std::vector<std::string> profile_files(const Plan& plan) {
  std::vector<std::string> files;
  for (const std::string& id : plan.resolution.profiles) files.push_back(profile_file(id));
  return files;
}

void add_profile(ChainRows& rows, const Chain& chain) {
  const bool is_image = chain.plan.resolution.target == Target::image;
  const std::string profiles = listed(chain.language, chain.plan.resolution.profiles);
  add_link(rows, say(chain.language, "profile", "方案"),
           say(chain.language, is_image ? "{subject}, for a container image" : "{subject}, for a host",
               is_image ? "{subject}，用于容器镜像" : "{subject}，用于主机",
               {.subject = profiles, .other = {}, .limit = {}}),
           join(profile_files(chain.plan), ", "));
}

// The file and, of a family, the era a package set is written in.
std::string set_record(const PlacedPackage& placed) {
  if (placed.source == nullptr || placed.distro == nullptr) return "";
  return placed.source->family.empty() ? distro_file(placed.distro->id) : family_file(placed.source->family);
}

void add_source_link(ChainRows& rows, const Chain& chain) {
  if (chain.placed.source == nullptr || chain.placed.distro == nullptr) return;
  add_link(rows, say(chain.language, "source", "软件源"), chain.placed.source->title,
           distro_file(chain.placed.distro->id));
  add_reasons(rows, chain, "source");
}

void add_driver_release(ChainRows& rows, const Chain& chain) {
  const auto& driver = chain.plan.resolution.driver;
  if (!driver) return;
  add_link(rows, say(chain.language, "release", "版本"),
           say(chain.language, "driver {subject} of branch {other}", "驱动 {subject}（分支 {other}）",
               {.subject = driver->version, .other = driver->branch, .limit = {}}),
           driver_file(driver->branch));
  add_reasons(rows, chain, "driver");
}

void add_component_link(ChainRows& rows, const Chain& chain, std::string_view en, std::string_view zh) {
  const std::string set = chain.placed.set != nullptr ? chain.placed.set->id : "";
  add_link(
      rows, say(chain.language, "record", "记录"),
      say(chain.language, en, zh,
          {.subject = chain.placed.place == PlanPlace::module ? flavour_name(chain.language, chain.placed.component)
                                                              : chain.placed.component,
           .other = chain.package,
           .limit = set}),
      set_record(chain.placed));
}

void add_driver_chain(ChainRows& rows, const Chain& chain) {
  add_profile(rows, chain);
  if (chain.placed.place == PlanPlace::component)
    add_component_link(rows, chain, "the profile's component {subject} is {other}[ in the package set {limit}]",
                       "方案中的组件 {subject} 即 {other}[，属于软件包组 {limit}]");
  else if (chain.placed.place == PlanPlace::module)
    add_component_link(rows, chain, "the kernel module, {subject}, is {other}[ in the package set {limit}]",
                       "内核模块（{subject}）即 {other}[，属于软件包组 {limit}]");
  else
    add_component_link(rows, chain,
                       "{other} carries the driver's version[ in the package set {limit}], and would come at another",
                       "{other} 的版本必须与驱动相同[（软件包组 {limit}）]，否则会装成别的版本");
  if (chain.placed.place == PlanPlace::module) add_reasons(rows, chain, "module");
  add_driver_release(rows, chain);
  add_source_link(rows, chain);
}

void add_cuda_chain(ChainRows& rows, const Chain& chain) {
  const CudaChoice& cuda = *chain.placed.cuda;
  if (!chain.placed.asked_by.empty())
    add_link(rows, say(chain.language, "request", "请求"), chain.placed.asked_by, "");
  else
    add_profile(rows, chain);
  add_component_link(rows, chain, "the CUDA component {subject} is {other}", "CUDA 组件 {subject} 即 {other}");
  add_link(rows, say(chain.language, "release", "版本"), "CUDA " + cuda.release + " (" + cuda.update + ")",
           cuda_file(cuda.release));
  add_reasons(rows, chain, "cuda");
  add_source_link(rows, chain);
}

void add_headers_chain(ChainRows& rows, const Chain& chain) {
  add_profile(rows, chain);
  const std::string kernels = listed(chain.language, chain.plan.resolution.kernels);
  add_link(rows, say(chain.language, "record", "记录"),
           say(chain.language, "headers of the kernel[ {subject}], for which DKMS builds the module",
               "内核[ {subject} ]的头文件，DKMS 编译模块时使用", {.subject = kernels, .other = {}, .limit = {}}),
           chain.placed.distro != nullptr ? distro_file(chain.placed.distro->id) : "");
  add_driver_release(rows, chain);
}

std::vector<std::string> asked_names(const Plan& plan) {
  std::vector<std::string> names;
  for (const PackageChange& change : plan.closure.packages)
    if (change.requested) names.push_back(change.name);
  return names;
}

void add_dependency(ChainRows& rows, const Chain& chain) {
  const std::string asked = listed_briefly(chain.language, asked_names(chain.plan), 6);
  add_link(rows, say(chain.language, "dependency", "依赖"),
           say(chain.language,
               "not asked for; the package manager draws it in for what is asked for[: {subject}]. A plan does not "
               "keep for which of them",
               "没有直接请求，由包管理器作为依赖带入[，所请求的软件包为：{subject}]。计划中不记录具体是哪一个依赖它",
               {.subject = asked, .other = {}, .limit = {}}),
           "");
  if (chain.placed.change->driver_versioned) add_driver_release(rows, chain);
}

void add_helper(ChainRows& rows, const Chain& chain) {
  add_link(rows, say(chain.language, "prerequisite", "前提"),
           say(chain.language, "needed before packages can be fetched or held", "获取或锁定软件包之前需要它"),
           chain.placed.distro != nullptr ? distro_file(chain.placed.distro->id) : "");
}

// The facts of the machine every choice rests on.
void add_facts(ChainRows& rows, const Chain& chain) {
  const std::string fact = say(chain.language, "fact", "事实");
  add_link(rows, fact, chain.plan.host, chain.placed.distro != nullptr ? distro_file(chain.placed.distro->id) : "");
  if (!chain.plan.gpus.empty())
    add_link(rows, fact, "GPU: " + listed(chain.language, chain.plan.gpus), std::string(gpus_file));
  if (!chain.plan.resolution.kernels.empty())
    add_link(rows, fact,
             say(chain.language, "kernel: ", "内核：") + listed(chain.language, chain.plan.resolution.kernels), "");
}

std::string action_words(PackageAction action, Language language) {
  switch (action) {
    case PackageAction::install: return say(language, "new", "新装");
    case PackageAction::upgrade: return say(language, "upgraded", "升级");
    case PackageAction::downgrade: return say(language, "downgraded", "降级");
    case PackageAction::remove: return say(language, "removed", "删除");
    case PackageAction::keep: return say(language, "kept", "保留");
  }
  return "";
}

std::string change_line(const Chain& chain) {
  const PackageChange* change = chain.placed.change;
  if (change == nullptr)
    return say(chain.language, "{subject} is needed and there already: nothing is done for it",
               "{subject} 是必需的，而且已经安装，无需操作", {.subject = chain.package, .other = {}, .limit = {}});
  const std::string action = action_words(change->action, chain.language);
  return say(chain.language, "{subject}[ {other}] is on the plan", "计划中包含 {subject}[ {other}]",
             {.subject = change->name, .other = change->version.value_or(""), .limit = {}}) +
         (change->origin ? say(chain.language, ", from ", "，来自 ") + *change->origin : "") +
         say(chain.language, " ({subject})", "（{subject}）", {.subject = action, .other = {}, .limit = {}});
}

ChainRows chain_rows(const Chain& chain) {
  ChainRows rows = {{say(chain.language, "link", "环节"), say(chain.language, "what", "内容"),
                     say(chain.language, "written in", "出处")}};
  switch (chain.placed.place) {
    case PlanPlace::component:
    case PlanPlace::module:
    case PlanPlace::one_version: add_driver_chain(rows, chain); break;
    case PlanPlace::cuda: add_cuda_chain(rows, chain); break;
    case PlanPlace::headers: add_headers_chain(rows, chain); break;
    case PlanPlace::helper: add_helper(rows, chain); break;
    case PlanPlace::dependency: add_dependency(rows, chain); break;
    case PlanPlace::absent: return {};
  }
  add_facts(rows, chain);
  return rows;
}

std::string absence_words(const AbsentPackage& absent, Language language) {
  const std::string detail =
      absent.why == Absence::other_flavour ? flavour_name(language, absent.detail) : absent.detail;
  const SentenceValues values{.subject = detail, .other = {}, .limit = {}};
  switch (absent.why) {
    case Absence::installed: return say(language, "it is installed already", "它已经安装");
    case Absence::left_out:
      return say(language, "the profile leaves it out to stay small; ask for it with `{subject}`",
                 "方案默认从简，没有包含它；需要时用 `{subject}` 指定", values);
    case Absence::image: return say(language, "an image never holds a driver", "镜像中从不包含驱动");
    case Absence::other_flavour:
      return say(language, "the plan takes the kernel module in the flavour {subject}",
                 "计划采用的内核模块是 {subject}", values);
    case Absence::other_branch:
      return say(language, "it is of another driver than the plan's, {subject}",
                 "它属于另一个驱动，计划采用的是 {subject}", values);
    case Absence::other_cuda:
      return say(language, "it is of another CUDA release than the plan's[, {subject}]",
                 "它属于另一个 CUDA 版本[，计划采用的是 {subject}]", values);
    case Absence::other_source:
      return say(language, "its source is not the plan's, {subject}", "提供它的软件源不是计划所用的 {subject}", values);
    case Absence::never_asked:
      return say(language, "no record of any source names it, so no plan asks for it",
                 "没有任何软件源的记录提到它，因此计划不会请求它");
    case Absence::nothing_needs: return say(language, "nothing on the plan needs it", "计划中没有任何东西需要它");
  }
  return "";
}

AbsentPackage absence_here(const std::string& package, const Knowledge& knowledge) {
  if (knowledge.here != nullptr && find_installed(knowledge.here->facts, package) != nullptr)
    return {Absence::installed, ""};
  return absence_from_plan(*knowledge.plan.plan, knowledge.catalog, package);
}

}  // namespace

ExplainedSection plan_section(const std::string& package, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{.id = "plan", .title = {}, .lines = {}, .rows = {}};
  if (knowledge.plan.plan == nullptr) {
    section.title = say(language, "On the plan", "在计划中");
    if (!knowledge.plan.why_not.empty())
      section.lines.push_back(say(language, "There is no plan here: {subject}", "这里没有计划：{subject}",
                                  {.subject = knowledge.plan.why_not, .other = {}, .limit = {}}));
    return section;
  }
  const Plan& plan = *knowledge.plan.plan;
  section.title = say(language, "On the plan for {subject}", "在 {subject} 的计划中",
                      {.subject = plan.host, .other = {}, .limit = {}});
  const PlacedPackage placed = place_on_plan(plan, knowledge.catalog, package);
  if (placed.place == PlanPlace::absent) {
    const std::string why = absence_words(absence_here(package, knowledge), language);
    section.lines.push_back(say(language, "{subject} is not on the plan: {other}", "计划中没有 {subject}：{other}",
                                {.subject = package, .other = why, .limit = {}}));
    return section;
  }
  const Chain chain{plan, placed, package, language};
  section.lines.push_back(change_line(chain));
  section.rows = chain_rows(chain);
  return section;
}

}  // namespace nvprov
