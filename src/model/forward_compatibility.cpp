#include "model/forward_compatibility.hpp"

#include <algorithm>

namespace nvprov {

const CompatRelease* find_compat_release(const ForwardCompatibility& forward, std::string_view cuda) {
  const auto found = std::ranges::find(forward.releases, cuda, &CompatRelease::cuda);
  return found != forward.releases.end() ? &*found : nullptr;
}

}  // namespace nvprov
