#include "base/openpgp.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/key_files.hpp"

namespace nvprov {
namespace {

using Keys = std::vector<PublicKey>;
using test::key_file;

const PublicKey nvidia{.fingerprint = "C95B321B61E88C1809C4F759DDCAE044F796ECB0",
                       .user_ids = {"NVIDIA CORPORATION (Open Source Projects) <cudatools@nvidia.com>"},
                       .binding_digests = {"SHA512"},
                       .subkeys = 1};
const PublicKey invented{.fingerprint = "463EAF4098EE7423944B6BE0A1596A730DEEF572",
                         .user_ids = {"Invented Archive <archive@example.org>"},
                         .binding_digests = {"SHA1"},
                         .subkeys = 1};

std::string message_of(const Result<Keys>& keys) { return keys ? "" : keys.error().message; }

std::string complaint_about(std::string_view file) {
  const auto keyring = binary_keyring(file);
  const auto keys = read_public_keys(file);
  CHECK(keyring.has_value() == keys.has_value());
  return message_of(keys);
}

std::string keyring_of(const std::string& name) {
  const auto keyring = binary_keyring(key_file(name));
  REQUIRE(keyring);
  return *keyring;
}

// The first packet of these keyrings has an old header with a length of one or two bytes.
struct FirstPacket {
  std::string header;
  std::string body;
  std::string rest;
};
FirstPacket take_first(const std::string& keyring) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(keyring[i]); };
  REQUIRE((byte(0) == 0x98 || byte(0) == 0x99));
  const std::size_t start = byte(0) == 0x98 ? 2 : 3;
  const std::size_t length = start == 2 ? byte(1) : byte(1) * std::size_t{256} + byte(2);
  return {keyring.substr(0, start), keyring.substr(start, length), keyring.substr(start + length)};
}

}  // namespace

// The values are what `gpg --show-keys --with-colons` and `gpg --list-packets` say of these files.
TEST_CASE("a key is read as gpg reads it, armored or not", "[openpgp]") {
  CHECK(read_public_keys(key_file("libnvidia-container.asc")) == Keys{nvidia});
  CHECK(read_public_keys(key_file("invented-sha1.asc")) == Keys{invented});
  CHECK(read_public_keys(keyring_of("libnvidia-container.asc")) == Keys{nvidia});
  CHECK(binary_keyring(keyring_of("invented-sha1.asc")) == keyring_of("invented-sha1.asc"));
}

TEST_CASE("a key of version 6 has the fingerprint its RFC gives", "[openpgp]") {
  CHECK(read_public_keys(key_file("rfc9580-v6.asc")) ==
        Keys{{.fingerprint = "CB186C4F0609A697E4D52DFA6C722B0C1F1E27C18A56708F6525EC27BAD9ACC9",
              .user_ids = {},
              .binding_digests = {"SHA512"},
              .subkeys = 1}});
}

TEST_CASE("a file may hold several keys", "[openpgp]") {
  CHECK(read_public_keys(keyring_of("invented-sha1.asc") + keyring_of("libnvidia-container.asc")) ==
        Keys{invented, nvidia});
}

TEST_CASE("the signature of another key binds nothing", "[openpgp]") {
  const FirstPacket other = take_first(keyring_of("libnvidia-container.asc"));
  const FirstPacket key = take_first(keyring_of("invented-sha1.asc"));
  CHECK(contains(complaint_about(other.header + other.body + key.rest), "has no signature of its own"));
}

TEST_CASE("packets with new headers are read, and those of unknown length are not", "[openpgp]") {
  const FirstPacket key = take_first(keyring_of("libnvidia-container.asc"));
  const std::size_t length = key.body.size();
  REQUIRE(length >= 192);
  const std::string two = {static_cast<char>(((length - 192) >> 8) + 192), static_cast<char>((length - 192) & 0xFF)};
  const std::string five = {'\xFF', '\0', '\0', static_cast<char>(length >> 8), static_cast<char>(length & 0xFF)};
  CHECK(read_public_keys("\xC6" + two + key.body + key.rest) == Keys{nvidia});
  CHECK(read_public_keys("\xC6" + five + key.body + key.rest) == Keys{nvidia});
  CHECK(complaint_about("\xC6\xE9" + key.body + key.rest) == "the OpenPGP packet at byte 0 is not whole");
  CHECK(complaint_about("\x9B" + key.body + key.rest) == "the OpenPGP packet at byte 0 is not whole");
}

TEST_CASE("line ends of Windows and lines before the armor's headers end are no matter", "[openpgp]") {
  const std::string text = key_file("libnvidia-container.asc");
  CHECK(read_public_keys(replace_all(text, "\n", "\r\n")) == Keys{nvidia});
  CHECK(read_public_keys(replace_all(text, "BLOCK-----\n\n", "BLOCK-----\nVersion: GnuPG v2\n\n")) == Keys{nvidia});
  CHECK(read_public_keys("\n" + text + "\n\n") == Keys{nvidia});
}

TEST_CASE("a file that is not just public keys is refused with the reason", "[openpgp]") {
  const std::string text = key_file("invented-sha1.asc");
  const std::string keyring = keyring_of("invented-sha1.asc");
  const std::string secret = std::string(1, '\x94') + keyring.substr(1);
  CHECK(complaint_about("") == "the file is empty");
  CHECK(contains(complaint_about("<html>404</html>"), "neither an armored nor a binary"));
  CHECK(complaint_about(secret) == "the file holds a private key");
  CHECK(complaint_about(replace_all(text, "PUBLIC", "PRIVATE")) == "the file holds a private key");
  CHECK(contains(complaint_about(text + "more\n"), "there is text after"));
  CHECK(contains(complaint_about(text + text), "there is text after"));
  CHECK(contains(complaint_about("more\n" + text), "there is text before"));
  CHECK(contains(complaint_about(replace_all(text, "BLOCK-----\n\n", "BLOCK-----\n")), "empty line"));
  CHECK(complaint_about(take_first(keyring).rest) == "the file does not begin with a primary key");
  CHECK(contains(complaint_about(keyring + "text"), "no OpenPGP packet begins"));
  CHECK(contains(complaint_about(keyring + "\xCB\x01x"), "packet of kind 11"));
  CHECK(contains(complaint_about(std::string(2 * 1024 * 1024, '\x99')), "larger than any key"));
}

TEST_CASE("the checksum of the armor must hold where there is one", "[openpgp]") {
  const std::string text = key_file("libnvidia-container.asc");
  const std::size_t checksum = text.rfind("\n=") + 1;
  CHECK(complaint_about(text.substr(0, checksum) + "=AAAA" + text.substr(checksum + 5)) ==
        "the checksum of the armored key does not hold");
  CHECK(read_public_keys(text.substr(0, checksum) + text.substr(checksum + 6)) == Keys{nvidia});
}

TEST_CASE("a file cut short anywhere is refused, or is still the same key", "[openpgp]") {
  const std::string text = key_file("libnvidia-container.asc");
  for (std::size_t length = 0; length < text.size(); ++length) {
    const auto keys = read_public_keys(text.substr(0, length));
    if (keys) CHECK(*keys == Keys{nvidia});
  }
  for (const char* name : {"libnvidia-container.asc", "invented-sha1.asc", "rfc9580-v6.asc"}) {
    const std::string keyring = keyring_of(name);
    const auto whole = read_public_keys(keyring);
    REQUIRE(whole);
    // Without armor nothing tells that a whole subkey is gone.
    for (std::size_t length = 0; length < keyring.size(); ++length)
      if (const auto keys = read_public_keys(keyring.substr(0, length))) {
        CHECK(keys->front().fingerprint == whole->front().fingerprint);
        CHECK(keys->front().user_ids == whole->front().user_ids);
        CHECK(keys->front().subkeys + 1 == whole->front().subkeys);
      }
  }
}

TEST_CASE("no damaged byte leads astray", "[openpgp]") {
  for (const char* name : {"invented-sha1.asc", "rfc9580-v6.asc"})
    for (std::size_t i = 0; i < keyring_of(name).size(); ++i) {
      std::string damaged = keyring_of(name);
      damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ 0x55U);
      const auto keys = read_public_keys(damaged);
      CHECK((!keys || !keys->empty()));
    }
}

}  // namespace nvprov
