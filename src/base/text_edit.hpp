#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nvprov {

// Bytes of a text from `begin` up to `end`.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool operator==(const TextSpan&) const = default;
};

// One place of a text and what is to stand there instead.
struct TextEdit {
  TextSpan span;
  std::string text;

  bool operator==(const TextEdit&) const = default;
};

// The bytes of a span.
inline std::string_view part(std::string_view text, TextSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

// The text with the edit done; every byte outside its span stays.
inline std::string edited(std::string_view text, const TextEdit& edit) {
  return std::string(text.substr(0, edit.span.begin)) + edit.text + std::string(text.substr(edit.span.end));
}

// The line a position is in, from 1 on.
inline std::size_t line_at(std::string_view text, std::size_t position) {
  std::size_t line = 1;
  for (const char c : text.substr(0, position)) line += c == '\n' ? 1 : 0;
  return line;
}

// "\r\n" where the first line ends so, else "\n".
inline std::string_view newline_of(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

}  // namespace nvprov
