#include "catalog/expand_families.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/version.hpp"

namespace nvprov {
namespace {

constexpr std::string_view branch_placeholder = "{driver_branch}";
constexpr std::string_view cuda_placeholder = "{cuda_dash}";

bool is_within(std::string_view version, const std::optional<std::string>& first,
               const std::optional<std::string>& last) {
  return (!first || compare_versions(version, *first) >= 0) && (!last || compare_versions(version, *last) <= 0);
}

const PackageEra* era_of(const PackageFamily& family, std::string_view branch) {
  const auto era = std::ranges::find_if(
      family.eras, [&](const PackageEra& each) { return is_within(branch, each.first_branch, each.last_branch); });
  return era == family.eras.end() ? nullptr : &*era;
}

bool holds_branch(const std::vector<std::string>& templates) {
  return std::ranges::any_of(templates, [](const std::string& text) { return contains(text, branch_placeholder); });
}

bool names_hold_branch(const PackageEra& era) {
  return holds_branch(era.driver_versioned) || std::ranges::any_of(era.modules, [](const ModulePackages& module) {
           return holds_branch(module.packages) || contains(module.stream.value_or(""), branch_placeholder);
         });
}

std::string set_id(const PackageEra& era, std::string_view branch) {
  return names_hold_branch(era) ? fmt::format("{}-{}", era.id, branch) : era.id;
}

std::vector<std::string> filled(std::vector<std::string> templates, std::string_view placeholder,
                                std::string_view value) {
  for (std::string& text : templates) text = replace_all(std::move(text), placeholder, value);
  return templates;
}

DriverPackageSet set_of(const PackageEra& era, std::string_view branch) {
  DriverPackageSet set{.id = set_id(era, branch),
                       .module = era.module,
                       .components = era.components,
                       .modules = era.modules,
                       .driver_versioned = filled(era.driver_versioned, branch_placeholder, branch)};
  for (ComponentPackages& component : set.components)
    component.packages = filled(std::move(component.packages), branch_placeholder, branch);
  for (ModulePackages& module : set.modules) {
    module.packages = filled(std::move(module.packages), branch_placeholder, branch);
    if (module.stream) module.stream = replace_all(*module.stream, branch_placeholder, branch);
  }
  return set;
}

// Open first, as gpus are asked.
std::vector<std::string> flavours_of(const PackageEra& era, const DriverBranch& branch) {
  std::vector<std::string> flavours;
  const auto add = [&](const char* flavour, bool in_branch) {
    if (in_branch && std::ranges::find(era.modules, flavour, &ModulePackages::flavour) != era.modules.end())
      flavours.emplace_back(flavour);
  };
  add("open", branch.has_open_module);
  add("proprietary", branch.has_proprietary_module);
  return flavours;
}

void add_drivers(PackageSource& source, const PackageEra& era, const DriverBranch& branch) {
  const std::string set = set_id(era, branch.branch);
  if (find_package_set(source, set) == nullptr) source.package_sets.push_back(set_of(era, branch.branch));
  const std::vector<std::string> flavours = flavours_of(era, branch);
  const bool has_open = !flavours.empty() && flavours.front() == "open";
  for (const DriverRelease& release : branch.releases)
    source.drivers.push_back(
        {.branch = branch.branch,
         .version = release.version,
         .package_version = std::nullopt,
         .package_set = set,
         .suite = {},
         .modules = flavours,
         .no_open_module = has_open ? std::nullopt : std::optional("the branch has no open module"),
         .architectures = source.architectures,
         .end_of_support = branch.end_of_life,
         .sources = branch.sources});
}

std::vector<PackageNeed> needs_of(const CudaComponent& component, std::string_view release) {
  std::vector<PackageNeed> needs;
  for (const PackageNeed& need : component.needs)
    if (is_within(release, need.first_release, need.last_release)) needs.push_back(need);
  return needs;
}

std::vector<ComponentPackages> components_of(const PackageFamily& family, std::string_view release) {
  const std::string dashed = replace_all(std::string(release), ".", "-");
  std::vector<ComponentPackages> components;
  for (const CudaComponent& component : family.cuda)
    if (is_within(release, component.first_release, component.last_release))
      components.push_back({.component = component.component,
                            .packages = filled(component.packages, cuda_placeholder, dashed),
                            .license = component.license,
                            .part = component.part,
                            .needs = needs_of(component, release),
                            .architectures = component.architectures,
                            .brings = component.brings,
                            .host_compiler = component.host_compiler});
  return components;
}

// The newest update whose driver floor is known: of a later one nobody could say what supports it.
const CudaUpdate& update_of(const CudaRelease& release) {
  for (auto update = release.updates.rbegin(); update != release.updates.rend(); ++update)
    if (update->min_driver) return *update;
  return release.updates.back();
}

void add_cuda(PackageSource& source, const PackageFamily& family, const CudaRelease& release) {
  if (release.updates.empty() || !is_within(release.release, source.first_cuda, source.last_cuda)) return;
  source.cuda.push_back({.release = release.release,
                         .update = update_of(release).version,
                         .suite = {},
                         .architectures = source.architectures,
                         .components = components_of(family, release.release),
                         .sources = release.sources});
}

void clear(PackageSource& source) {
  source.origins.clear();
  source.https_prerequisites.clear();
  source.package_sets.clear();
  source.drivers.clear();
  source.cuda.clear();
  source.alternative.reset();
  source.drawn_driver.reset();
}

void expand(PackageSource& source, const PackageFamily& family, const Catalog& catalog) {
  clear(source);
  source.origins = family.origins;
  source.https_prerequisites = family.https_prerequisites;
  source.alternative = family.alternative;
  source.drawn_driver = family.drawn_driver;
  for (const std::string& name : source.driver_branches) {
    const DriverBranch* branch = find_branch(catalog, name);
    const PackageEra* era = era_of(family, name);
    if (branch != nullptr && era != nullptr) add_drivers(source, *era, *branch);
  }
  for (const CudaRelease& release : catalog.cuda) add_cuda(source, family, release);
}

void expand(Distro& distro, const Catalog& catalog) {
  for (PackageSource& source : distro.package_sources)
    if (const PackageFamily* family = find_family(catalog, source.family)) expand(source, *family, catalog);
}

}  // namespace

void expand_families(Catalog& catalog) {
  for (Distro& distro : catalog.distros) expand(distro, catalog);
}

void expand_families(Catalog& catalog, std::string_view distro_id) {
  const auto distro = std::ranges::find(catalog.distros, distro_id, &Distro::id);
  if (distro != catalog.distros.end()) expand(*distro, catalog);
}

Catalog without_expansions(Catalog catalog) {
  for (Distro& distro : catalog.distros)
    for (PackageSource& source : distro.package_sources)
      if (!source.family.empty()) clear(source);
  return catalog;
}

}  // namespace nvprov
