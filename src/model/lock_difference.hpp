#pragma once

#include <string>

namespace nvprov {

// One thing two locks do not agree about.
struct LockDifference {
  std::string subject;  // "package libcuda1", "driver", "file /etc/..."
  std::string before;   // "" where it was not there
  std::string after;    // "" where it goes

  bool operator==(const LockDifference&) const = default;
};

}  // namespace nvprov
