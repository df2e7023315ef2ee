#include "report/fill.hpp"

#include <array>

#include "base/text.hpp"

namespace nvprov {
namespace {

struct Named {
  std::string_view placeholder;
  std::string_view value;
};

std::array<Named, 3> named(const SentenceValues& values) {
  return {Named{"{subject}", values.subject}, Named{"{other}", values.other}, Named{"{limit}", values.limit}};
}

bool names_an_empty_value(std::string_view part, const SentenceValues& values) {
  for (const Named& item : named(values)) {
    if (item.value.empty() && contains(part, item.placeholder)) return true;
  }
  return false;
}

std::string_view first_that_can_be_filled(std::string_view part, const SentenceValues& values) {
  const std::size_t bar = part.find('|');
  const std::string_view first = part.substr(0, bar);
  if (!names_an_empty_value(first, values)) return first;
  return bar == std::string_view::npos ? "" : part.substr(bar + 1);
}

std::string without_empty_parts(std::string_view words, const SentenceValues& values) {
  std::string kept;
  while (!words.empty()) {
    const std::size_t open = words.find('[');
    kept += words.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = words.find(']', open);
    const std::string_view part = words.substr(open + 1, close - open - 1);
    kept += first_that_can_be_filled(part, values);
    words.remove_prefix(close == std::string_view::npos ? words.size() : close + 1);
  }
  return kept;
}

}  // namespace

std::string fill(std::string_view words, const SentenceValues& values) {
  const std::string kept = without_empty_parts(words, values);
  std::string filled;
  std::string_view rest = kept;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    filled += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    rest.remove_prefix(open);
    std::string_view taken = rest.substr(0, 1);
    std::string_view value = taken;
    for (const Named& item : named(values)) {
      if (rest.starts_with(item.placeholder)) {
        taken = item.placeholder;
        value = item.value;
      }
    }
    filled += value;
    rest.remove_prefix(taken.size());
  }
  return filled;
}

}  // namespace nvprov
