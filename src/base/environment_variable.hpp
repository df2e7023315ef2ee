#pragma once

#include <string>

namespace nvprov {

// A variable of a process, or of an image (the ENV line of a Dockerfile).
struct EnvironmentVariable {
  std::string name;
  std::string value;

  bool operator==(const EnvironmentVariable&) const = default;
};

}  // namespace nvprov
