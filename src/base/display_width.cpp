#include "base/display_width.hpp"

#include <algorithm>
#include <array>

namespace nvprov {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks Unicode's EastAsianWidth.txt has as wide (W) or fullwidth (F), coarsely.
constexpr std::array<Range, 8> wide_ranges = {{{0x1100, 0x115f},
                                               {0x2e80, 0x303e},
                                               {0x3041, 0xa4cf},
                                               {0xac00, 0xd7a3},
                                               {0xf900, 0xfaff},
                                               {0xfe30, 0xfe4f},
                                               {0xff00, 0xff60},
                                               {0x20000, 0x3fffd}}};

// The number of bytes a first byte announces; 1 for one that announces nothing.
std::size_t announced_bytes(unsigned char byte) {
  if ((byte & 0xe0) == 0xc0) return 2;
  if ((byte & 0xf0) == 0xe0) return 3;
  if ((byte & 0xf8) == 0xf0) return 4;
  return 1;
}

}  // namespace

Utf8Character first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = announced_bytes(first);
  if (bytes == 1 || bytes > text.size()) return {first, 1};
  char32_t value = first & (0xffU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return {first, 1};
    value = (value << 6) | (byte & 0x3fU);
  }
  return {value, bytes};
}

bool is_wide(char32_t character) {
  return std::ranges::any_of(wide_ranges,
                             [&](const Range& range) { return range.first <= character && character <= range.last; });
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Utf8Character character = first_character(text);
    width += is_wide(character.value) ? 2 : 1;
    text.remove_prefix(character.bytes);
  }
  return width;
}

}  // namespace nvprov
