#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

struct DebVersion {
  std::string_view epoch;
  std::string_view upstream;
  std::string_view revision;
};

DebVersion parts_of(std::string_view text) {
  DebVersion version;
  text = trim(text);
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    version.epoch = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  const std::size_t dash = text.rfind('-');
  version.upstream = text.substr(0, dash);
  if (dash != std::string_view::npos) version.revision = text.substr(dash + 1);
  return version;
}

// A tilde sorts before the end of the text, the end before letters, letters before everything else.
int weight(std::string_view text, std::size_t at) {
  if (at >= text.size() || is_digit(text[at])) return 0;
  if (text[at] == '~') return -1;
  const int value = static_cast<unsigned char>(text[at]);
  return is_letter(text[at]) ? value : value + 256;
}

std::strong_ordering compare_numbers(std::string_view& left, std::string_view& right) {
  const std::string_view left_digits = take_digits(left);
  const std::string_view right_digits = take_digits(right);
  if (const auto by_length = left_digits.size() <=> right_digits.size(); by_length != 0) return by_length;
  return left_digits <=> right_digits;
}

std::strong_ordering compare_text(std::string_view& left, std::string_view& right) {
  const auto in_text = [](std::string_view text) { return !text.empty() && !is_digit(text.front()); };
  while (in_text(left) || in_text(right)) {
    if (const auto order = weight(left, 0) <=> weight(right, 0); order != 0) return order;
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  return std::strong_ordering::equal;
}

std::strong_ordering compare_parts(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    if (const auto order = compare_text(left, right); order != 0) return order;
    if (const auto order = compare_numbers(left, right); order != 0) return order;
  }
  return std::strong_ordering::equal;
}

}  // namespace

std::string upstream_version(std::string_view package_version) {
  return std::string(parts_of(package_version).upstream);
}

std::strong_ordering compare_deb_versions(std::string_view left, std::string_view right) {
  const DebVersion left_parts = parts_of(left);
  const DebVersion right_parts = parts_of(right);
  if (const auto order = compare_parts(left_parts.epoch, right_parts.epoch); order != 0) return order;
  if (const auto order = compare_parts(left_parts.upstream, right_parts.upstream); order != 0) return order;
  return compare_parts(left_parts.revision, right_parts.revision);
}

}  // namespace nvprov
