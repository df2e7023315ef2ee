#pragma once

#include <string>

#include "model/matrix.hpp"

namespace nvprov {

// What the page shows first: as typed on the command line, "" for all.
struct MatrixChoice {
  std::string gpu;  // name
  std::string cuda;
  std::string driver;  // branch
  std::string distro;

  bool operator==(const MatrixChoice&) const = default;
};

// One page that holds its data, style and script: filters work without a network, and nothing is asked of one.
std::string matrix_html(const MatrixGrid& grid, const MatrixChoice& choice);

}  // namespace nvprov
