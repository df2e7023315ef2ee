#include "host/scrub.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace nvprov {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::size_t hex_run(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_hex) - text.begin());
}

// The length of a UUID at the start of the text, or 0.
std::size_t uuid_length(std::string_view text) {
  constexpr std::array<std::size_t, 5> groups = {8, 4, 4, 4, 12};
  std::size_t length = 0;
  for (const std::size_t digits : groups) {
    if (length != 0 && (length >= text.size() || text[length++] != '-')) return 0;
    if (hex_run(text.substr(length, digits)) != digits) return 0;
    length += digits;
  }
  return hex_run(text.substr(length)) == 0 ? length : 0;
}

// How much of the text, from its start, is an identity.
std::size_t identity_length(std::string_view text) {
  if (const std::size_t length = uuid_length(text); length != 0) return length;
  const std::size_t run = hex_run(text);
  const bool ends = run == text.size() || !is_letter(text[run]);
  return ends && (run == 32 || run == 64) ? run : 0;
}

std::string zero_identities(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t run = hex_run(text);
    if (run == 0) {
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    const bool inside_word = !result.empty() && is_letter(result.back());
    const std::size_t length = inside_word ? 0 : identity_length(text);
    const std::size_t taken = length != 0 ? length : run;
    for (const char c : text.substr(0, taken)) result += length != 0 && is_hex(c) ? '0' : c;
    text.remove_prefix(taken);
  }
  return result;
}

// "Serial Number: 0323418" and "serial=0323418" lose their values.
std::string scrub_serial(std::string_view line) {
  const std::size_t mark = line.find_first_of(":=");
  const bool names_serial = mark != std::string_view::npos && contains(lower(line.substr(0, mark)), "serial");
  if (!names_serial || trim(line.substr(mark + 1)).empty()) return std::string(line);
  return std::string(line.substr(0, mark + 1)) + " removed";
}

// "password = x" and "proxy_password=x" of a repository's file.
std::string scrub_password(std::string_view line) {
  const std::size_t mark = line.find('=');
  const bool names_password = mark != std::string_view::npos && lower(trim(line.substr(0, mark))).ends_with("password");
  if (!names_password || trim(line.substr(mark + 1)).empty()) return std::string(line);
  return std::string(line.substr(0, mark + 1)) + "***";
}

std::string scrub_lines(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    result += scrub_password(scrub_serial(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    result += '\n';
    text.remove_prefix(end + 1);
  }
  return result;
}

}  // namespace

std::string scrub(std::string_view text) {
  // Not for bytes that are no text (firmware variables, keys): changed bytes would be other bytes.
  if (contains(text, std::string_view("\0", 1))) return std::string(text);
  return mask_credentials(scrub_lines(zero_identities(text)));
}

}  // namespace nvprov
