#include "model/catalog.hpp"

#include <algorithm>

#include "base/version.hpp"

namespace nvprov {
namespace {

template <class T>
const T* find_sorted(const std::vector<T>& records, std::string T::*id, std::string_view wanted) {
  const auto found = std::ranges::lower_bound(records, wanted, {}, id);
  return found != records.end() && (*found).*id == wanted ? &*found : nullptr;
}

// For lists that are not in the order of their ids' bytes, or as short as a hand.
template <class T>
const T* find_listed(const std::vector<T>& records, std::string T::*id, std::string_view wanted) {
  const auto found = std::ranges::find(records, wanted, id);
  return found != records.end() ? &*found : nullptr;
}

void for_each_driver_component(const Catalog& catalog, const auto& visit) {
  for (const PackageFamily& family : catalog.families)
    for (const PackageEra& era : family.eras) std::ranges::for_each(era.components, visit);
  for (const Distro& distro : catalog.distros)
    for (const PackageSource& source : distro.package_sources)
      for (const DriverPackageSet& set : source.package_sets) std::ranges::for_each(set.components, visit);
}

// "9.4" is a release of "9" where minor versions count, "90" never is.
bool is_version_of(const Distro& distro, std::string_view version_id) {
  if (distro.version_id == version_id) return true;
  return distro.minor_versions && version_id.starts_with(distro.version_id + ".");
}

}  // namespace

const GpuModel* find_gpu(const Catalog& catalog, std::string_view device_id) {
  return find_sorted(catalog.gpus, &GpuModel::device_id, device_id);
}

const NvSwitchModel* find_nvswitch(const Catalog& catalog, std::string_view device_id) {
  return find_sorted(catalog.fabric.nvswitches, &NvSwitchModel::device_id, device_id);
}

const GpuArchitecture* find_architecture(const Catalog& catalog, std::string_view name) {
  return find_listed(catalog.architectures, &GpuArchitecture::name, name);
}

const DriverBranch* find_branch(const Catalog& catalog, std::string_view branch) {
  return find_listed(catalog.drivers, &DriverBranch::branch, branch);
}

const CudaRelease* find_cuda(const Catalog& catalog, std::string_view release) {
  return find_listed(catalog.cuda, &CudaRelease::release, release);
}

const Profile* find_profile(const Catalog& catalog, std::string_view id_or_alias) {
  if (const Profile* profile = find_sorted(catalog.profiles, &Profile::id, id_or_alias)) return profile;
  for (const Profile& profile : catalog.profiles)
    if (std::ranges::find(profile.aliases, id_or_alias) != profile.aliases.end()) return &profile;
  return nullptr;
}

bool is_supported(const Catalog& catalog, const DriverBranch& branch, std::string_view day) {
  const auto is_over = [&](const DriverBranch& each) { return each.end_of_life && *each.end_of_life < day; };
  if (branch.end_of_life) return !is_over(branch);
  return std::ranges::none_of(catalog.drivers, [&](const DriverBranch& other) {
    return is_over(other) && compare_versions(other.branch, branch.branch) > 0;
  });
}

bool builds_programs(const Catalog& catalog, const std::vector<std::string>& profiles) {
  return std::ranges::any_of(profiles, [&](const std::string& id) {
    const Profile* profile = find_profile(catalog, id);
    return profile != nullptr && profile->exact_cuda;
  });
}

bool brings_cuda(const Catalog& catalog, const std::vector<std::string>& profiles) {
  return std::ranges::any_of(profiles, [&](const std::string& id) {
    const Profile* profile = find_profile(catalog, id);
    return profile != nullptr && !(profile->host.cuda_components.empty() && profile->image.cuda_components.empty());
  });
}

std::string package_kind(const Distro& distro) {
  if (distro.package_manager.empty()) return {};
  return distro.package_manager == "apt" ? "deb" : "rpm";
}

std::set<std::string> driver_versioned_of(const Distro& distro) {
  std::set<std::string> names;
  for (const PackageSource& source : distro.package_sources)
    for (const DriverPackageSet& set : source.package_sets)
      names.insert(set.driver_versioned.begin(), set.driver_versioned.end());
  return names;
}

bool is_add_on(const ComponentPackages& component) { return component.part == "add-on"; }

std::set<std::string> driver_add_ons(const Catalog& catalog) {
  std::set<std::string> words;
  for_each_driver_component(catalog, [&](const ComponentPackages& component) {
    if (is_add_on(component)) words.insert(component.component);
  });
  return words;
}

std::set<std::string> driver_units(const Catalog& catalog) {
  std::set<std::string> units;
  for_each_driver_component(catalog, [&](const ComponentPackages& component) {
    if (!component.service.empty()) units.insert(component.service);
  });
  return units;
}

const Distro* find_distro(const Catalog& catalog, std::string_view id) {
  return find_sorted(catalog.distros, &Distro::id, id);
}

const Distro* find_distro_of(const Catalog& catalog, std::string_view os_id, std::string_view version_id) {
  for (const Distro& distro : catalog.distros)
    if (distro.os_id == os_id && is_version_of(distro, version_id)) return &distro;
  return nullptr;
}

const CudaLibrary* find_library(const Catalog& catalog, std::string_view id) {
  return find_sorted(catalog.libraries, &CudaLibrary::id, id);
}

const FabricGeneration* find_generation(const Catalog& catalog, std::string_view id) {
  return find_sorted(catalog.fabric.generations, &FabricGeneration::id, id);
}

const FabricBoard* find_fabric_board(const Catalog& catalog, std::string_view device_id) {
  const auto& boards = catalog.fabric.boards;
  const auto found = std::ranges::find_if(boards, [&](const FabricBoard& board) {
    return std::ranges::find(board.device_ids, device_id) != board.device_ids.end();
  });
  return found != boards.end() ? &*found : nullptr;
}

const VgpuDevice* find_vgpu_device(const Catalog& catalog, std::string_view device_id) {
  return find_sorted(catalog.vgpus, &VgpuDevice::device_id, device_id);
}

const PackageSource* find_source(const Distro& distro, std::string_view id) {
  return find_listed(distro.package_sources, &PackageSource::id, id);
}

const SigningKey* find_key(const Catalog& catalog, std::string_view id) {
  return find_sorted(catalog.keys, &SigningKey::id, id);
}

const PackageFamily* find_family(const Catalog& catalog, std::string_view id) {
  return find_sorted(catalog.families, &PackageFamily::id, id);
}

const DriverPackageSet* find_package_set(const PackageSource& source, std::string_view id) {
  return find_listed(source.package_sets, &DriverPackageSet::id, id);
}

}  // namespace nvprov
