#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "model/concept.hpp"
#include "model/explanation.hpp"
#include "report/layout.hpp"

namespace nvprov {

// An explanation as text; with verbosity its records and sources too.
std::string explanation_text(const Explanation& explanation, Language language, const TextOptions& options = {});

// A name that can be explained, for a list to choose from.
struct ExplainedName {
  std::string kind;
  std::string name;  // what to type
  std::string title;

  bool operator==(const ExplainedName&) const = default;
};

// The names a word may mean, and how to ask for one of them.
std::string meanings_text(const std::string& typed, const std::vector<ExplainedName>& names, Language language,
                          const TextOptions& options = {});
// Every concept by its title, in the order a newcomer should meet them, and what else can be named.
std::string concepts_text(const std::vector<ExplainedName>& names, Language language, const TextOptions& options = {});

// "nvprov.explanation/1": what was typed, in which language, every name it may mean, and (for one) what is said of it.
Json explanation_to_json(const std::string& typed, const std::vector<ExplainedName>& names,
                         const Explanation* explanation, Language language);

}  // namespace nvprov
