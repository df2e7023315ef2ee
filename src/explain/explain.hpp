#pragma once

#include <string>
#include <vector>

#include "explain/knowledge.hpp"
#include "explain/names.hpp"
#include "model/explanation.hpp"

namespace nvprov {

// What is to be said of one thing a name means.
Explanation explain(const NamedThing& thing, const Knowledge& knowledge);

// The title of a thing alone, for a list to choose from.
std::string thing_title(const NamedThing& thing, const Catalog& catalog, const std::vector<Concept>& concepts,
                        Language language);

}  // namespace nvprov
