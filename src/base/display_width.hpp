#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nvprov {

// The next character of a UTF-8 text; a byte that begins none stands for itself. The text must not be empty.
struct Utf8Character {
  char32_t value = 0;
  std::size_t bytes = 1;

  bool operator==(const Utf8Character&) const = default;
};
Utf8Character first_character(std::string_view text);

// Whether a terminal shows this character two columns wide, as it does Chinese ones.
bool is_wide(char32_t character);

// How many columns a terminal needs for a text without control characters.
std::size_t display_width(std::string_view text);

}  // namespace nvprov
