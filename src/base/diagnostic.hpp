#pragma once

#include <string>
#include <vector>

namespace nvprov {

// One problem of an input, with its place. Loaders collect all of them; detection uses them for "could not look".
struct Diagnostic {
  std::string file;     // the file as the user knows it; empty for facts
  std::string place;    // a JSON path ("/releases/3/version"), "line 12", or the name of a fact ("kernel.running")
  std::string message;  // what is wrong, without a final full stop
  std::string hint;     // what to write instead; may be empty

  bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace nvprov
