#include <fmt/format.h>

#include "base/text.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

struct RpmVersion {
  std::string_view epoch = "0";
  std::string_view version;
  std::string_view release;
};

bool is_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

RpmVersion rpm_parts_of(std::string_view text) {
  RpmVersion parts;
  text = trim(text);
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && is_digits(text.substr(0, colon))) {
    if (colon > 0) parts.epoch = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  const std::size_t dash = text.rfind('-');
  parts.version = text.substr(0, dash);
  if (dash != std::string_view::npos) parts.release = text.substr(dash + 1);
  return parts;
}

// Everything that is neither digit, letter, tilde nor caret only separates.
void skip_separators(std::string_view& text) {
  while (!text.empty() && !is_digit(text[0]) && !is_letter(text[0]) && text[0] != '~' && text[0] != '^')
    text.remove_prefix(1);
}

template <class Belongs>
std::string_view take_run(std::string_view& text, Belongs belongs) {
  std::size_t end = 0;
  while (end < text.size() && belongs(text[end])) ++end;
  const std::string_view run = text.substr(0, end);
  text.remove_prefix(end);
  return run;
}

std::strong_ordering compare_numbers(std::string_view left, std::string_view right) {
  while (left.starts_with('0')) left.remove_prefix(1);
  while (right.starts_with('0')) right.remove_prefix(1);
  if (const auto by_length = left.size() <=> right.size(); by_length != 0) return by_length;
  return left <=> right;
}

// A number is newer than letters, and than nothing.
std::strong_ordering compare_runs(std::string_view& left, std::string_view& right) {
  if (is_digit(left[0])) {
    if (!is_digit(right[0])) return std::strong_ordering::greater;
    const std::string_view left_run = take_run(left, is_digit);
    return compare_numbers(left_run, take_run(right, is_digit));
  }
  if (is_digit(right[0])) return std::strong_ordering::less;
  const std::string_view left_run = take_run(left, is_letter);
  return left_run <=> take_run(right, is_letter);
}

// A tilde is older than everything, the end included; a caret is newer than the end and older than the rest.
std::optional<std::strong_ordering> compare_marks(std::string_view& left, std::string_view& right) {
  for (const char mark : {'~', '^'}) {
    const bool left_has = left.starts_with(mark);
    const bool right_has = right.starts_with(mark);
    if (!left_has && !right_has) continue;
    if (left_has && right_has) {
      left.remove_prefix(1);
      right.remove_prefix(1);
      return std::strong_ordering::equal;
    }
    const bool other_ends = left_has ? right.empty() : left.empty();
    const bool left_is_newer = (mark == '^' && other_ends) == left_has;
    return left_is_newer ? std::strong_ordering::greater : std::strong_ordering::less;
  }
  return std::nullopt;
}

// The order of librpm (rpmio/rpmvercmp.c).
std::strong_ordering compare_rpm_parts(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    skip_separators(left);
    skip_separators(right);
    if (const auto order = compare_marks(left, right)) {
      if (*order != 0) return *order;
      continue;
    }
    if (left.empty() || right.empty()) break;
    if (const auto order = compare_runs(left, right); order != 0) return order;
  }
  return !left.empty() <=> !right.empty();
}

}  // namespace

std::strong_ordering compare_rpm_versions(std::string_view left, std::string_view right) {
  const RpmVersion left_parts = rpm_parts_of(left);
  const RpmVersion right_parts = rpm_parts_of(right);
  if (const auto order = compare_rpm_parts(left_parts.epoch, right_parts.epoch); order != 0) return order;
  if (const auto order = compare_rpm_parts(left_parts.version, right_parts.version); order != 0) return order;
  return compare_rpm_parts(left_parts.release, right_parts.release);
}

std::string upstream_rpm_version(std::string_view version) { return std::string(rpm_parts_of(version).version); }

std::string rpm_version_text(std::string_view epoch, std::string_view version, std::string_view release) {
  const bool none = epoch.empty() || epoch == "0" || epoch == "(none)";
  return fmt::format("{}{}{}-{}", none ? "" : epoch, none ? "" : ":", version, release);
}

}  // namespace nvprov
