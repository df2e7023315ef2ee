#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/concept.hpp"

namespace nvprov {

// The questions of concepts that share most key words with a sentence, at least so many: the concept's id and the
// place of the question. `typed` is in small letters.
std::vector<std::pair<std::string, std::size_t>> best_questions(std::string_view typed,
                                                                const std::vector<Concept>& concepts,
                                                                std::size_t least);

// The longest of these names that stands in a sentence as words of its own (Chinese ones anywhere); "" for none.
std::string longest_name_in(std::string_view typed, const std::vector<std::string>& names);

}  // namespace nvprov
