#include "base/digest.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <variant>

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

struct DigestStream::State {
  std::variant<SHA256_CTX, SHA512_CTX> context;
};

DigestStream::DigestStream(DigestKind kind) : state_(std::make_unique<State>()) {
  if (kind == DigestKind::sha512) {
    SHA512_Init(&state_->context.emplace<SHA512_CTX>());
  } else {
    SHA256_Init(&std::get<SHA256_CTX>(state_->context));
  }
}

DigestStream::~DigestStream() = default;
DigestStream::DigestStream(DigestStream&&) noexcept = default;
DigestStream& DigestStream::operator=(DigestStream&&) noexcept = default;

void DigestStream::add(std::string_view bytes) {
  if (auto* wide = std::get_if<SHA512_CTX>(&state_->context)) {
    SHA512_Update(wide, bytes.data(), bytes.size());
  } else {
    SHA256_Update(&std::get<SHA256_CTX>(state_->context), bytes.data(), bytes.size());
  }
}

std::string DigestStream::finish() {
  std::array<unsigned char, SHA512_DIGEST_LENGTH> digest{};
  if (auto* wide = std::get_if<SHA512_CTX>(&state_->context)) {
    SHA512_Final(digest.data(), wide);
    return fmt::format("{:02x}", fmt::join(digest, ""));
  }
  SHA256_Final(digest.data(), &std::get<SHA256_CTX>(state_->context));
  return fmt::format("{:02x}", fmt::join(digest.begin(), digest.begin() + SHA256_DIGEST_LENGTH, ""));
}

#pragma GCC diagnostic pop

}  // namespace nvprov
