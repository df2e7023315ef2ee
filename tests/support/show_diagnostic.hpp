#pragma once

#include <ostream>

#include "base/diagnostic.hpp"

namespace nvprov {

// So that a failed comparison shows the problems.
inline std::ostream& operator<<(std::ostream& stream, const Diagnostic& problem) {
  return stream << "\n  " << problem.file << ": " << problem.place << ": " << problem.message << " | " << problem.hint;
}

}  // namespace nvprov
