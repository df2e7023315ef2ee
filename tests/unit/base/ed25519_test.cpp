#include "base/ed25519.hpp"

#include <fmt/format.h>

#include "support/catch.hpp"
#include "support/ed25519_keys.hpp"

namespace nvprov {

using test::ed25519_private;
using test::ed25519_public;

// RFC 8032, section 7.1, test 2.
TEST_CASE("signatures of Ed25519 are those the RFC has") {
  const auto signature = ed25519_sign(ed25519_private, "\x72");
  REQUIRE(signature);
  std::string hex;
  for (const char c : *signature) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  CHECK(hex ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("a signature of Ed25519 holds for these bytes and this key alone") {
  const auto signature = ed25519_sign(ed25519_private, "a bundle");
  REQUIRE(signature);
  CHECK(ed25519_verify(ed25519_public, "a bundle", *signature) == true);
  CHECK(ed25519_verify(ed25519_public, "a bundlf", *signature) == false);
  CHECK(ed25519_verify(test::another_ed25519_public, "a bundle", *signature) == false);
  CHECK(ed25519_verify(ed25519_public, "a bundle", signature->substr(1)) == false);
  CHECK(ed25519_verify(ed25519_public, "a bundle", "") == false);
}

TEST_CASE("a text that is no Ed25519 key is refused as such") {
  for (const char* text : {"", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", test::rsa_public}) {
    const auto sign = ed25519_sign(text, "a");
    REQUIRE(!sign);
    CHECK(sign.error().kind == ErrorKind::usage);
    const auto verify = ed25519_verify(text, "a", "b");
    REQUIRE(!verify);
    CHECK(verify.error().kind == ErrorKind::usage);
  }
  CHECK(!ed25519_sign(ed25519_public, "a"));
  CHECK(!ed25519_verify(ed25519_private, "a", "b"));
}

}  // namespace nvprov
