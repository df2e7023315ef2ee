#include "report/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/display_width.hpp"
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

// What must stay on one line, and whether a blank parts it from what comes before.
struct Piece {
  std::string text;
  bool after_blank = true;
};

// Marks that no line may begin with, and marks that none may end with.
constexpr std::u32string_view closing_marks = U"，。；：、！？）」』》”’…),.;:!?";
constexpr std::u32string_view opening_marks = U"（「『《“‘(";

bool may_break(char32_t before, char32_t after) {
  return (is_wide(before) || is_wide(after)) && closing_marks.find(after) == std::u32string_view::npos &&
         opening_marks.find(before) == std::u32string_view::npos;
}

// Text between blanks, and Chinese between its characters; what stands in backticks is never parted.
std::vector<Piece> unbreakable_pieces(std::string_view text) {
  std::vector<Piece> pieces(1);
  bool quoted = false;
  char32_t before = U' ';
  while (!text.empty()) {
    const Utf8Character next = first_character(text);
    const bool is_blank = next.value == U' ' && !quoted;
    if (is_blank)
      pieces.emplace_back();
    else if (!quoted && !pieces.back().text.empty() && may_break(before, next.value))
      pieces.push_back({"", false});
    if (!is_blank) pieces.back().text += text.substr(0, next.bytes);
    if (next.value == U'`') quoted = !quoted;
    before = next.value;
    text.remove_prefix(next.bytes);
  }
  std::erase_if(pieces, [](const Piece& piece) { return piece.text.empty(); });
  return pieces;
}

std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  return widths;
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string fold(const std::vector<Piece>& pieces, int width, std::string_view first) {
  const std::string rest(display_width(first), ' ');
  const auto limit = static_cast<std::size_t>(std::max(width, 1));
  std::string lines;
  std::string line(first);
  bool empty = true;
  for (const Piece& piece : pieces) {
    const std::size_t gap = piece.after_blank ? 1 : 0;
    if (!empty && display_width(line) + gap + display_width(piece.text) > limit) {
      lines += without_trailing_blanks(line) + "\n";
      line = rest;
      empty = true;
    }
    line += (empty || gap == 0 ? "" : " ") + piece.text;
    empty = false;
  }
  return lines + without_trailing_blanks(line) + "\n";
}

std::string padded(const std::string& text, std::size_t width, bool flush_right) {
  const std::string blanks(width - display_width(text), ' ');
  return flush_right ? blanks + text : text + blanks;
}

}  // namespace

std::string paint(std::string_view text, Paint as, const TextOptions& options) {
  if (!options.colour) return std::string(text);
  return fmt::format("{}{}\033[0m", escape_of(as), text);
}

std::string wrap(std::string_view text, int width, std::string_view first) {
  return fold(unbreakable_pieces(text), width, first);
}

std::string wrap_items(const std::vector<std::string>& items, int width, std::string_view first) {
  std::vector<Piece> pieces;
  for (const std::string& item : items) pieces.push_back({item, true});
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) pieces[i].text += ",";
  return fold(pieces, width, first);
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
      line += padded(row[i], widths[i], flush_right);
      if (i + 1 < row.size()) line += "  ";
    }
    lines += without_trailing_blanks(std::move(line)) + "\n";
  }
  return lines;
}

std::string labelled(const std::vector<LabelledLine>& lines, int width) {
  std::size_t longest = 0;
  for (const auto& line : lines) {
    if (!line.text.empty()) longest = std::max(longest, display_width(line.label));
  }
  std::string text;
  for (const auto& line : lines) {
    if (!line.text.empty()) text += wrap(line.text, width, "  " + padded(line.label, longest, false) + "  ");
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
