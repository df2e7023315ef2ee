#include "closure/rpm_world.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/append.hpp"
#include "base/text.hpp"
#include "metadata/index_text.hpp"
#include "metadata/rpm_repositories.hpp"
#include "packages/dnf.hpp"
#include "packages/mirrors.hpp"
#include "packages/rpm_query.hpp"
#include "solver/module_streams.hpp"
#include "solver/packed_list.hpp"

namespace nvprov {
namespace {

RpmList rpm_list_of(const RpmIndex& index) {
  return {.id = index.id,
          .repository = mask_credentials(index.base),
          .priority = index.priority,
          .cost = index.cost,
          .excluded = index.excluded,
          .included = index.included,
          .module_hotfixes = index.module_hotfixes};
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string_view line : split_lines(text))
    for (std::string& word : split_words(replace_all(std::string(line.substr(0, line.find('#'))), ",", " ")))
      names.push_back(std::move(word));
  return names;
}

// All that rpm of this machine can tell of the target's packages; none where it cannot.
std::vector<InstalledRpm> installed_rpms(const TargetFiles& target) {
  if (!target.is_here()) return {};
  for (const char* folder : {"/var/lib/rpm", "/usr/lib/sysimage/rpm"}) {
    const auto place = target.place(folder);
    if (!place || target.list(folder).empty()) continue;
    const auto output = target.machine().query({.argv = rpm_query_argv(*place), .environment = {}});
    Diagnostics problems;
    if (!output || output->exit_status != 0) continue;
    auto packages = parse_installed_rpms(output->out, problems);
    if (problems.empty() && !packages.empty()) return packages;
  }
  return {};
}

void add_installed_rpms(RpmUniverse& universe, const TargetFiles& target, const HostFacts& facts) {
  const std::vector<InstalledRpm> packages = installed_rpms(target);
  if (packages.empty())
    universe.add_installed(facts.package_facts.packages);
  else
    universe.add_installed(packages);
}

// The caller's own folder holds both forms, so one is trusted as much as the other.
Status add_rpm_list(Host& machine, RpmUniverse& universe, const RpmIndex& index) {
  const std::string path = fmt::format("{}.{}.solv", index.primary, packed_rpms_format);
  const auto kept = machine.read_file(path);
  if (kept && *kept && universe.add_packed_list(rpm_list_of(index), **kept)) return {};
  const std::string packed = pack_rpms(index.primary);
  if (packed.empty() || !universe.add_packed_list(rpm_list_of(index), packed))
    return universe.add_list(rpm_list_of(index), index.primary);
  // Only a convenience for the next time: a full disk is no reason to fail.
  (void)machine.write_file(path, packed, 0644);
  return {};
}

// "platform:el9" of os-release; "" where the target is not here.
std::string module_platform(const TargetFiles& target) {
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    const std::string text = target.read(path).value_or(std::string());
    for (const std::string_view line : split_lines(text)) {
      constexpr std::string_view key = "PLATFORM_ID=";
      if (!line.starts_with(key)) continue;
      const std::string value = replace_all(std::string(line.substr(key.size())), "\"", "");
      return value.substr(value.find(':') + 1);
    }
  }
  return {};
}

Result<ModularRpms> modules_of(const FetchedMetadata& fetched, const TargetFiles& target, const HostFacts& facts) {
  ModuleDocuments all;
  for (const RpmIndex& index : fetched.rpm) {
    if (!index.modules) continue;
    const auto text = read_index_text(*index.modules);
    if (!text) return fail(text.error());
    const auto documents = parse_module_documents(*text);
    if (!documents) return fail(documents.error().in(fmt::format("reading the module streams of {}", index.id)));
    append(all.streams, documents->streams);
    append(all.defaults, documents->defaults);
  }
  return modular_rpms(all, facts.package_facts.modules, module_platform(target));
}

}  // namespace

RpmSettings rpm_settings(const TargetFiles& target, const HostFacts& facts) {
  RpmSettings settings{.architecture = facts.architecture};
  const bool is_dnf5 = dnf_generation(facts.package_facts.manager.value_or("")) == DnfGeneration::dnf5;
  settings.downgrades_unasked = !is_dnf5;
  if (!target.is_here()) return settings;
  auto main = dnf_main_section(target.read("/etc/dnf/dnf.conf").value_or(std::string()));
  settings.best = dnf_bool(main["best"]).value_or(is_dnf5);
  append(settings.installonly, names_in(main["installonlypkgs"]));
  for (const std::string& name : target.list("/etc/dnf/protected.d"))
    append(settings.protected_packages, names_in(target.read("/etc/dnf/protected.d/" + name).value_or(std::string())));
  return settings;
}

Result<RpmWorld> load_rpm_world(Host& machine, const PrivateApt& place, const HostFacts& facts,
                                FetchedMetadata fetched) {
  const TargetFiles target(machine, place.target_root);
  RpmWorld world{RpmUniverse(rpm_settings(target, facts)), std::move(fetched)};
  add_installed_rpms(world.universe, target, facts);
  for (const RpmIndex& index : world.fetched.rpm)
    if (const Status added = add_rpm_list(machine, world.universe, index); !added) return fail(added.error());
  for (const RpmIndex& index : world.fetched.rpm)
    if (index.filelists)
      if (const Status added = world.universe.add_files(index.id, *index.filelists); !added) return fail(added.error());
  auto modules = modules_of(world.fetched, target, facts);
  if (!modules) return fail(modules.error());
  world.universe.set_modules(std::move(*modules));
  return world;
}

}  // namespace nvprov
