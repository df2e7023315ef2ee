#include "resolve/gpu_kinds.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace nvprov {
namespace {

// All that the rules look at in a GPU beside its architecture's record; empty for one the catalog lacks.
using Traits =
    std::tuple<std::string, std::optional<std::string>, std::optional<std::string>, std::optional<ModuleSupport>>;

Traits traits_of(const Catalog& catalog, const std::string& device_id) {
  const GpuModel* gpu = find_gpu(catalog, device_id);
  if (gpu == nullptr) return {};
  return {gpu->architecture, gpu->compute_capability, gpu->first_driver_branch, gpu->modules};
}

std::ptrdiff_t rank_of(const Catalog& catalog, const GpuKind& kind) {
  return std::ranges::find(catalog.architectures, kind.example.architecture, &GpuArchitecture::name) -
         catalog.architectures.begin();
}

}  // namespace

std::vector<GpuKind> gpu_kinds(const Catalog& catalog) { return gpu_kinds(catalog, catalog); }

std::vector<GpuKind> gpu_kinds(const Catalog& before, const Catalog& after) {
  std::map<std::string, GpuModel> all;
  for (const Catalog* catalog : {&before, &after})
    for (const GpuModel& gpu : catalog->gpus) all.insert_or_assign(gpu.device_id, gpu);
  std::map<std::pair<Traits, Traits>, GpuKind> kinds;
  for (const auto& [id, gpu] : all)
    kinds.try_emplace({traits_of(before, id), traits_of(after, id)}, GpuKind{.example = gpu, .device_ids = {}})
        .first->second.device_ids.push_back(id);
  std::vector<GpuKind> result;
  for (auto& [traits, kind] : kinds) result.push_back(std::move(kind));
  std::ranges::stable_sort(result, {}, [&](const GpuKind& kind) { return rank_of(after, kind); });
  return result;
}

bool is_another_kind(const Catalog& before, const Catalog& after, const std::string& device_id) {
  const GpuModel* old = find_gpu(before, device_id);
  if (old == nullptr || traits_of(before, device_id) != traits_of(after, device_id)) return true;
  const GpuArchitecture* of_old = find_architecture(before, old->architecture);
  const GpuArchitecture* of_new = find_architecture(after, old->architecture);
  return of_old == nullptr || of_new == nullptr ? of_old != of_new : *of_old != *of_new;
}

}  // namespace nvprov
