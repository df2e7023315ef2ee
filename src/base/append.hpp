#pragma once

#include <vector>

namespace nvprov {

// Adds `more` at the end of `all`.
template <class T>
void append(std::vector<T>& all, const std::vector<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace nvprov
