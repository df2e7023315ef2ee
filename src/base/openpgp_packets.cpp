#include "base/openpgp_packets.hpp"

#include <fmt/format.h>

namespace nvprov {
namespace {

struct Header {
  std::uint8_t kind = 0;
  std::optional<std::uint32_t> length;  // nullopt: not told, or cut short
};

Header read_old_header(std::uint32_t first, ByteReader& reader) {
  const std::uint32_t length_type = first & 3U;
  Header header{.kind = static_cast<std::uint8_t>((first >> 2) & 15U), .length = {}};
  if (length_type < 3) header.length = reader.number(std::size_t{1} << length_type);
  return header;
}

Header read_new_header(std::uint32_t first, ByteReader& reader) {
  Header header{.kind = static_cast<std::uint8_t>(first & 63U), .length = {}};
  const auto start = reader.number(1);
  if (!start) return header;
  if (*start < 192) header.length = start;
  if (*start == 255) header.length = reader.number(4);
  if (*start < 192 || *start > 223) return header;  // 224 to 254: a part, whose end only later parts tell
  if (const auto second = reader.number(1)) header.length = ((*start - 192) << 8) + *second + 192;
  return header;
}

}  // namespace

std::optional<std::string_view> ByteReader::take(std::size_t count) {
  if (rest_.size() < count) return std::nullopt;
  const std::string_view piece = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return piece;
}

std::optional<std::uint32_t> ByteReader::number(std::size_t bytes) {
  const auto piece = take(bytes);
  if (!piece) return std::nullopt;
  std::uint32_t value = 0;
  for (const char byte : *piece) value = (value << 8) | static_cast<unsigned char>(byte);
  return value;
}

Result<std::vector<Packet>> split_packets(std::string_view bytes) {
  std::vector<Packet> packets;
  ByteReader reader(bytes);
  while (const auto first = reader.number(1)) {
    const std::size_t place = bytes.size() - reader.rest().size() - 1;
    if ((*first & 0x80U) == 0) return fail(fmt::format("at byte {} no OpenPGP packet begins", place));
    const Header header = (*first & 0x40U) != 0 ? read_new_header(*first, reader) : read_old_header(*first, reader);
    const auto body = header.length ? reader.take(*header.length) : std::nullopt;
    if (!body) return fail(fmt::format("the OpenPGP packet at byte {} is not whole", place));
    packets.push_back({header.kind, *body});
  }
  return packets;
}

}  // namespace nvprov
