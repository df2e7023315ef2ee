#include "report/line_diff.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

using Lines = std::vector<std::string_view>;

// The longest common part of two lists of lines, by the classic table: for files of configuration it is small.
std::vector<std::vector<std::size_t>> common_lengths(const Lines& before, const Lines& after) {
  std::vector<std::vector<std::size_t>> length(before.size() + 1, std::vector<std::size_t>(after.size() + 1, 0));
  for (std::size_t i = before.size(); i-- > 0;)
    for (std::size_t j = after.size(); j-- > 0;)
      length[i][j] = before[i] == after[j] ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
  return length;
}

std::string marked(char mark, std::string_view line) { return mark + std::string(line); }

std::vector<std::string> all_lines(const Lines& before, const Lines& after) {
  const auto length = common_lengths(before, after);
  std::vector<std::string> lines;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < before.size() || j < after.size()) {
    const bool both = i < before.size() && j < after.size();
    if (both && before[i] == after[j]) {
      lines.push_back(marked(' ', before[i++]));
      ++j;
    } else if (i < before.size() && (j == after.size() || length[i + 1][j] >= length[i][j + 1])) {
      lines.push_back(marked('-', before[i++]));
    } else {
      lines.push_back(marked('+', after[j++]));
    }
  }
  return lines;
}

bool is_near_change(const std::vector<std::string>& lines, std::size_t at, std::size_t context) {
  const std::size_t first = at > context ? at - context : 0;
  const std::size_t last = std::min(at + context, lines.size() - 1);
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(first),
                     lines.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                     [](const std::string& line) { return line.front() != ' '; });
}

}  // namespace

std::vector<std::string> line_diff(std::string_view before, std::string_view after, std::size_t context) {
  const std::vector<std::string> lines = all_lines(split_lines(before), split_lines(after));
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_near_change(lines, i, context))
      shown.push_back(lines[i]);
    else if (!shown.empty() && shown.back() != "...")
      shown.emplace_back("...");
  }
  if (!shown.empty() && shown.back() == "...") shown.pop_back();
  return shown;
}

}  // namespace nvprov
