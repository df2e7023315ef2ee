#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/catalog.hpp"
#include "model/concept.hpp"

namespace nvprov {

// What a name may mean.
enum class Meaning { concept_, question, profile, component, package, driver, cuda, distro, gpu };
std::string_view to_word(Meaning meaning);

// One thing a name means.
struct NamedThing {
  Meaning meaning = Meaning::concept_;
  std::string id;            // of the record; of a package, GPU or question the name or the concept's id
  std::size_t question = 0;  // its place in the concept

  bool operator==(const NamedThing&) const = default;
};

// Everything a typed name means: a record's own name, a concept's other name, a message somebody copied, a GPU, or the
// words of a question, the first of these that fits. The error (usage) has the nearest name known.
Result<std::vector<NamedThing>> find_meanings(std::string_view typed, const Catalog& catalog,
                                              const std::vector<Concept>& concepts);

// Every name a record has, for suggestions and completions: concepts, profiles, components, branches, releases,
// distributions; not the packages and GPUs.
std::vector<std::string> explained_names(const Catalog& catalog, const std::vector<Concept>& concepts);

// Every component the data names, sorted.
std::vector<std::string> component_names(const Catalog& catalog);

}  // namespace nvprov
