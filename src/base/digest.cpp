#include "base/digest.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>

namespace nvprov {

// SHA256() and EVP_Digest() ask a provider, which the host's openssl.cnf may turn off: they then fail. What OpenSSL 3
// calls old asks nobody and cannot fail.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &state);
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string sha1_hex(std::string_view bytes) {
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA_CTX state;
  SHA1_Init(&state);
  SHA1_Update(&state, bytes.data(), bytes.size());
  SHA1_Final(digest.data(), &state);
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

#pragma GCC diagnostic pop

}  // namespace nvprov
