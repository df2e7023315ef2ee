#include "plan/plan_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "packages/alternatives.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"
#include "packages/systemd.hpp"

namespace nvprov {
namespace {

constexpr long catalog_is_old_after_days = 90;

std::vector<std::string> own_files(const Plan& plan) {
  std::vector<std::string> paths;
  for (const Step& step : plan.steps) {
    if (const auto* repository = std::get_if<AddRepository>(&step)) paths.push_back(repository->path);
    if (const auto* file = std::get_if<WriteFile>(&step)) paths.push_back(file->path);
    if (const auto* key = std::get_if<ImportKey>(&step)) paths.push_back(key->path);
  }
  return paths;
}

bool installs(const std::vector<Step>& steps) {
  return std::ranges::any_of(steps, [](const Step& step) { return std::holds_alternative<InstallPackages>(step); });
}

}  // namespace

std::string host_name(const HostFacts& facts) {
  const std::string os = facts.os ? facts.os->name : "unknown system";
  return facts.architecture.empty() ? os : os + ", " + facts.architecture;
}

std::vector<std::string> gpu_names(const HostFacts& facts, Target target) {
  std::vector<std::string> names;
  if (target == Target::image && !facts.gpus_named) return names;
  std::vector<std::string> seen;
  for (const Gpu& gpu : facts.gpus) {
    if (std::ranges::find(seen, gpu.name) != seen.end()) continue;
    seen.push_back(gpu.name);
    const auto count = std::ranges::count(facts.gpus, gpu.name, &Gpu::name);
    names.push_back(count == 1 ? gpu.name : fmt::format("{}x {}", count, gpu.name));
  }
  return names;
}

std::optional<std::string> license_of(const PackageSource& source, const std::string& package) {
  const auto holds = [&](const auto& record) {
    return std::ranges::find(record.packages, package) != record.packages.end();
  };
  for (const DriverPackageSet& set : source.package_sets) {
    for (const ComponentPackages& component : set.components)
      if (holds(component)) return component.license;
    for (const ModulePackages& module : set.modules)
      if (holds(module)) return module.license;
  }
  for (const CudaOffer& offer : source.cuda)
    for (const ComponentPackages& component : offer.components)
      if (holds(component)) return component.license;
  return std::nullopt;
}

Usable usable_when(const HostFacts& facts, const Resolution& resolution, const std::vector<Step>& steps) {
  if (!resolution.driver) return !resolution.cuda.empty() ? Usable::now : Usable::nothing_to_use;
  const bool driver_changes = installs(steps) && !resolution.driver->kept;
  if (facts.driver.nouveau_loaded) return Usable::after_reboot;
  if (facts.driver.loaded && facts.driver.loaded->version != resolution.driver->version) return Usable::after_reboot;
  if (facts.secure_boot && facts.secure_boot->enabled && driver_changes) return Usable::after_reboot;
  if (facts.kernel.running) {
    const auto& kernels = resolution.kernels;
    const bool is_served = kernels.empty() || std::ranges::find(kernels, *facts.kernel.running) != kernels.end();
    return is_served ? Usable::now : Usable::after_reboot;
  }
  return facts.kernel.installed.empty() ? Usable::after_kernel : Usable::unknown;
}

std::vector<Notice> plan_notices(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution) {
  std::vector<Notice> notices = resolution.notices;
  const bool dated = is_date(catalog.date) && is_date(facts.observed_on);
  if (dated && days_between(catalog.date, facts.observed_on) > catalog_is_old_after_days)
    notices.push_back({.kind = NoticeKind::catalog_old, .subject = catalog.date, .other = {}, .limit = {}});
  return notices;
}

std::vector<std::string> unknown_facts(const HostFacts& facts, const Plan& plan) {
  std::vector<std::string> unknown;
  for (const Diagnostic& diagnostic : facts.diagnostics) unknown.push_back(diagnostic.place);
  if (!plan.closure.known && !plan.closure.packages.empty()) unknown.emplace_back("closure");
  std::ranges::sort(unknown);
  unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
  return unknown;
}

std::vector<std::vector<std::string>> equivalent_commands(const Plan& plan, const std::string& manager) {
  const auto dnf = dnf_generation(manager);
  std::vector<std::vector<std::string>> commands;
  for (const Step& step : plan.steps) {
    if (std::holds_alternative<RefreshMetadata>(step)) commands.push_back(dnf ? makecache_argv(*dnf) : update_argv());
    if (const auto* stream = std::get_if<SetModuleStream>(&step); stream != nullptr && dnf) {
      if (stream->previous) commands.push_back(module_reset_argv(*dnf, stream->module));
      commands.push_back(module_enable_argv(*dnf, stream->module, stream->stream));
    }
    if (const auto* service = std::get_if<ManageService>(&step)) commands.push_back(systemctl_argv(*service));
    if (const auto* mark = std::get_if<SetPackageMark>(&step)) commands.push_back(mark_asked_for_argv(mark->packages));
    if (const auto* alternative = std::get_if<SetAlternative>(&step))
      commands.push_back(set_alternative_argv(alternative->name, alternative->target));
    if (const auto* install = std::get_if<InstallPackages>(&step))
      commands.push_back(
          dnf ? equivalent_dnf_install_argv(*dnf, *install, package_specs(*install, plan.closure.packages))
              : equivalent_install_argv(*install));
  }
  return commands;
}

std::vector<std::vector<std::string>> undo_commands(const Plan& plan, const std::string& manager) {
  const auto dnf = dnf_generation(manager);
  std::vector<std::vector<std::string>> commands;
  for (const Step& step : plan.steps)
    if (const auto* mark = std::get_if<SetPackageMark>(&step)) commands.push_back(mark_drawn_in_argv(mark->packages));
  // While what it leads to is there: with the packages it goes by itself.
  for (const Step& step : plan.steps)
    if (const auto* alternative = std::get_if<SetAlternative>(&step))
      commands.push_back(alternative->former ? set_alternative_argv(alternative->name, *alternative->former)
                                             : automatic_alternative_argv(alternative->name));
  // While its unit file is there.
  for (const Step& step : plan.steps)
    if (const auto* service = std::get_if<ManageService>(&step); service != nullptr && is_enabling(*service))
      commands.push_back(undo_systemctl_argv(*service));
  std::vector<std::string> added;
  for (const PackageChange& package : plan.closure.packages)
    if (package.action == PackageAction::install && !package.old_version) added.push_back(package.name);
  if (!added.empty()) commands.push_back(dnf ? dnf_undo_argv(*dnf, added) : undo_argv(added));
  for (const Step& step : plan.steps)
    if (const auto* stream = std::get_if<SetModuleStream>(&step); stream != nullptr && dnf) {
      commands.push_back(module_reset_argv(*dnf, stream->module));
      if (stream->previous) commands.push_back(module_enable_argv(*dnf, stream->module, *stream->previous));
    }
  for (const Step& step : plan.steps)
    if (const auto* lock = std::get_if<HoldPackages>(&step)) commands.push_back(versionlock_undo_argv(lock->path));
  for (const Step& step : plan.steps)
    if (const auto* engine = std::get_if<ConfigureContainerEngine>(&step))
      commands.push_back(engine->former ? std::vector<std::string>{"mv", "-f", engine->backup, engine->path}
                                        : std::vector<std::string>{"rm", "-f", engine->path});
  for (const Step& step : plan.steps)
    if (const auto* service = std::get_if<ManageService>(&step))
      if (!is_enabling(*service)) commands.push_back(undo_systemctl_argv(*service));
  if (std::vector<std::string> files = own_files(plan); !files.empty()) {
    files.insert(files.begin(), {"rm", "-f"});
    commands.push_back(std::move(files));
    commands.push_back(dnf ? makecache_argv(*dnf) : std::vector<std::string>{"apt-get", "update"});
  }
  return commands;
}

}  // namespace nvprov
