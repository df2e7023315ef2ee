#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace nvprov {

// The kinds of packets a keyring is made of (RFC 9580, section 5).
enum class PacketKind : std::uint8_t {
  signature = 2,
  secret_key = 5,
  public_key = 6,
  secret_subkey = 7,
  marker = 10,
  trust = 12,
  user_id = 13,
  public_subkey = 14,
  user_attribute = 17,
  padding = 21,
};

struct Packet {
  std::uint8_t kind = 0;  // a PacketKind, or something else
  std::string_view body;
};

// The packets of binary data, old format and new. An error for one that is cut short or whose length is not told
// beforehand, which keys never need.
Result<std::vector<Packet>> split_packets(std::string_view bytes);

// Takes numbers and pieces from the front; nullopt once there is not enough left.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::string_view> take(std::size_t count);
  // Big-endian, of at most four bytes.
  std::optional<std::uint32_t> number(std::size_t bytes);
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace nvprov
