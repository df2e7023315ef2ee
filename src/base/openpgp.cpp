#include "base/openpgp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/digest.hpp"
#include "base/openpgp_armor.hpp"
#include "base/openpgp_packets.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

// Real keyrings have some ten kilobytes.
constexpr std::size_t largest_file = 1024UL * 1024;

std::string upper_hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("{:02X}", static_cast<unsigned char>(byte));
  return text;
}

std::string upper(std::string hex) {
  std::ranges::transform(hex, hex.begin(),
                         [](char letter) { return letter >= 'a' && letter <= 'f' ? letter - 'a' + 'A' : letter; });
  return hex;
}

std::string big_endian(std::size_t value, unsigned bytes) {
  std::string text;
  for (unsigned i = bytes; i > 0; --i) text += static_cast<char>((value >> (8 * (i - 1))) & 0xFFU);
  return text;
}

// RFC 9580, section 5.5.4.
Result<std::string> fingerprint_of(std::string_view key) {
  constexpr std::size_t shortest_key = 7;  // version, time, algorithm, and at least a byte of the key itself
  const unsigned version = key.empty() ? 0 : static_cast<unsigned char>(key.front());
  if (key.size() < shortest_key) return fail("the primary key is not whole");
  if (version == 4 && key.size() <= 0xFFFF)
    return upper(sha1_hex("\x99" + big_endian(key.size(), 2) + std::string(key)));
  if (version == 6) return upper(sha256_hex("\x9b" + big_endian(key.size(), 4) + std::string(key)));
  return fail(fmt::format("the primary key is of version {}, not 4 or 6", version));
}

// The eight bytes signatures name their key by.
std::string key_id_of(const std::string& fingerprint) {
  return fingerprint.size() == 40 ? fingerprint.substr(24) : fingerprint.substr(0, 16);
}

std::string hash_name(std::uint32_t id) {
  switch (id) {
    case 1: return "MD5";
    case 2: return "SHA1";
    case 3: return "RIPEMD160";
    case 8: return "SHA256";
    case 9: return "SHA384";
    case 10: return "SHA512";
    case 11: return "SHA224";
    case 12: return "SHA3-256";
    case 14: return "SHA3-512";
    default: return fmt::format("hash {}", id);
  }
}

struct Signature {
  std::uint32_t type = 0;
  std::uint32_t hash = 0;
  std::vector<std::string> issuers;  // key ids and fingerprints; empty: unknown
};

std::optional<std::uint32_t> subpacket_length(ByteReader& reader) {
  const auto first = reader.number(1);
  if (!first || *first < 192) return first;
  if (*first == 255) return reader.number(4);
  const auto second = reader.number(1);
  if (!second) return std::nullopt;
  return ((*first - 192) << 8) + *second + 192;
}

// Adds who signed, by the subpackets that tell; false where they are not whole.
bool read_issuers(std::string_view subpackets, std::vector<std::string>& issuers) {
  constexpr std::uint32_t issuer_key_id = 16;
  constexpr std::uint32_t issuer_fingerprint = 33;
  ByteReader reader(subpackets);
  while (!reader.rest().empty()) {
    const auto length = subpacket_length(reader);
    const auto piece = length && *length > 0 ? reader.take(*length) : std::nullopt;
    if (!piece) return false;
    const auto type = static_cast<unsigned char>(piece->front()) & 0x7FU;  // the high bit says "critical"
    if (type == issuer_key_id) issuers.push_back(upper_hex(piece->substr(1)));
    if (type == issuer_fingerprint && piece->size() > 2) issuers.push_back(upper_hex(piece->substr(2)));
  }
  return true;
}

// Version 3, of old: a fixed layout.
std::optional<Signature> read_old_signature(ByteReader& reader) {
  const auto hashed_length = reader.number(1);
  const auto type = reader.number(1);
  const auto time = reader.number(4);
  const auto issuer = reader.take(8);
  const auto algorithm = reader.number(1);
  const auto hash = reader.number(1);
  if (!hashed_length || !type || !time || !issuer || !algorithm || !hash) return std::nullopt;
  return Signature{.type = *type, .hash = *hash, .issuers = {upper_hex(*issuer)}};
}

// nullopt where it is not whole. One of a version nobody knows is passed over, as the RFC wants: its type stays 0.
std::optional<Signature> read_signature(std::string_view body) {
  ByteReader reader(body);
  const auto version = reader.number(1);
  if (!version) return std::nullopt;
  if (*version == 3) return read_old_signature(reader);
  if (*version != 4 && *version != 6) return Signature{};
  const std::size_t size_of_length = *version == 4 ? 2 : 4;
  const auto type = reader.number(1);
  const auto algorithm = reader.number(1);
  const auto hash = reader.number(1);
  if (!type || !algorithm || !hash) return std::nullopt;
  Signature signature{.type = *type, .hash = *hash, .issuers = {}};
  for (int area = 0; area < 2; ++area) {
    const auto length = reader.number(size_of_length);
    const auto subpackets = length ? reader.take(*length) : std::nullopt;
    if (!subpackets || !read_issuers(*subpackets, signature.issuers)) return std::nullopt;
  }
  if (reader.rest().size() <= 2) return std::nullopt;  // two bytes of the hash, then the signature itself
  return signature;
}

bool binds(const Signature& signature, const PublicKey& key) {
  const bool certifies = signature.type >= 0x10 && signature.type <= 0x13;
  if (!certifies && signature.type != 0x18 && signature.type != 0x1F) return false;
  return std::ranges::all_of(signature.issuers, [&](const std::string& issuer) {
    return issuer == key.fingerprint || issuer == key_id_of(key.fingerprint);
  });
}

Status add_signature(std::string_view body, PublicKey& key) {
  const auto signature = read_signature(body);
  if (!signature) return fail(fmt::format("a signature of the key {} is not whole", key.fingerprint));
  if (!binds(*signature, key)) return {};
  const std::string name = hash_name(signature->hash);
  const auto place = std::ranges::lower_bound(key.binding_digests, name);
  if (place == key.binding_digests.end() || *place != name) key.binding_digests.insert(place, name);
  return {};
}

Status add_packet(const Packet& packet, std::vector<PublicKey>& keys) {
  const auto kind = static_cast<PacketKind>(packet.kind);
  if (kind == PacketKind::secret_key || kind == PacketKind::secret_subkey) return fail("the file holds a private key");
  if (kind == PacketKind::marker || kind == PacketKind::padding || kind == PacketKind::trust) return {};
  if (kind == PacketKind::public_key) {
    auto fingerprint = fingerprint_of(packet.body);
    if (!fingerprint) return fail(fingerprint.error());
    keys.push_back({.fingerprint = std::move(*fingerprint), .user_ids = {}, .binding_digests = {}, .subkeys = 0});
    return {};
  }
  if (keys.empty()) return fail("the file does not begin with a primary key");
  PublicKey& key = keys.back();
  if (kind == PacketKind::signature) return add_signature(packet.body, key);
  if (kind == PacketKind::user_id) key.user_ids.emplace_back(packet.body);
  if (kind == PacketKind::public_subkey) ++key.subkeys;
  if (kind == PacketKind::user_id || kind == PacketKind::public_subkey || kind == PacketKind::user_attribute) return {};
  return fail(fmt::format("the file holds an OpenPGP packet of kind {}, which no public key has", packet.kind));
}

// A user id or subkey without a signature behind it, and a key without one of its own, were cut off or never valid.
Status check_last_packet(const std::vector<Packet>& packets, const std::vector<PublicKey>& keys) {
  for (const PublicKey& key : keys)
    if (key.binding_digests.empty())
      return fail(fmt::format("the key {} has no signature of its own", key.fingerprint));
  const auto last = static_cast<PacketKind>(packets.back().kind);
  if (last == PacketKind::user_id || last == PacketKind::user_attribute || last == PacketKind::public_subkey)
    return fail(fmt::format("the last signature of the key {} is missing", keys.back().fingerprint));
  return {};
}

Result<std::vector<PublicKey>> read_packets(std::string_view bytes) {
  const auto packets = split_packets(bytes);
  if (!packets) return fail(packets.error());
  std::vector<PublicKey> keys;
  for (const Packet& packet : *packets)
    if (const Status added = add_packet(packet, keys); !added) return fail(added.error());
  if (keys.empty()) return fail("the file holds no key");
  if (const Status whole = check_last_packet(*packets, keys); !whole) return fail(whole.error());
  return keys;
}

// Every packet begins with the high bit set, and no text does.
Result<std::string> bytes_of(std::string_view file) {
  if (file.size() > largest_file) return fail("the file is larger than any key");
  if (trim(file).empty()) return fail("the file is empty");
  if ((static_cast<unsigned char>(file.front()) & 0x80U) != 0) return std::string(file);
  return dearmored(file);
}

}  // namespace

Result<std::vector<PublicKey>> read_public_keys(std::string_view file) {
  const auto bytes = bytes_of(file);
  if (!bytes) return fail(bytes.error());
  return read_packets(*bytes);
}

Result<std::string> binary_keyring(std::string_view file) {
  auto bytes = bytes_of(file);
  if (!bytes) return bytes;
  if (const auto keys = read_packets(*bytes); !keys) return fail(keys.error());
  return bytes;
}

std::optional<Complaint> a_fingerprint(std::string_view text) {
  const bool is_hex =
      std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
  if (is_hex && (text.size() == 40 || text.size() == 64)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not a key's fingerprint", text),
                   "write all 40 hex digits, in capitals and without blanks"};
}

}  // namespace nvprov
