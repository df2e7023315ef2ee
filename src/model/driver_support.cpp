#include "model/driver_support.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {

std::optional<Version> kernel_number(std::string_view release) {
  const auto end = std::ranges::find_if_not(release, [](char c) { return is_digit(c) || c == '.' || c == '-'; });
  std::string numbers(release.begin(), end);
  std::ranges::replace(numbers, '-', '.');
  while (numbers.ends_with('.')) numbers.pop_back();
  return Version::parse(numbers);
}

}  // namespace nvprov
