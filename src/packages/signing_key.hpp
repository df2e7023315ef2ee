#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace nvprov {

// What is known of a repository's key beforehand: its fingerprint, or where that was never published the file.
struct KeyPin {
  std::string id;                          // "3BF863CC"
  std::optional<std::string> fingerprint;  // upper-case hex
  std::optional<std::string> file_sha256;  // as key_file_digest() gives it

  bool operator==(const KeyPin&) const = default;
};

// SHA-256 of a key file without its `Version:` line, which names only the program that wrote it.
std::string key_file_digest(std::string_view file);

// The binary keyring of a key file that may be trusted: every primary key in it is pinned by its fingerprint, or the
// file as a whole is pinned. `place` names the file in the error, which is not_trusted.
Result<std::string> trusted_keyring(std::string_view file, const std::string& place, const std::vector<KeyPin>& pins);

}  // namespace nvprov
