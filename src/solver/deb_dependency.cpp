#include "solver/deb_dependency.hpp"

#include <algorithm>

namespace nvprov {
namespace {

constexpr std::string_view blanks = " \t\n";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The part before the separator; the text goes on after it.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// "(>= 2.36)": "<" and ">" alone are what old packages write for "<=" and ">=".
void read_version(std::string_view text, DebRelation& relation) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return;
  const std::string_view inner = without_blanks(text.substr(open + 1, text.find(')', open) - open - 1));
  const std::size_t end = std::min(inner.find_first_not_of("<>="), inner.size());
  relation.comparison = inner.substr(0, end);
  if (relation.comparison == "<") relation.comparison = "<=";
  if (relation.comparison == ">") relation.comparison = ">=";
  relation.version = without_blanks(inner.substr(end));
}

DebRelation read_relation(std::string_view text) {
  DebRelation relation;
  const std::string_view whole = without_blanks(text);
  std::string_view name = whole.substr(0, std::min(whole.find_first_of(" \t\n(["), whole.size()));
  read_version(whole.substr(name.size()), relation);
  relation.name = take_until(name, ':');
  relation.architecture = name;
  return relation;
}

}  // namespace

std::vector<std::vector<DebRelation>> parse_deb_relations(std::string_view field) {
  std::vector<std::vector<DebRelation>> groups;
  while (!field.empty()) {
    std::string_view group = take_until(field, ',');
    std::vector<DebRelation> alternatives;
    while (!group.empty())
      if (const DebRelation relation = read_relation(take_until(group, '|')); !relation.name.empty())
        alternatives.push_back(relation);
    if (!alternatives.empty()) groups.push_back(std::move(alternatives));
  }
  return groups;
}

}  // namespace nvprov
