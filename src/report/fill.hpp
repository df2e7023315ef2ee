#pragma once

#include <string>
#include <string_view>

namespace nvprov {

// The values a sentence is about.
struct SentenceValues {
  std::string_view subject;
  std::string_view other;
  std::string_view limit;
};

// Puts the values in at {subject}, {other}, {limit}. A part in square brackets is left out, brackets and all, when a
// value it names is empty: "it offers none[, only {limit}]"; what stands after a bar is taken instead:
// "needs [driver {limit}|a newer driver]".
std::string fill(std::string_view words, const SentenceValues& values);

}  // namespace nvprov
