#include "packages/signing_key.hpp"

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/key_files.hpp"

namespace nvprov {
namespace {

using test::key_file;

const std::string nvidia = "C95B321B61E88C1809C4F759DDCAE044F796ECB0";
const std::string invented = "463EAF4098EE7423944B6BE0A1596A730DEEF572";
const std::string place = "https://example.org/key.asc";

KeyPin by_fingerprint(const std::string& fingerprint) {
  return {.id = fingerprint.substr(32), .fingerprint = fingerprint, .file_sha256 = {}};
}

KeyPin by_file(const std::string& file) {
  return {.id = "0DEEF572", .fingerprint = {}, .file_sha256 = key_file_digest(file)};
}

}  // namespace

TEST_CASE("a key file with the pinned fingerprint gives its keyring", "[keys]") {
  const std::string file = key_file("libnvidia-container.asc");
  CHECK(trusted_keyring(file, place, {by_fingerprint(invented), by_fingerprint(nvidia)}) == binary_keyring(file));
}

TEST_CASE("a key file pinned as a whole gives its keyring, whatever program wrote it", "[keys]") {
  const std::string file = key_file("invented-sha1.asc");
  const std::string other = replace_all(file, "BLOCK-----\n\n", "BLOCK-----\nVersion: GnuPG v2.0.22 (GNU/Linux)\n\n");
  REQUIRE(other != file);
  CHECK(trusted_keyring(other, place, {by_file(file)}) == binary_keyring(file));
}

TEST_CASE("another key is refused with what was found and what was expected", "[keys]") {
  const std::string file = key_file("invented-sha1.asc");
  const auto refused = trusted_keyring(file, place, {by_fingerprint(nvidia)});
  REQUIRE(!refused);
  CHECK(refused.error() == Error{.kind = ErrorKind::not_trusted,
                                 .message = place + " holds a key that is not the repository's",
                                 .because = {"found: the key " + invented, "expected: the key " + nvidia},
                                 .hints = {},
                                 .context = {}});
  CHECK(trusted_keyring(file, place, {}).error().kind == ErrorKind::not_trusted);
  CHECK(trusted_keyring(file, place, {by_file("other")}).error().because.size() == 3);
}

TEST_CASE("one key more than the pinned one is one too many", "[keys]") {
  const auto first = binary_keyring(key_file("libnvidia-container.asc"));
  const auto second = binary_keyring(key_file("invented-sha1.asc"));
  REQUIRE((first && second));
  const auto refused = trusted_keyring(*first + *second, place, {by_fingerprint(nvidia)});
  REQUIRE(!refused);
  CHECK(refused.error().because ==
        std::vector<std::string>{"found: the key " + invented, "expected: the key " + nvidia});
  CHECK(trusted_keyring(*first + *second, place, {by_fingerprint(nvidia), by_fingerprint(invented)}));
}

TEST_CASE("a page in place of a key is not trusted either", "[keys]") {
  const auto refused = trusted_keyring("<html></html>", place, {by_fingerprint(nvidia)});
  REQUIRE(!refused);
  CHECK(refused.error().kind == ErrorKind::not_trusted);
  CHECK(refused.error().message == place + " is not a key that can be used");
}

}  // namespace nvprov
