#pragma once

#include <vector>

#include "model/resolution.hpp"
#include "resolve/question.hpp"
#include "resolve/stacks.hpp"

namespace nvprov {

// Why no stack holds to all that is required, and the sets of requirements without which there would be an answer: none
// of them holds another.
struct Impasse {
  Unsatisfiable refusal;  // remedies are not found here
  std::vector<std::vector<Requirement>> ways_out;
};
// For a machine and a request that none of its stacks suits.
Impasse impasse_of(const Question& question, const Stacks& stacks);

}  // namespace nvprov
