#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"

namespace nvprov {

// Public keys as files hold them (RFC 9580, and RFC 4880 before it). Only read: no signature is checked here.

struct PublicKey {
  std::string fingerprint;  // upper-case hex: 40 digits (version 4) or 64 (version 6)
  std::vector<std::string> user_ids;
  // The hashes ("SHA1", "SHA512") of the key's signatures on itself and its subkeys, each once, sorted. A package
  // manager that refuses one of them refuses what the key signs.
  std::vector<std::string> binding_digests;
  std::size_t subkeys = 0;

  bool operator==(const PublicKey&) const = default;
};

// The keys of a file, armored or binary, in their order. An error for anything that is not whole, and for anything
// beside public keys: secret keys, text before or after the armor, packets no keyring has.
Result<std::vector<PublicKey>> read_public_keys(std::string_view file);

// The same file as the binary keyring apt's `Signed-By` takes.
Result<std::string> binary_keyring(std::string_view file);

// A rule for what a person writes: a key's whole fingerprint, upper-case hex.
std::optional<Complaint> a_fingerprint(std::string_view text);

}  // namespace nvprov
