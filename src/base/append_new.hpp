#pragma once

#include <algorithm>
#include <vector>

namespace nvprov {

// Adds those of `more` that are not in `all` yet, in their order.
template <class T>
void append_new(std::vector<T>& all, const std::vector<T>& more) {
  for (const T& item : more)
    if (std::ranges::find(all, item) == all.end()) all.push_back(item);
}

}  // namespace nvprov
