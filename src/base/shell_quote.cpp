#include "base/shell_quote.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

bool is_plain_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("@%+=:,./-_~").find(c) != std::string_view::npos;
}

// A shell replaces a tilde by a home folder only where a path may begin; in the middle of a version it is plain.
bool may_expand_tilde(std::string_view word) {
  return word.starts_with('~') || contains(word, "=~") || contains(word, ":~");
}

}  // namespace

std::string shell_quote(std::string_view word) {
  const bool plain = !word.empty() && std::ranges::all_of(word, is_plain_character) && !may_expand_tilde(word);
  return plain ? std::string(word) : always_quoted(word);
}

std::string always_quoted(std::string_view word) {
  return "'" + replace_all(std::string(word), "'", "'\\''") + "'";
}

std::string command_line(const std::vector<std::string>& argv, int width, std::string_view prefix) {
  const auto limit = static_cast<std::size_t>(std::max(width, 1));
  std::string lines;
  std::string line(prefix);
  bool empty = true;
  for (const std::string& argument : argv) {
    const std::string word = shell_quote(argument);
    if (!empty && line.size() + word.size() + 3 > limit) {  // 3: the blank before the word, " \" after it
      lines += line + " \\\n";
      line = std::string(prefix) + "   ";
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return lines + line + "\n";
}

}  // namespace nvprov
