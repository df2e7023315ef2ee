#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace nvprov {

// One file repomd.xml names.
struct RepomdItem {
  std::string type;      // "primary", "filelists", "modules"
  std::string location;  // below the repository's address
  FileDigest digest;
  std::optional<std::uint64_t> size = {};

  bool operator==(const RepomdItem&) const = default;
};

struct Repomd {
  std::int64_t revision = 0;  // 0: none, or none that is a number
  std::int64_t newest = 0;    // of the items' times
  std::vector<RepomdItem> items;

  bool operator==(const Repomd&) const = default;
};

// Errors: not whole or not in the format (failed), a location outside the repository or an item vouched for by MD5 or
// SHA-1 alone (not_trusted).
Result<Repomd> parse_repomd(std::string_view text);
// nullptr where it names none.
const RepomdItem* find_item(const Repomd& repomd, std::string_view type);

// What a metalink says of repomd.xml.
struct Metalink {
  std::vector<FileDigest> digests;  // of the present file and of the ones before that still count
  std::vector<std::string> bases;   // the repositories' addresses, best first

  bool operator==(const Metalink&) const = default;
};
Result<Metalink> parse_metalink(std::string_view text);

// The addresses in the answer of a mirrorlist.
std::vector<std::string> parse_rpm_mirror_list(std::string_view text);

}  // namespace nvprov
