#include "report/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

std::string_view escape_of(Paint as) {
  switch (as) {
    case Paint::heading: return "\033[1m";
    case Paint::bad: return "\033[1;31m";
    case Paint::warning: return "\033[33m";
  }
  return "";
}

// Words between blanks; blanks inside backticks do not part.
std::vector<std::string> unbreakable_words(std::string_view text) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '`') quoted = !quoted;
    if (c == ' ' && !quoted) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase(words, "");
  return words;
}

std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  return widths;
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string fold(const std::vector<std::string>& words, int width, std::string_view first) {
  const std::string rest(first.size(), ' ');
  const auto limit = static_cast<std::size_t>(std::max(width, 1));
  std::string lines;
  std::string line(first);
  bool empty = true;
  for (const std::string& word : words) {
    if (!empty && line.size() + 1 + word.size() > limit) {
      lines += line + "\n";
      line = rest;
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return lines + without_trailing_blanks(line) + "\n";
}

}  // namespace

std::string paint(std::string_view text, Paint as, const TextOptions& options) {
  if (!options.colour) return std::string(text);
  return fmt::format("{}{}\033[0m", escape_of(as), text);
}

std::string wrap(std::string_view text, int width, std::string_view first) {
  return fold(unbreakable_words(text), width, first);
}

std::string wrap_items(const std::vector<std::string>& items, int width, std::string_view first) {
  std::vector<std::string> words = items;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) words[i] += ",";
  return fold(words, width, first);
}

std::string indent(std::string_view text, std::string_view prefix) {
  std::string lines;
  for (const std::string_view line : split_lines(text)) {
    lines += without_trailing_blanks(fmt::format("{}{}", prefix, line)) + "\n";
  }
  return lines;
}

std::string table(const std::vector<std::vector<std::string>>& rows, std::string_view prefix,
                  const std::vector<std::size_t>& right) {
  const std::vector<std::size_t> widths = column_widths(rows);
  std::string lines;
  for (const auto& row : rows) {
    std::string line(prefix);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool flush_right = std::ranges::find(right, i) != right.end();
      line += flush_right ? fmt::format("{:>{}}", row[i], widths[i]) : fmt::format("{:<{}}", row[i], widths[i]);
      if (i + 1 < row.size()) line += "  ";
    }
    lines += without_trailing_blanks(std::move(line)) + "\n";
  }
  return lines;
}

std::string labelled(const std::vector<LabelledLine>& lines, int width) {
  std::size_t longest = 0;
  for (const auto& line : lines) {
    if (!line.text.empty()) longest = std::max(longest, line.label.size());
  }
  std::string text;
  for (const auto& line : lines) {
    if (!line.text.empty()) text += wrap(line.text, width, fmt::format("  {:<{}}  ", line.label, longest));
  }
  return text;
}

std::string source_line(const Source& source, std::string_view prefix) {
  return fmt::format("{}see {}{}{}\n", prefix, source.title, source.url.empty() ? "" : ": ", source.url);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace nvprov
