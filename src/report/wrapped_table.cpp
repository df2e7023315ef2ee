#include "report/wrapped_table.hpp"

#include <algorithm>

#include "base/display_width.hpp"
#include "base/text.hpp"
#include "report/layout.hpp"

namespace nvprov {
namespace {

using Cells = std::vector<std::vector<std::string>>;  // of one row: the lines of each cell

constexpr std::size_t widest_column = 36;
constexpr std::size_t narrowest_last_column = 24;
constexpr std::size_t gap = 2;

std::vector<std::size_t> natural_widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  return widths;
}

// The width each column may have.
std::vector<std::size_t> allowed_widths(std::vector<std::size_t> widths, std::size_t width, std::size_t taken) {
  std::size_t all = taken;
  for (const std::size_t each : widths) all += each + gap;
  if (widths.empty() || all - gap <= width) return widths;
  std::size_t others = taken;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    widths[i] = std::min(widths[i], widest_column);
    others += widths[i] + gap;
  }
  widths.back() = width > others + narrowest_last_column ? width - others : narrowest_last_column;
  return widths;
}

Cells wrapped_cells(const std::vector<std::string>& row, const std::vector<std::size_t>& allowed) {
  Cells cells;
  for (std::size_t i = 0; i < row.size(); ++i) {
    cells.emplace_back();
    const std::string lines = wrap(row[i], static_cast<int>(allowed[i]), "");
    for (const std::string_view line : split_lines(lines)) cells.back().emplace_back(line);
  }
  return cells;
}

// A word that cannot be broken may be wider than its column.
std::vector<std::size_t> final_widths(const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths;
  for (const Cells& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i)
      for (const std::string& line : row[i]) widths[i] = std::max(widths[i], display_width(line));
  }
  return widths;
}

std::string row_text(const Cells& row, const std::vector<std::size_t>& widths, std::string_view prefix) {
  std::size_t height = 0;
  for (const auto& cell : row) height = std::max(height, cell.size());
  std::string text;
  for (std::size_t i = 0; i < height; ++i) {
    std::string line(prefix);
    for (std::size_t column = 0; column < row.size(); ++column) {
      const std::string cell = i < row[column].size() ? row[column][i] : "";
      line += cell + std::string(widths[column] - display_width(cell) + gap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string wrapped_table(const std::vector<std::vector<std::string>>& rows, int width, std::string_view prefix) {
  const std::vector<std::size_t> allowed =
      allowed_widths(natural_widths(rows), static_cast<std::size_t>(std::max(width, 1)), prefix.size());
  std::vector<Cells> wrapped;
  for (const auto& row : rows) wrapped.push_back(wrapped_cells(row, allowed));
  const std::vector<std::size_t> widths = final_widths(wrapped);
  std::string text;
  for (const Cells& row : wrapped) text += row_text(row, widths, prefix);
  return text;
}

}  // namespace nvprov
