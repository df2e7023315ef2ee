#pragma once

#include <vector>

#include "model/resolution.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// Why no stack holds to all that is required, and the sets of requirements without which there would be an answer: none
// of them holds another.
struct Impasse {
  Unsatisfiable refusal;  // remedies are not found here
  std::vector<std::vector<Requirement>> ways_out;
};
// For a machine and a request that no stack suits.
Impasse impasse_of(const Question& question, bool wants_driver);

}  // namespace nvprov
