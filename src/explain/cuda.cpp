// A CUDA release.
#include <algorithm>

#include "catalog/records.hpp"
#include "explain/image_support.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

const CudaRelease* release_of_version(const Catalog& catalog, const std::string& version) {
  for (const CudaRelease& cuda : catalog.cuda)
    if (cuda.release == version || std::ranges::find(cuda.updates, version, &CudaUpdate::version) != cuda.updates.end())
      return &cuda;
  return nullptr;
}

ExplainedSection floors_section(const CudaRelease& cuda, Language language) {
  ExplainedSection section{.id = "what", .title = say(language, "What it needs", "要求"), .lines = {}, .rows = {}};
  section.lines = {say(language, "Runs from driver [{subject}|(not known)] on by minor-version compatibility.",
                       "小版本兼容要求的最低驱动：[{subject}|未知]。",
                       {.subject = cuda.minor_compat_min_driver.value_or(""), .other = {}, .limit = {}})};
  const std::string capabilities = listed(language, cuda.compute_capabilities);
  section.lines.push_back(say(language, "Compute capabilities its libraries have code for: [{subject}|not known]",
                              "其库含有代码的计算能力：[{subject}|未知]",
                              {.subject = capabilities, .other = {}, .limit = {}}));
  section.rows.push_back({say(language, "update", "更新"),
                          say(language, "fully supported from driver", "完全支持所需驱动"),
                          say(language, "date", "日期")});
  for (const CudaUpdate& update : cuda.updates)
    section.rows.push_back({update.version, update.min_driver.value_or("-"), update.date.value_or("-")});
  return section;
}

ExplainedSection cuda_offers(const CudaRelease& cuda, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{
      .id = "offers", .title = say(language, "Where it is offered", "哪些软件源提供"), .lines = {}, .rows = {}};
  for (const Distro& distro : knowledge.catalog.distros)
    for (const PackageSource& source : distro.package_sources)
      for (const CudaOffer& offer : source.cuda)
        if (offer.release == cuda.release) section.rows.push_back({distro.id, source.id, offer.update});
  if (section.rows.empty())
    section.lines.push_back(
        say(language, "No source of any distribution the catalog knows.", "目录中的发行版都不提供。"));
  else
    section.rows.insert(section.rows.begin(), {say(language, "distribution", "发行版"),
                                               say(language, "source", "软件源"), say(language, "update", "更新")});
  return section;
}

std::string support_line(const ImageSupport& support, const std::string& driver, Language language) {
  const std::string floor = support.driver_floor.value_or("");
  const SentenceValues values{.subject = driver, .other = support.release, .limit = floor};
  switch (support.support) {
    case CudaSupport::full:
      return say(language, "driver {subject} fully supports it", "驱动 {subject} 完全支持", values);
    case CudaSupport::minor_version:
      return say(language, "driver {subject} runs it by minor-version compatibility; full support needs {limit}",
                 "驱动 {subject} 可通过小版本兼容运行；完全支持需要 {limit}", values);
    case CudaSupport::forward:
    case CudaSupport::none: break;
  }
  return say(language, "driver {subject} is too old for it[; full support needs {limit}]",
             "驱动 {subject} 过旧[；完全支持需要 {limit}]", values);
}

ExplainedSection cuda_here(const CudaRelease& cuda, const Knowledge& knowledge) {
  ExplainedSection section{.id = "here", .title = here_title(knowledge), .lines = {}, .rows = {}};
  if (knowledge.here == nullptr || knowledge.here->target == Target::image) return section;
  const auto driver = driver_here(*knowledge.here);
  if (!driver) return section;
  for (const ImageSupport& support : image_support(knowledge.catalog, driver->version, knowledge.here->facts.gpus)) {
    if (support.release != cuda.release) continue;
    section.lines.push_back(support_line(support, driver->version, knowledge.language));
    if (support.no_code) section.lines.push_back(sentence(*support.no_code));
  }
  return section;
}

}  // namespace

Explanation explain_cuda(const std::string& version, const Knowledge& knowledge) {
  const CudaRelease* cuda = release_of_version(knowledge.catalog, version);
  if (cuda == nullptr) return {};
  Explanation explanation{.kind = "cuda",
                          .id = version,
                          .title = "CUDA " + version,
                          .sections = {},
                          .related = {"cuda-version", "cuda-runtime", "cuda-toolkit"},
                          .records = {cuda_file(cuda->release)},
                          .sources = cuda->sources};
  add_section(explanation, floors_section(*cuda, knowledge.language));
  add_section(explanation, cuda_offers(*cuda, knowledge));
  add_section(explanation, cuda_here(*cuda, knowledge));
  return explanation;
}

}  // namespace nvprov
