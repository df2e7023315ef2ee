#pragma once

#include <string>

#include "base/json.hpp"
#include "model/matrix.hpp"
#include "report/layout.hpp"

namespace nvprov {

// A compatibility table: what goes, newest first, and what does not with the reason, once for all it holds of.
std::string matrix_text(const Matrix& matrix, const TextOptions& options);
Json matrix_to_json(const Matrix& matrix);     // "nvprov.matrix/1"
std::string matrix_csv(const Matrix& matrix);  // RFC 4180, a line for each driver branch and each CUDA release

// "full", "minor-version", "forward" or "no".
std::string support_word(const MatrixCuda& row);

}  // namespace nvprov
