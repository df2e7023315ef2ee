#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace nvprov {

// What a Release file says of one other file.
struct ReleaseItem {
  std::uint64_t size = 0;
  FileDigest digest;  // SHA-256 where it is given, else SHA-512

  bool operator==(const ReleaseItem&) const = default;
};

// The Release file of one suite, or of a flat repository.
struct ReleaseFile {
  std::string origin;
  std::string label;
  std::string suite;
  std::string codename;
  std::string version;
  std::optional<std::int64_t> date = {};  // seconds since the epoch
  std::optional<std::int64_t> valid_until = {};
  std::vector<std::string> architectures;
  bool not_automatic = false;
  bool but_automatic_upgrades = false;
  bool acquire_by_hash = false;
  bool has_separate_all = false;                  // packages for all architectures stand in indexes of their own
  std::map<std::string, ReleaseItem> items = {};  // by path below the Release file

  bool operator==(const ReleaseFile&) const = default;
};

// Reads the text of a Release file (of an InRelease, what is signed in it). Errors: not whole or not in the format
// (failed), and files vouched for by MD5 or SHA-1 alone (not_trusted).
Result<ReleaseFile> parse_release(std::string_view text);

// "Sat, 09 May 2026 10:00:00 UTC" in seconds since the epoch; apt writes and takes only universal time.
std::optional<std::int64_t> parse_release_date(std::string_view text);

}  // namespace nvprov
