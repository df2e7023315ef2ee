#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace nvprov {

// Size and digest of a file of this machine, read piece by piece: indexes and packages are large.
struct DigestedFile {
  std::uint64_t size = 0;
  FileDigest digest;

  bool operator==(const DigestedFile&) const = default;
};
// nullopt when it is not there.
Result<std::optional<DigestedFile>> digest_file(const std::string& path, DigestKind kind);

}  // namespace nvprov
