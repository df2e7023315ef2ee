// A GPU: what drives it and which CUDA releases run on it.
#include <algorithm>

#include "base/append_new.hpp"
#include "catalog/records.hpp"
#include "explain/records_table.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"
#include "resolve/cuda_choice.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/named_gpus.hpp"

namespace nvprov {
namespace {

std::string module_words(ModuleSupport support, Language language) {
  switch (support) {
    case ModuleSupport::proprietary_only:
      return say(language, "Only the proprietary kernel module drives it.", "只能使用专有内核模块。");
    case ModuleSupport::either:
      return say(language, "The open and the proprietary kernel module drive it; open is preferred.",
                 "开放和专有内核模块都能驱动它，优先使用开放模块。");
    case ModuleSupport::open_only:
      return say(language, "Only the open kernel module drives it.", "只能使用开放内核模块。");
  }
  return "";
}

// The boards of the catalog that need the same and bear this name.
std::vector<std::string> boards_like(const Gpu& gpu, const Catalog& catalog) {
  std::vector<std::string> boards;
  for (const GpuModel& model : catalog.gpus)
    if (model.device_id == gpu.device_id || model.name == gpu.name)
      boards.push_back("10de:" + model.device_id + " " + model.name);
  return boards;
}

std::vector<std::string> branches_serving(const Gpu& gpu, const Catalog& catalog) {
  std::vector<std::string> branches;
  for (const DriverBranch& branch : catalog.drivers)
    if (!gpu_not_served(gpu, branch, catalog)) branches.push_back(branch.branch);
  return branches;
}

std::vector<std::string> cuda_with_code(const Gpu& gpu, const Catalog& catalog) {
  std::vector<std::string> releases;
  for (const CudaRelease& cuda : catalog.cuda)
    if (capability_conflicts(cuda, {gpu}, catalog).empty()) releases.push_back(cuda.release);
  return releases;
}

ExplainedSection what_section(const Gpu& gpu, const Catalog& catalog, Language language) {
  const std::string boards = listed_briefly(language, boards_like(gpu, catalog), 6);
  return {
      .id = "what",
      .title = say(language, "What it is", "是什么"),
      .lines =
          {say(language, "An NVIDIA GPU[ of the architecture {subject}][, compute capability {other}].",
               "NVIDIA GPU[，架构 {subject}][，计算能力 {other}]。",
               {.subject = gpu.architecture.value_or(""), .other = gpu.compute_capability.value_or(""), .limit = {}}),
           say(language, "PCI id: {subject}", "PCI ID：{subject}", {.subject = boards, .other = {}, .limit = {}})},
      .rows = {}};
}

ExplainedSection needs_section(const Gpu& gpu, const Catalog& catalog, Language language) {
  const std::string branches = spans(branches_serving(gpu, catalog), all_branches(catalog), language);
  const std::string releases = spans(cuda_with_code(gpu, catalog), all_cuda(catalog), language);
  ExplainedSection section{
      .id = "needs", .title = say(language, "What drives it", "需要什么驱动"), .lines = {}, .rows = {}};
  section.lines = {
      module_words(module_support(gpu, catalog), language),
      say(language, "Driver branches: [{subject}|none the catalog knows]", "驱动分支：[{subject}|目录中没有]",
          {.subject = branches, .other = {}, .limit = {}}),
      say(language, "CUDA releases whose libraries have code for it: [{subject}|none the catalog knows]",
          "其库含有该 GPU 代码的 CUDA 版本：[{subject}|目录中没有]", {.subject = releases, .other = {}, .limit = {}})};
  return section;
}

ExplainedSection gpu_here(const Gpu& gpu, const Knowledge& knowledge) {
  ExplainedSection section{.id = "here", .title = here_title(knowledge), .lines = {}, .rows = {}};
  if (knowledge.here == nullptr) return section;
  const HostFacts& facts = knowledge.here->facts;
  const Language language = knowledge.language;
  if (could_not_look(facts, "gpus"))
    return {.id = "here",
            .title = section.title,
            .lines = {say(language, "GPUs: not looked at", "GPU：未检查")},
            .rows = {}};
  const auto is_it = [&](const Gpu& each) { return each.device_id == gpu.device_id || each.name == gpu.name; };
  const std::string count = std::to_string(std::ranges::count_if(facts.gpus, is_it));
  section.lines.push_back(say(language, "GPUs of this kind: {subject}", "此型号 GPU 数量：{subject}",
                              {.subject = count, .other = {}, .limit = {}}));
  if (const auto found = std::ranges::find_if(facts.gpus, is_it); found != facts.gpus.end() && !facts.gpus_named)
    section.lines.push_back(say(language, "bound to it now: [{subject}|no driver]", "当前绑定的驱动：[{subject}|没有]",
                                {.subject = found->kernel_driver.value_or(""), .other = {}, .limit = {}}));
  return section;
}

Explanation explain_nvswitch(const NvSwitch& found, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  return {.kind = "nvswitch",
          .id = "10de:" + found.device_id,
          .title = found.name,
          .sections = {{.id = "what",
                        .title = say(language, "What it is", "是什么"),
                        .lines = {say(language, "A switch between the GPUs of one host; it needs the fabric manager.",
                                      "连接一台主机内各 GPU 的交换芯片，需要 Fabric Manager。")},
                        .rows = {}}},
          .related = {"fabric-manager"},
          .records = {std::string(gpus_file)},
          .sources = {}};
}

}  // namespace

Explanation explain_gpu(const std::string& typed, const Knowledge& knowledge) {
  const auto devices = name_devices({typed}, knowledge.catalog);
  if (!devices) return {};
  if (devices->gpus.empty()) return explain_nvswitch(devices->nvswitches.front(), knowledge);
  Gpu gpu = devices->gpus.front();
  // A short name that fits several boards stands for the first of them.
  if (const GpuModel* model = find_gpu(knowledge.catalog, gpu.device_id)) gpu.name = model->name;
  const GpuArchitecture* architecture = find_architecture(knowledge.catalog, gpu.architecture.value_or(""));
  Explanation explanation{.kind = "gpu",
                          .id = "10de:" + gpu.device_id,
                          .title = gpu.name,
                          .sections = {what_section(gpu, knowledge.catalog, knowledge.language),
                                       needs_section(gpu, knowledge.catalog, knowledge.language)},
                          .related = {"driver", "kernel-module", "driver-branch", "compute-capability"},
                          .records = {std::string(gpus_file)},
                          .sources = architecture != nullptr ? architecture->sources : std::vector<Source>{}};
  explanation.sections.push_back(
      {.id = "next",
       .title = say(knowledge.language, "What to install for it", "该装什么"),
       .lines = {say(knowledge.language,
                     "`nvprov explain deploy --gpu '{subject}'` shows the smallest set on each distribution.",
                     "`nvprov explain deploy --gpu '{subject}'` 会列出它在各发行版上的最小安装。",
                     {.subject = typed, .other = {}, .limit = {}})},
       .rows = {}});
  add_section(explanation, gpu_here(gpu, knowledge));
  return explanation;
}

}  // namespace nvprov
