#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"

namespace nvprov {

// What can be typed where --help names a value: a place on the disk, words of a list, or anything.
enum class ValueKind { anything, file, folder, words, list_of_words };

struct ValueWords {
  ValueKind kind = ValueKind::anything;
  std::vector<std::string> words;  // of a list, in the order to offer them

  bool operator==(const ValueWords&) const = default;
};

// By the name --help gives the value, such as "GPU"; nullopt for one that nobody has thought about here.
std::optional<ValueWords> value_words(std::string_view value, const Catalog& catalog);

}  // namespace nvprov
