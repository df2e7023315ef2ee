#include "report/gpu_groups.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

bool same_kind(Gpu left, const Gpu& right) {
  left.address = right.address;
  return left == right;
}

}  // namespace

std::vector<GpuGroup> group_gpus(std::span<const Gpu> gpus) {
  std::vector<GpuGroup> groups;
  for (const Gpu& gpu : gpus) {
    auto group = std::ranges::find_if(groups, [&](const GpuGroup& known) { return same_kind(known.gpu, gpu); });
    if (group == groups.end()) group = groups.insert(groups.end(), GpuGroup{.gpu = gpu, .count = 0, .addresses = {}});
    ++group->count;
    if (!gpu.address.empty()) group->addresses.push_back(gpu.address);
  }
  return groups;
}

std::string gpu_names(std::span<const Gpu> gpus) {
  std::vector<std::string> order;
  for (const Gpu& gpu : gpus) {
    if (std::ranges::find(order, gpu.name) == order.end()) order.push_back(gpu.name);
  }
  for (std::string& name : order) name = fmt::format("{}x {}", std::ranges::count(gpus, name, &Gpu::name), name);
  return join(order, ", ");
}

}  // namespace nvprov
