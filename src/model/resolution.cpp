#include "model/resolution.hpp"

#include <algorithm>

#include "base/version.hpp"

namespace nvprov {

const CudaChoice* newest_cuda(const Resolution& resolution) {
  const auto newest = std::ranges::max_element(resolution.cuda, [](const CudaChoice& left, const CudaChoice& right) {
    return compare_versions(left.update, right.update) < 0;
  });
  return newest == resolution.cuda.end() ? nullptr : &*newest;
}

}  // namespace nvprov
