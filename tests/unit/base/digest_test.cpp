#include "base/digest.hpp"

#include "support/catch.hpp"

using namespace nvprov;

// FIPS 180-2, appendix B.
TEST_CASE("the digest is SHA-256 in lower-case hex") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("the digest of old names is SHA-1 in lower-case hex") {
  CHECK(sha1_hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
}
