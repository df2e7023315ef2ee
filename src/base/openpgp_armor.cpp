#include "base/openpgp_armor.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "base/base64.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::string_view first_line = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
constexpr std::string_view last_line = "-----END PGP PUBLIC KEY BLOCK-----";

// RFC 9580, section 6.1.1.
std::string checksum_of(std::string_view bytes) {
  std::uint32_t sum = 0xB704CE;
  for (const char byte : bytes) {
    sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << 16;
    for (int bit = 0; bit < 8; ++bit) {
      sum <<= 1;
      if ((sum & 0x1000000) != 0) sum ^= 0x1864CFB;
    }
  }
  std::string text;
  for (const unsigned shift : {16U, 8U, 0U}) text += static_cast<char>((sum >> shift) & 0xFF);
  return text;
}

std::string complaint(std::string_view text) {
  if (contains(text, "-----BEGIN PGP PRIVATE KEY BLOCK")) return "the file holds a private key";
  if (!contains(text, first_line)) return "the file is neither an armored nor a binary OpenPGP key";
  return fmt::format("there is text before the line `{}`", first_line);
}

// The lines between the first and the last one.
Result<std::vector<std::string_view>> lines_of_block(std::string_view text) {
  std::vector<std::string_view> lines;
  bool begun = false;
  bool ended = false;
  for (const std::string_view full : split_lines(text)) {
    const std::string_view line = trim(full);
    if (ended && !line.empty()) return fail(fmt::format("there is text after the line `{}`", last_line));
    if (!begun && !line.empty() && line != first_line) return fail(complaint(text));
    if (begun && line == last_line) ended = true;
    if (begun && !ended) lines.push_back(line);
    if (line == first_line) begun = true;
  }
  if (!begun) return fail(complaint(text));
  if (!ended) return fail(fmt::format("the line `{}` is missing: the key is not whole", last_line));
  return lines;
}

// A header is "Version: GnuPG v2"; an empty line ends them.
Result<std::size_t> first_after_headers(const std::vector<std::string_view>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) return i + 1;
    if (!contains(lines[i], ":")) break;
  }
  return fail("the armored key lacks the empty line before its data");
}

}  // namespace

Result<std::string> dearmored(std::string_view text) {
  const auto lines = lines_of_block(text);
  if (!lines) return fail(lines.error());
  const auto start = first_after_headers(*lines);
  if (!start) return fail(start.error());
  std::string body;
  std::string_view checksum;
  for (std::size_t i = *start; i < lines->size(); ++i) {
    const std::string_view line = (*lines)[i];
    if (!checksum.empty() && !line.empty()) return fail("the armored key has data after its checksum");
    if (line.starts_with('='))
      checksum = line;
    else
      body += line;
  }
  auto bytes = base64_decode(body);
  if (!bytes || bytes->empty()) return fail("the armored key is not whole: its data is no base64");
  if (!checksum.empty() && base64_decode(checksum.substr(1)) != checksum_of(*bytes))
    return fail("the checksum of the armored key does not hold");
  return std::move(*bytes);
}

}  // namespace nvprov
