#include "explain/host_lines.hpp"

#include "base/text.hpp"
#include "explain/say.hpp"
#include "report/gpu_groups.hpp"

namespace nvprov {
namespace {

using Lines = std::vector<std::string>;

std::string not_looked_at(Language language, std::string_view en, std::string_view zh) {
  return say(language, en, zh) + say(language, ": not looked at", "：未检查");
}

Lines driver_lines(const Here& here, Language language) {
  const DriverFacts& driver = here.facts.driver;
  if (here.facts.environment.managed_by)
    return {say(language, "driver: belongs to {subject}, not to this host's packages",
                "驱动：由 {subject} 管理，不属于本机软件包",
                {.subject = here.facts.environment.managed_by->owner, .other = {}, .limit = {}})};
  Lines lines;
  if (driver.loaded)
    lines.push_back(say(language, "driver: {subject} is loaded ({other} module)[; its libraries are {limit}]",
                        "驱动：已加载 {subject}（{other}模块）[，驱动库版本 {limit}]",
                        {.subject = driver.loaded->version,
                         .other = flavour_name(language, driver.loaded->flavour),
                         .limit = driver.library_version.value_or("")}));
  else if (driver.library_version)
    lines.push_back(say(language, "driver: the libraries of {subject} are there, its module is not loaded",
                        "驱动：已有 {subject} 的驱动库，但内核模块没有加载",
                        {.subject = *driver.library_version, .other = {}, .limit = {}}));
  else if (here.facts.origin == "flags")
    lines.push_back(not_looked_at(language, "driver", "驱动"));
  else
    lines.push_back(say(language, "driver: none", "驱动：没有"));
  if (driver.loaded && driver.library_version && driver.loaded->version != *driver.library_version)
    lines.push_back(say(language, "module and libraries differ: CUDA fails until the next reboot",
                        "模块与库版本不同：重启之前 CUDA 无法使用"));
  if (driver.runfile)
    lines.push_back(say(language, "the driver is from NVIDIA's .run installer", "驱动由 NVIDIA 的 .run 安装程序安装"));
  return lines;
}

Lines module_lines(const Here& here, Language language) {
  const KernelFacts& kernel = here.facts.kernel;
  if (could_not_look(here.facts, "kernel.installed"))
    return {not_looked_at(language, "kernels and their modules", "内核及其模块")};
  Lines lines;
  for (const InstalledKernel& each : kernel.installed) {
    const bool is_there = has_nvidia_module(kernel, each.release);
    lines.push_back(
        say(language,
            is_there ? "kernel {subject}: a module of NVIDIA's is there" : "kernel {subject}: no module of NVIDIA's",
            is_there ? "内核 {subject}：已有 NVIDIA 模块" : "内核 {subject}：没有 NVIDIA 模块",
            {.subject = each.release, .other = {}, .limit = {}}));
    if (!each.has_headers)
      lines.back() += say(language, ", and its headers are not installed", "，也没有安装内核头文件");
  }
  if (lines.empty()) lines.push_back(say(language, "kernels: none installed", "内核：没有安装"));
  return lines;
}

Lines nouveau_lines(const Here& here, Language language) {
  if (!here.facts.driver.nouveau_loaded) return {};
  return {say(language, "nouveau drives the GPUs now", "目前由 nouveau 驱动 GPU")};
}

Lines toolkit_lines(const Here& here, Language language) {
  if (here.facts.origin == "flags" || could_not_look(here.facts, "cuda_toolkits"))
    return {not_looked_at(language, "toolkits in /usr/local", "/usr/local 中的工具包")};
  Lines found;
  for (const CudaToolkit& toolkit : here.facts.cuda_toolkits)
    found.push_back(toolkit.version ? toolkit.path + " (" + *toolkit.version + ")" : toolkit.path);
  const std::string all = listed(language, found);
  return {say(language, "toolkits in /usr/local: [{subject}|none]", "/usr/local 中的工具包：[{subject}|没有]",
              {.subject = all, .other = {}, .limit = {}})};
}

Lines engine_lines(const Here& here, Language language) {
  if (here.facts.origin == "flags" || could_not_look(here.facts, "container_engines"))
    return {not_looked_at(language, "container engines", "容器引擎")};
  Lines found;
  for (const ContainerEngine& engine : here.facts.container_engines) found.push_back(engine.name);
  const std::string all = listed(language, found);
  return {say(language, "container engines: [{subject}|none]", "容器引擎：[{subject}|没有]",
              {.subject = all, .other = {}, .limit = {}})};
}

Lines fabric_lines(const Here& here, Language language) {
  if (could_not_look(here.facts, "nvswitches") || here.facts.origin == "flags")
    return {not_looked_at(language, "NVSwitches", "NVSwitch")};
  const std::string count = std::to_string(here.facts.nvswitches.size());
  Lines lines = {
      say(language, "NVSwitches: {subject}", "NVSwitch 数量：{subject}", {.subject = count, .other = {}, .limit = {}})};
  if (here.facts.nvlink_switch_manager)
    lines.push_back(say(language, "NVLink 5 switches are managed through {subject}",
                        "NVLink 5 交换芯片通过 {subject} 管理",
                        {.subject = *here.facts.nvlink_switch_manager, .other = {}, .limit = {}}));
  return lines;
}

Lines secure_boot_lines(const Here& here, Language language) {
  if (could_not_look(here.facts, "secure_boot")) return {not_looked_at(language, "Secure Boot", "Secure Boot")};
  const bool is_on = here.facts.secure_boot && here.facts.secure_boot->enabled;
  if (!is_on) return {say(language, "Secure Boot: off", "Secure Boot：未启用")};
  const auto& enrolled = here.facts.secure_boot->dkms_key_enrolled;
  return {say(language, "Secure Boot: on", "Secure Boot：已启用") +
          (enrolled && *enrolled ? say(language, ", and DKMS's key is enrolled", "，且已登记 DKMS 的密钥") : "")};
}

Lines support_lines(const Here& here, const Knowledge& knowledge) {
  const auto driver = driver_here(here);
  if (!driver) return {};
  const std::string name = driver->version.substr(0, driver->version.find('.'));
  const DriverBranch* branch = find_branch(knowledge.catalog, name);
  if (branch == nullptr) return {};
  return {say(knowledge.language, "branch {subject}[ ({other})]: NVIDIA's support [ends on {limit}|has no known end]",
              "分支 {subject}[（{other}）]：NVIDIA 支持[到 {limit}|期限未知]",
              {.subject = name,
               .other = branch->type ? branch_type_name(knowledge.language, *branch->type) : "",
               .limit = branch->end_of_life.value_or("")})};
}

}  // namespace

std::vector<std::string> host_lines(const std::string& shown, const Here& here, const Knowledge& knowledge) {
  const Language language = knowledge.language;
  if (here.target == Target::image) return {};
  if (shown == "driver") return driver_lines(here, language);
  if (shown == "module") return module_lines(here, language);
  if (shown == "nouveau") return nouveau_lines(here, language);
  if (shown == "toolkits") return toolkit_lines(here, language);
  if (shown == "engines") return engine_lines(here, language);
  if (shown == "fabric") return fabric_lines(here, language);
  if (shown == "secure-boot") return secure_boot_lines(here, language);
  if (shown == "support") return support_lines(here, knowledge);
  return {};
}

}  // namespace nvprov
