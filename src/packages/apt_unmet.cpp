#include <fmt/format.h>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

constexpr std::string_view table_head = "The following packages have unmet dependencies:";
constexpr std::string_view name_end = " : ";

Conflict conflict_of(std::string words) {
  Conflict conflict;
  conflict.reason = ConflictReason::packages_unsatisfiable;
  conflict.subject = std::move(words);
  return conflict;
}

// Below the head, " name : Depends: one or" starts a package; deeper lines go on with it, either with another
// relation ("Depends: two") or with the alternative an "or" announced.
std::vector<Conflict> read_table(const std::vector<std::string_view>& lines, std::size_t from) {
  std::vector<Conflict> conflicts;
  for (std::size_t i = from; i < lines.size() && lines[i].starts_with(' '); ++i) {
    const std::string words = join(split_words(lines[i]), " ");
    if (lines[i].substr(1, 1) != " ") {
      conflicts.push_back(conflict_of(replace_all(words, name_end, ": ")));
    } else if (!conflicts.empty()) {
      const bool alternative = conflicts.back().subject.ends_with(" or");
      conflicts.back().subject += (alternative ? " " : "; ") + words;
    }
  }
  return conflicts;
}

// Single lines that name what cannot be: "E: Unable to locate package x", "E: Version '1' for 'x' was not found".
bool names_a_package(std::string_view line) {
  constexpr std::string_view endings[] = {"was not found", "has no installation candidate"};
  for (const std::string_view ending : endings)
    if (line.ends_with(ending)) return true;
  return line.starts_with("E: Unable to locate package ") || line.starts_with("E: Couldn't find any package by");
}

}  // namespace

std::vector<Conflict> parse_unmet_dependencies(std::string_view output) {
  std::vector<Conflict> conflicts;
  const std::vector<std::string_view> lines = split_lines(output);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] == table_head)
      for (Conflict& conflict : read_table(lines, i + 1)) conflicts.push_back(std::move(conflict));
    if (lines[i].starts_with("E: ") && names_a_package(lines[i]))
      conflicts.push_back(conflict_of(std::string(lines[i].substr(3))));
  }
  return conflicts;
}

}  // namespace nvprov
