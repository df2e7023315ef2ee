#include "resolve/forward_compatibility.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace nvprov {

CompatUse compat_use(const ForwardCompatibility& forward, std::string_view cuda, std::string_view branch) {
  const CompatRelease* release = find_compat_release(forward, cuda);
  if (release == nullptr) return CompatUse::unknown;
  const auto is_in = [&](const std::vector<std::string>& branches) {
    return std::ranges::find(branches, branch) != branches.end();
  };
  if (is_in(release->works_over)) return CompatUse::works;
  if (is_in(release->not_needed_on)) return CompatUse::not_needed;
  return is_in(release->does_not_work_over) ? CompatUse::does_not_work : CompatUse::unknown;
}

std::string compat_package(const ForwardCompatibility& forward, std::string_view cuda) {
  const std::string dashed = replace_all(std::string(cuda), ".", "-");
  const std::array<Placeholder, 2> values = {{{"cuda_dash", dashed}, {"cuda_release", cuda}}};
  return expand(forward.package, values).value_or("");
}

CompatGpu compat_gpu(const ForwardCompatibility& forward, std::string_view gpu_name) {
  const CompatGpuClass* found = compat_class_of(forward, gpu_name);
  if (found == nullptr) return CompatGpu::unknown;
  if (found->eligible == "all") return CompatGpu::eligible;
  if (found->eligible == "some") return CompatGpu::some;
  return found->eligible == "none" ? CompatGpu::not_eligible : CompatGpu::unknown;
}

CompatGpu compat_gpu(const Catalog& catalog, const Gpu& gpu) {
  const GpuModel* model = find_gpu(catalog, gpu.device_id);
  const std::string name = model != nullptr ? model->name : gpu.name;
  return compat_gpu(catalog.forward_compatibility, name);
}

}  // namespace nvprov
