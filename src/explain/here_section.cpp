// What holds on the machine asked about.
#include <algorithm>

#include "base/append_new.hpp"
#include "explain/host_lines.hpp"
#include "explain/say.hpp"
#include "explain/sections.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

// A driver has dozens of packages.
constexpr std::size_t most_packages_told = 8;

bool fits_any(const std::vector<std::string>& templates, const std::string& name) {
  return std::ranges::any_of(templates, [&](const std::string& each) { return fits_template(name, each); });
}

// The packages of the distribution that are these components, or stand for what the concept stands for.
std::vector<std::string> known_packages(const Concept* subject, const std::vector<std::string>& components,
                                        const Distro& distro) {
  std::vector<std::string> names;
  const auto stands_for = [&](std::string_view kind) {
    return subject != nullptr && std::ranges::find(subject->stands_for, kind) != subject->stands_for.end();
  };
  for (const std::string& component : components) append_new(names, packages_of_component(distro, component));
  for (const PackageSource& source : distro.package_sources) {
    for (const DriverPackageSet& set : source.package_sets) {
      if (stands_for("driver-package")) append_new(names, set.driver_versioned);
      if (stands_for("module-package"))
        for (const ModulePackages& module : set.modules) append_new(names, module.packages);
    }
    if (stands_for("helper-package")) append_new(names, source.https_prerequisites);
  }
  if (stands_for("headers-package"))
    for (const KernelFlavour& kernel : distro.kernels) append_new(names, {kernel.headers_package});
  return names;
}

std::vector<std::string> installed_of(const std::vector<std::string>& templates, const HostFacts& facts) {
  std::vector<std::string> found;
  for (const InstalledPackage& package : facts.package_facts.packages)
    if (package.state == "installed" && fits_any(templates, package.name))
      found.push_back(package.name + " " + package.version);
  return found;
}

std::string installed_line(const std::vector<std::string>& names, const Here& here, Language language) {
  if (names.empty()) return "";
  if (could_not_look(here.facts, "package_facts.packages"))
    return say(language, "installed packages: not looked at", "已安装的软件包：未检查");
  const std::string found = listed_briefly(language, installed_of(names, here.facts), most_packages_told);
  return say(language, "installed: [{subject}|none of its packages]", "已安装：[{subject}|没有它的软件包]",
             {.subject = found, .other = {}, .limit = {}});
}

// What a profile would ask for here: of these components the packages, of the module those the choice names.
std::vector<std::string> wanted_packages(const ProfileHere& profile, const std::vector<std::string>& names) {
  std::vector<std::string> wanted;
  if (!profile.resolution) return wanted;
  const auto add = [&](const std::vector<std::string>& packages) {
    for (const std::string& package : packages)
      if (fits_any(names, package)) append_new(wanted, {package});
  };
  if (profile.resolution->driver) add(profile.resolution->driver->packages);
  for (const CudaChoice& cuda : profile.resolution->cuda) add(cuda.packages);
  for (const PackageRequest& header : profile.resolution->headers) add({header.name});
  if (const auto& toolkit = profile.resolution->container_toolkit)
    for (const PackageRequest& package : toolkit->packages) add({package.name});
  return wanted;
}

bool needs_any(const ProfileHere& profile, const std::vector<std::string>& components) {
  return std::ranges::any_of(components, [&](const std::string& component) {
    return std::ranges::find(profile.components, component) != profile.components.end();
  });
}

std::string profile_line(const ProfileHere& profile, const std::vector<std::string>& components,
                         const std::vector<std::string>& names, Language language) {
  const std::string packages = listed_briefly(language, wanted_packages(profile, names), most_packages_told);
  if (!packages.empty() || needs_any(profile, components))
    return say(language, "needed for {subject} here[, as {other}]", "{subject} 方案在这里需要它[：{other}]",
               {.subject = profile.profile, .other = packages, .limit = {}});
  return say(language, "not needed for {subject} here", "{subject} 方案在这里不需要它",
             {.subject = profile.profile, .other = {}, .limit = {}});
}

std::string refusal_line(const ProfileHere& profile, Language language) {
  const std::string why = sentence(profile.refusal.front());
  return say(language, "{subject} has no answer here: {other}", "{subject} 方案在这里没有可行结果：{other}",
             {.subject = profile.profile, .other = why, .limit = {}});
}

}  // namespace

std::string here_title(const Knowledge& knowledge) {
  const Language language = knowledge.language;
  if (knowledge.here == nullptr) return "";
  if (knowledge.here->target == Target::image) return say(language, "In this image", "在这个镜像中");
  const std::string name = knowledge.here->facts.os ? knowledge.here->facts.os->name : "";
  if (knowledge.here->facts.origin == "live")
    return say(language, "On this host[ ({subject})]", "本机情况[（{subject}）]",
               {.subject = name, .other = {}, .limit = {}});
  return say(language, "On the host asked about[ ({subject})]", "所查询主机的情况[（{subject}）]",
             {.subject = name, .other = {}, .limit = {}});
}

ExplainedSection here_section(const Concept* subject, const std::vector<std::string>& components,
                              const std::vector<std::string>& packages, const Knowledge& knowledge) {
  ExplainedSection section{.id = "here", .title = here_title(knowledge), .lines = {}, .rows = {}};
  if (knowledge.here == nullptr) return section;
  const Here& here = *knowledge.here;
  std::vector<std::string> names = packages;
  if (here.distro != nullptr) append_new(names, known_packages(subject, components, *here.distro));
  if (std::string line = installed_line(names, here, knowledge.language); !line.empty())
    section.lines.push_back(std::move(line));
  for (const ProfileHere& profile : here.profiles) {
    if (names.empty() && components.empty()) continue;
    section.lines.push_back(profile_line(profile, components, names, knowledge.language));
    if (!profile.refusal.empty()) section.lines.push_back(refusal_line(profile, knowledge.language));
  }
  if (subject != nullptr)
    for (const std::string& shown : subject->shows) append_new(section.lines, host_lines(shown, here, knowledge));
  return section;
}

}  // namespace nvprov
