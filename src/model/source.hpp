#pragma once

#include <string>

namespace nvprov {

// Where a fact was read. Records name sources by key; keys are unique within the file they stand in.
struct Source {
  std::string title;
  std::string url;  // https

  bool operator==(const Source&) const = default;
};

}  // namespace nvprov
