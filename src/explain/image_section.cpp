#include "explain/image_section.hpp"

#include "explain/image_support.hpp"
#include "explain/records_table.hpp"
#include "explain/say.hpp"
#include "report/gpu_groups.hpp"

namespace nvprov {
namespace {

std::vector<std::string> releases_with(const std::vector<ImageSupport>& all, CudaSupport support) {
  std::vector<std::string> releases;
  for (const ImageSupport& each : all)
    if (each.support == support && !each.no_code) releases.push_back(each.release);
  return releases;
}

void add_row(ExplainedSection& section, const std::string& how, const std::vector<std::string>& releases,
             const Knowledge& knowledge) {
  if (!releases.empty())
    section.rows.push_back({how, spans(releases, all_cuda(knowledge.catalog), knowledge.language)});
}

void add_no_code(ExplainedSection& section, const std::vector<ImageSupport>& all, const Knowledge& knowledge) {
  std::vector<std::string> releases;
  for (const ImageSupport& each : all)
    if (each.no_code && each.support != CudaSupport::none) releases.push_back(each.release);
  add_row(section, say(knowledge.language, "no code for the GPUs here", "不含本机 GPU 的代码"), releases, knowledge);
}

std::string driver_line(const DriverHere& driver, const Here& here, Language language) {
  const std::string gpus = gpu_names(here.facts.gpus);
  if (driver.is_installed)
    return say(language, "By driver {subject}, which is here[, and {other}]:", "按本机驱动 {subject}[ 和 {other}]：",
               {.subject = driver.version, .other = gpus, .limit = {}});
  return say(language, "By driver {subject}, which the profile {limit} would install[, and {other}]:",
             "按 {limit} 方案将要安装的驱动 {subject}[ 和 {other}]：",
             {.subject = driver.version, .other = gpus, .limit = driver.profile});
}

}  // namespace

ExplainedSection image_section(const Here& here, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  ExplainedSection section{.id = "images",
                           .title = say(language, "CUDA releases that run here", "本机可运行的 CUDA 版本"),
                           .lines = {},
                           .rows = {}};
  if (here.target == Target::image) {
    section.lines.push_back(say(language, "An image holds no driver: the host it will run on decides.",
                                "镜像不含驱动，由将来运行它的宿主机决定。"));
    return section;
  }
  const auto driver = driver_here(here);
  if (!driver) {
    section.lines.push_back(say(language, "No driver is known here, and none can be chosen; name a GPU with `--gpu`.",
                                "本机没有已知的驱动，也无法选出驱动；请用 `--gpu` 指定 GPU。"));
    return section;
  }
  section.lines.push_back(driver_line(*driver, here, language));
  const auto all = image_support(knowledge.catalog, driver->version, here.facts.gpus);
  section.rows.push_back(
      {say(language, "images and programs of CUDA", "镜像和程序"), say(language, "releases", "CUDA 版本")});
  add_row(section, say(language, "fully supported", "完全支持"), releases_with(all, CudaSupport::full), knowledge);
  add_row(section, say(language, "minor-version compatibility", "小版本兼容"),
          releases_with(all, CudaSupport::minor_version), knowledge);
  add_no_code(section, all, knowledge);
  add_row(section, say(language, "need a newer driver", "需要更新的驱动"), releases_with(all, CudaSupport::none),
          knowledge);
  return section;
}

}  // namespace nvprov
