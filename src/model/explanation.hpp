#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"

namespace nvprov {

// One part of an explanation: paragraphs, then rows whose first is the heading of the columns.
struct ExplainedSection {
  std::string id;  // "what", "here", "smallest-set": the same in every language
  std::string title;
  std::vector<std::string> lines;
  std::vector<std::vector<std::string>> rows;

  bool operator==(const ExplainedSection&) const = default;
};

// What is said of one name, in one language.
struct Explanation {
  std::string kind;  // "concept", "component", "package", "gpu", ...
  std::string id;
  std::string title;
  std::vector<ExplainedSection> sections;
  std::vector<std::string> related;  // names to explain next
  std::vector<std::string> records;  // data files it was read from
  std::vector<Source> sources;

  bool operator==(const Explanation&) const = default;
};

}  // namespace nvprov
