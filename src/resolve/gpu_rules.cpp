#include "resolve/gpu_rules.hpp"

#include <algorithm>

#include "base/version.hpp"

namespace nvprov {
namespace {

std::ptrdiff_t age_of(const Catalog& catalog, std::string_view architecture) {
  const auto at = std::ranges::find(catalog.architectures, architecture, &GpuArchitecture::name);
  return at - catalog.architectures.begin();
}

std::optional<std::string> first_branch_of(const Gpu& gpu, const GpuArchitecture& architecture,
                                           const Catalog& catalog) {
  const GpuModel* model = find_gpu(catalog, gpu.device_id);
  if (model != nullptr && model->first_driver_branch) return model->first_driver_branch;
  return architecture.first_driver_branch;
}

bool is_offered(const std::vector<std::string>& offered, std::string_view flavour) {
  return std::ranges::find(offered, flavour) != offered.end();
}

const Gpu* first_with(const std::vector<Gpu>& gpus, ModuleSupport support, const Catalog& catalog) {
  const auto gpu =
      std::ranges::find_if(gpus, [&](const Gpu& each) { return module_support(each, catalog) == support; });
  return gpu == gpus.end() ? nullptr : &*gpu;
}

Conflict flavour_conflict(ConflictReason reason, const Gpu& gpu, const std::string& other, const Catalog& catalog) {
  const GpuArchitecture* architecture = find_architecture(catalog, gpu.architecture.value_or(""));
  return {.reason = reason,
          .subject = gpu.name,
          .other = other,
          .limit = gpu.architecture.value_or(""),
          .sources = architecture != nullptr ? architecture->sources : std::vector<Source>{}};
}

}  // namespace

std::optional<Conflict> gpu_not_served(const Gpu& gpu, const DriverBranch& branch, const Catalog& catalog) {
  const GpuArchitecture* architecture = find_architecture(catalog, gpu.architecture.value_or(""));
  if (architecture == nullptr)
    return Conflict{.reason = ConflictReason::unknown_gpu,
                    .subject = "10de:" + gpu.device_id,
                    .other = {},
                    .limit = {},
                    .sources = {}};

  Conflict conflict{.reason = ConflictReason::gpu_newer_than_branch,
                    .subject = gpu.name,
                    .other = branch.branch,
                    .limit = {},
                    .sources = architecture->sources};
  const auto first = first_branch_of(gpu, *architecture, catalog);
  if (first && compare_versions(branch.branch, *first) < 0) {
    conflict.limit = *first;
    return conflict;
  }
  if (age_of(catalog, architecture->name) > age_of(catalog, branch.newest_architecture)) {
    conflict.sources = branch.sources;
    return conflict;
  }
  conflict.reason = ConflictReason::gpu_older_than_branch;
  if (architecture->last_driver_branch && compare_versions(branch.branch, *architecture->last_driver_branch) > 0) {
    conflict.limit = *architecture->last_driver_branch;
    return conflict;
  }
  if (age_of(catalog, architecture->name) < age_of(catalog, branch.oldest_architecture)) {
    conflict.sources = branch.sources;
    return conflict;
  }
  return std::nullopt;
}

ModuleSupport module_support(const Gpu& gpu, const Catalog& catalog) {
  const GpuModel* model = find_gpu(catalog, gpu.device_id);
  if (model != nullptr && model->modules) return *model->modules;
  const GpuArchitecture* architecture = find_architecture(catalog, gpu.architecture.value_or(""));
  return architecture != nullptr ? architecture->modules : ModuleSupport::either;
}

std::optional<Conflict> flavour_not_accepted(const Gpu& gpu, std::string_view flavour, const std::string& offer_name,
                                             const Catalog& catalog) {
  const ModuleSupport support = module_support(gpu, catalog);
  if (support == ModuleSupport::open_only && flavour == "proprietary")
    return flavour_conflict(ConflictReason::gpu_needs_open_module, gpu, offer_name, catalog);
  if (support == ModuleSupport::proprietary_only && flavour == "open")
    return flavour_conflict(ConflictReason::gpu_needs_proprietary_module, gpu, offer_name, catalog);
  return std::nullopt;
}

std::optional<Conflict> no_common_flavour(const std::vector<Gpu>& gpus, const std::vector<std::string>& offered,
                                          const std::string& offer_name, const Catalog& catalog) {
  const Gpu* needs_open = first_with(gpus, ModuleSupport::open_only, catalog);
  const Gpu* needs_proprietary = first_with(gpus, ModuleSupport::proprietary_only, catalog);
  if (needs_open != nullptr && needs_proprietary != nullptr) {
    Conflict conflict =
        flavour_conflict(ConflictReason::gpus_exclude_each_other, *needs_open, needs_proprietary->name, catalog);
    conflict.limit = "open / proprietary";
    return conflict;
  }
  if (needs_proprietary == nullptr && is_offered(offered, "open")) return std::nullopt;
  if (needs_open == nullptr && is_offered(offered, "proprietary")) return std::nullopt;
  if (needs_open == nullptr && needs_proprietary != nullptr)
    return flavour_conflict(ConflictReason::gpu_needs_proprietary_module, *needs_proprietary, offer_name, catalog);
  const Gpu& gpu = needs_open != nullptr ? *needs_open : gpus.front();
  return flavour_conflict(ConflictReason::gpu_needs_open_module, gpu, offer_name, catalog);
}

std::vector<Gpu> distinct_gpus(const std::vector<Gpu>& gpus) {
  std::vector<Gpu> distinct;
  for (const Gpu& gpu : gpus) {
    const bool seen = std::ranges::any_of(
        distinct, [&](const Gpu& other) { return other.device_id == gpu.device_id && other.name == gpu.name; });
    if (!seen) distinct.push_back(gpu);
  }
  return distinct;
}

}  // namespace nvprov
