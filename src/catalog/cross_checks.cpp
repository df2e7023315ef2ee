#include "catalog/cross_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/version.hpp"

namespace nvprov {
namespace {

template <class T>
void check_identities(const std::vector<Placed<T>>& records, std::string T::*id, std::string_view key,
                      Diagnostics& problems) {
  std::map<std::string_view, const Placed<T>*> seen;
  for (const Placed<T>& placed : records) {
    const auto [entry, is_new] = seen.emplace(placed.record.*id, &placed);
    if (is_new || (placed.record.*id).empty()) continue;
    const Placed<T>& first = *entry->second;
    note(problems, placed, key, fmt::format("`{}` is already in {}{}", placed.record.*id, first.file, first.place));
  }
}

// The place of an architecture in the order of gpus.json.
std::optional<std::size_t> rank(const Records& records, std::string_view name) {
  for (std::size_t i = 0; i < records.architectures.size(); ++i)
    if (records.architectures[i].record.name == name) return i;
  return std::nullopt;
}

template <class T>
void check_architecture_name(const Records& records, const Placed<T>& where, std::string T::*name, std::string_view key,
                             Diagnostics& problems) {
  const std::string& wanted = where.record.*name;
  if (wanted.empty() || !records.has_architectures || rank(records, wanted)) return;
  note(problems, where, key, fmt::format("there is no architecture `{}` in {}", wanted, gpus_file),
       suggest(records.architectures, &GpuArchitecture::name, wanted));
}

void check_branch_order(const Placed<GpuArchitecture>& placed, Diagnostics& problems) {
  const auto& first = placed.record.first_driver_branch;
  const auto& last = placed.record.last_driver_branch;
  if (!first || !last || compare_versions(*first, *last) <= 0) return;
  note(problems, placed, "/last_driver_branch",
       fmt::format("the last branch {} is older than the first, {}", *last, *first));
}

void check_last_branch(const Records& records, const Placed<GpuArchitecture>& placed, Diagnostics& problems) {
  const auto& last = placed.record.last_driver_branch;
  if (!last || records.has_file(driver_file(*last))) return;
  if (is_known_or_older(records.drivers, &DriverBranch::branch, *last)) return;
  note(problems, placed, "/last_driver_branch", fmt::format("there is no driver branch `{}`", *last),
       suggest(records.drivers, &DriverBranch::branch, *last));
}

void check_capability(const GpuArchitecture& architecture, const Placed<GpuModel>& gpu, Diagnostics& problems) {
  const auto& capability = gpu.record.compute_capability;
  if (!capability ||
      std::ranges::find(architecture.compute_capabilities, *capability) != architecture.compute_capabilities.end())
    return;
  note(problems, gpu, "/compute_capability",
       fmt::format("`{}` is not a compute capability of {}", *capability, architecture.name),
       fmt::format("it has: {}", join(architecture.compute_capabilities, ", ")));
}

// What an architecture cannot, none of its GPUs can.
void check_module_support(const GpuArchitecture& architecture, const Placed<GpuModel>& gpu, Diagnostics& problems) {
  const auto modules = gpu.record.modules;
  if (!modules || *modules == architecture.modules) return;
  if (architecture.modules == ModuleSupport::proprietary_only)
    note(problems, gpu, "/modules",
         fmt::format("the GPU is marked open-capable, but no GPU of {} is", architecture.name));
  if (architecture.modules == ModuleSupport::open_only)
    note(problems, gpu, "/modules",
         fmt::format("the GPU is marked for proprietary modules, but they drive no GPU of {}", architecture.name));
}

void check_gpu(const Records& records, const Placed<GpuModel>& gpu, Diagnostics& problems) {
  check_architecture_name(records, gpu, &GpuModel::architecture, "/architecture", problems);
  const auto* architecture = find_record(records.architectures, &GpuArchitecture::name, gpu.record.architecture);
  if (architecture == nullptr) return;
  check_capability(*architecture, gpu, problems);
  check_module_support(*architecture, gpu, problems);
}

void check_architecture_range(const Records& records, const Placed<DriverBranch>& branch, Diagnostics& problems) {
  const auto oldest = rank(records, branch.record.oldest_architecture);
  const auto newest = rank(records, branch.record.newest_architecture);
  if (!oldest || !newest || *oldest <= *newest) return;
  note(problems, branch, "/newest_architecture",
       fmt::format("{} is older than the oldest architecture, {}", branch.record.newest_architecture,
                   branch.record.oldest_architecture));
}

void check_branch_cuda(const Records& records, const Placed<DriverBranch>& branch, Diagnostics& problems) {
  const auto& cuda = branch.record.cuda;
  if (!cuda || records.has_file(cuda_file(*cuda))) return;
  if (is_known_or_older(records.cuda, &CudaRelease::release, *cuda)) return;
  note(problems, branch, "/cuda", fmt::format("there is no CUDA release `{}`", *cuda),
       suggest(records.cuda, &CudaRelease::release, *cuda));
}

void check_has_module(const Placed<DriverBranch>& branch, Diagnostics& problems) {
  if (branch.record.has_open_module || branch.record.has_proprietary_module) return;
  note(problems, branch, "/has_proprietary_module", "a branch has an open or a proprietary module, or both");
}

void check_branch(const Records& records, const Placed<DriverBranch>& branch, Diagnostics& problems) {
  check_architecture_name(records, branch, &DriverBranch::oldest_architecture, "/oldest_architecture", problems);
  check_architecture_name(records, branch, &DriverBranch::newest_architecture, "/newest_architecture", problems);
  check_architecture_range(records, branch, problems);
  check_branch_cuda(records, branch, problems);
}

void check_aliases(const Records& records, const Placed<Profile>& profile, Diagnostics& problems) {
  for (std::size_t i = 0; i < profile.record.aliases.size(); ++i) {
    const std::string& alias = profile.record.aliases[i];
    for (const Placed<Profile>& other : records.profiles) {
      const auto& aliases = other.record.aliases;
      const bool is_later = &other < &profile && std::ranges::find(aliases, alias) != aliases.end();
      if (other.record.id != alias && !is_later) continue;
      note(problems, profile, fmt::format("/aliases/{}", i),
           fmt::format("`{}` already names the profile `{}`", alias, other.record.id));
    }
  }
}

// A part of the fabric may be named though no source here has it: the answer is then a reasoned refusal.
std::vector<std::string> driver_components(const Records& records) {
  std::vector<std::string> names;
  for (const auto& package : records.fabric.packages) names.push_back(package.record.component);
  for (const auto& distro : records.distros)
    for (const PackageSource& source : distro.record.package_sources)
      for (const DriverPackageSet& set : source.package_sets)
        for (const ComponentPackages& part : set.components) names.push_back(part.component);
  for (const auto& family : records.families)
    for (const PackageEra& era : family.record.eras)
      for (const ComponentPackages& part : era.components) names.push_back(part.component);
  return names;
}

std::vector<std::string> cuda_components(const Records& records) {
  std::vector<std::string> names;
  for (const auto& distro : records.distros)
    for (const PackageSource& source : distro.record.package_sources)
      for (const CudaOffer& offer : source.cuda)
        for (const ComponentPackages& part : offer.components) names.push_back(part.component);
  for (const auto& family : records.families)
    for (const CudaComponent& part : family.record.cuda) names.push_back(part.component);
  return names;
}

void check_components(const Placed<Profile>& profile, std::string_view list, const std::vector<std::string>& wanted,
                      const std::vector<std::string>& known, Diagnostics& problems) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (std::ranges::find(known, wanted[i]) != known.end()) continue;
    note(problems, profile, fmt::format("{}/{}", list, i),
         fmt::format("no distribution's source has a component `{}`", wanted[i]), suggestion_for(wanted[i], known));
  }
}

void check_profile_components(const Records& records, Diagnostics& problems) {
  const auto driver = driver_components(records);
  const auto cuda = cuda_components(records);
  for (const Placed<Profile>& profile : records.profiles) {
    const auto check_part = [&](const std::string& name, const ProfilePart& part) {
      check_components(profile, "/" + name + "/driver_components", part.driver_components, driver, problems);
      check_components(profile, "/" + name + "/nvswitch_components", part.nvswitch_components, driver, problems);
      check_components(profile, "/" + name + "/nvlink5_components", part.nvlink5_components, driver, problems);
      check_components(profile, "/" + name + "/rack_components", part.rack_components, driver, problems);
      check_components(profile, "/" + name + "/cuda_components", part.cuda_components, cuda, problems);
    };
    check_part("host", profile.record.host);
    check_part("image", profile.record.image);
  }
}

// A file that could not be read may be the one that has the components.
bool are_all_components_read(const Records& records) {
  const bool is_fabric_read = !records.has_file(fabric_file) || !records.fabric.packages.empty();
  return is_fabric_read && are_all_distros_read(records);
}

}  // namespace

bool are_all_distros_read(const Records& records) {
  return std::ranges::all_of(records.files, [&](const std::string& file) {
    return !file.starts_with("distros/") ||
           std::ranges::find(records.distros, file, &Placed<Distro>::file) != records.distros.end();
  });
}

std::string suggestion_for(std::string_view typed, const std::vector<std::string>& known) {
  const auto suggestion = did_you_mean(typed, known);
  return suggestion ? fmt::format("did you mean `{}`?", *suggestion) : "";
}

void check_duplicates(const Records& records, Diagnostics& problems) {
  check_identities(records.architectures, &GpuArchitecture::name, "/name", problems);
  check_identities(records.gpus, &GpuModel::device_id, "/device_id", problems);
  check_identities(records.drivers, &DriverBranch::branch, "/branch", problems);
  check_identities(records.cuda, &CudaRelease::release, "/release", problems);
  check_identities(records.compat_releases, &CompatRelease::cuda, "/cuda", problems);
  check_identities(records.compat_gpu_classes, &CompatGpuClass::id, "/id", problems);
  check_identities(records.compat_bases, &CompatBase::cuda_major, "/cuda_major", problems);
  check_identities(records.compat_features, &CompatFeature::feature, "/feature", problems);
  check_identities(records.compat_errors, &CompatError::name, "/name", problems);
  check_identities(records.profiles, &Profile::id, "/id", problems);
  check_identities(records.keys, &SigningKey::id, "/id", problems);
  check_identities(records.families, &PackageFamily::id, "/id", problems);
  check_identities(records.distros, &Distro::id, "/id", problems);
  check_identities(records.libraries, &CudaLibrary::id, "/id", problems);
  check_identities(records.fabric.generations, &FabricGeneration::id, "/id", problems);
  check_identities(records.fabric.nvswitches, &NvSwitchModel::device_id, "/device_id", problems);
  check_identities(records.fabric.marks, &FabricMark::id, "/id", problems);
  check_identities(records.fabric.boards, &FabricBoard::id, "/id", problems);
  check_identities(records.fabric.packages, &FabricPackage::component, "/component", problems);
  check_identities(records.vgpus, &VgpuDevice::device_id, "/device_id", problems);
}

void check_references(const Records& records, Diagnostics& problems) {
  for (const auto& architecture : records.architectures) {
    check_branch_order(architecture, problems);
    check_last_branch(records, architecture, problems);
  }
  for (const auto& gpu : records.gpus) check_gpu(records, gpu, problems);
  for (const auto& branch : records.drivers) check_branch(records, branch, problems);
  for (const auto& branch : records.drivers) check_has_module(branch, problems);
  check_driver_support(records, problems);
  check_forward_compatibility(records, problems);
  for (const auto& profile : records.profiles) check_aliases(records, profile, problems);
  if (are_all_components_read(records)) check_profile_components(records, problems);
  check_keys(records, problems);
  check_distros(records, problems);
  check_vendor_sources(records, problems);
  check_libraries(records, problems);
  check_container_toolkit(records, problems);
  check_fabric(records, problems);
  check_vgpus(records, problems);
}

}  // namespace nvprov
