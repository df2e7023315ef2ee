#include "model/forward_compatibility.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "base/text.hpp"

namespace nvprov {
namespace {

// How many words of a class's name stand at a place of another; 0 where not all of them do.
std::ptrdiff_t words_at(std::span<const std::string> name, const std::string& phrase) {
  const std::vector<std::string> words = name_words(phrase);
  const bool fits = words.size() <= name.size() && std::ranges::equal(words, name.first(words.size()));
  return fits ? std::ssize(words) : 0;
}

const CompatGpuClass* class_at(const ForwardCompatibility& forward, std::span<const std::string> name) {
  const CompatGpuClass* found = nullptr;
  std::ptrdiff_t most = 0;
  for (const CompatGpuClass& each : forward.gpu_classes)
    for (const std::string& phrase : each.name_words)
      if (const std::ptrdiff_t count = words_at(name, phrase); count > most) {
        found = &each;
        most = count;
      }
  return found;
}

}  // namespace

const CompatRelease* find_compat_release(const ForwardCompatibility& forward, std::string_view cuda) {
  const auto found = std::ranges::find(forward.releases, cuda, &CompatRelease::cuda);
  return found != forward.releases.end() ? &*found : nullptr;
}

const CompatGpuClass* compat_class_of(const ForwardCompatibility& forward, std::string_view gpu_name) {
  const std::vector<std::string> words = name_words(gpu_name);
  for (std::span<const std::string> rest = words; !rest.empty(); rest = rest.subspan(1))
    if (const CompatGpuClass* found = class_at(forward, rest)) return found;
  return nullptr;
}

}  // namespace nvprov
