#include "explain/image_support.hpp"

#include <algorithm>

#include "resolve/cuda_choice.hpp"
#include "resolve/cuda_on_driver.hpp"

namespace nvprov {
namespace {

const CudaUpdate* newest_known(const CudaRelease& cuda) {
  const auto update = std::find_if(cuda.updates.rbegin(), cuda.updates.rend(),
                                   [](const CudaUpdate& each) { return each.min_driver.has_value(); });
  if (update != cuda.updates.rend()) return &*update;
  return cuda.updates.empty() ? nullptr : &cuda.updates.back();
}

}  // namespace

std::vector<ImageSupport> image_support(const Catalog& catalog, const std::string& driver_version,
                                        const std::vector<Gpu>& gpus) {
  std::vector<ImageSupport> all;
  for (const CudaRelease& cuda : catalog.cuda) {
    const CudaUpdate* update = newest_known(cuda);
    if (update == nullptr) continue;
    ImageSupport support{.release = cuda.release,
                         .support = support_without_package(catalog, cuda, *update, driver_version),
                         .driver_floor = update->min_driver,
                         .no_code = std::nullopt};
    if (auto conflicts = capability_conflicts(cuda, gpus, catalog); !conflicts.empty())
      support.no_code = conflicts.front();
    all.push_back(std::move(support));
  }
  return all;
}

}  // namespace nvprov
