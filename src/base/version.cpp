#include "base/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::array<std::pair<std::string_view, Comparison>, 7> operators = {{
    {">=", Comparison::greater_equal},
    {"<=", Comparison::less_equal},
    {"!=", Comparison::not_equal},
    {"==", Comparison::equal},
    {">", Comparison::greater},
    {"<", Comparison::less},
    {"=", Comparison::equal},
}};

Result<VersionBound> parse_bound(std::string_view text) {
  VersionBound bound;
  for (const auto& [spelling, comparison] : operators) {
    if (!text.starts_with(spelling)) continue;
    bound.comparison = comparison;
    text.remove_prefix(spelling.size());
    break;
  }
  const auto version = Version::parse(text);
  if (!version) return fail(ErrorKind::usage, fmt::format("`{}` is not a version number such as 12.4", text));
  bound.version = *version;
  return bound;
}

bool holds(const VersionBound& bound, const Version& version) {
  switch (bound.comparison) {
    case Comparison::less: return version < bound.version;
    case Comparison::less_equal: return version <= bound.version || version.starts_with(bound.version);
    case Comparison::equal: return version.starts_with(bound.version);
    case Comparison::not_equal: return !version.starts_with(bound.version);
    case Comparison::greater_equal: return version >= bound.version;
    case Comparison::greater: return version > bound.version && !version.starts_with(bound.version);
  }
  return false;
}

// "> = 12.4" typed with blanks after the operator reads like ">=12.4".
std::vector<std::string> bound_texts(std::string_view text) {
  std::vector<std::string> texts;
  for (const std::string& word : split_words(replace_all(std::string(text), ",", " "))) {
    const bool continues = !texts.empty() && texts.back().find_first_not_of("<>=!") == std::string::npos;
    if (continues)
      texts.back() += word;
    else
      texts.push_back(word);
  }
  return texts;
}

// The number before the first point, which goes with it; nullopt where it is none.
std::optional<std::uint32_t> take_part(std::string_view& rest) {
  const std::size_t point = rest.find('.');
  const auto number = parse_number(rest.substr(0, point));
  rest.remove_prefix(point == std::string_view::npos ? rest.size() : point + 1);
  if (!number || *number > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

bool is_version(std::string_view text) {
  if (text.empty() || text.ends_with('.')) return false;
  while (!text.empty())
    if (!take_part(text)) return false;
  return true;
}

// Both are versions; one that ends where the other goes on comes first.
std::strong_ordering compare_parts(std::string_view left, std::string_view right) {
  while (!left.empty() && !right.empty())
    if (const auto order = *take_part(left) <=> *take_part(right); order != 0) return order;
  return left.size() <=> right.size();
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
  Version version;
  for (const std::string& part : split(text, '.')) {
    const auto number = parse_number(part);
    if (!number || *number > UINT32_MAX) return std::nullopt;
    version.parts_.push_back(static_cast<std::uint32_t>(*number));
  }
  version.text_ = std::string(text);
  return version;
}

bool Version::starts_with(const Version& prefix) const {
  return prefix.parts_.size() <= parts_.size() &&
         std::equal(prefix.parts_.begin(), prefix.parts_.end(), parts_.begin());
}

// The resolver compares versions thousands of times, so this parses in place what Version::parse() would.
std::strong_ordering compare_versions(std::string_view left, std::string_view right) {
  const bool is_left = is_version(left);
  const bool is_right = is_version(right);
  if (is_left && is_right) return compare_parts(left, right);
  if (is_left != is_right) return is_left ? std::strong_ordering::greater : std::strong_ordering::less;
  return left <=> right;
}

bool VersionConstraint::allows(const Version& version) const {
  return std::ranges::all_of(bounds, [&](const VersionBound& bound) { return holds(bound, version); });
}

Result<VersionConstraint> parse_constraint(std::string_view text) {
  VersionConstraint constraint;
  for (const std::string& part : bound_texts(text)) {
    auto bound = parse_bound(part);
    if (!bound) return fail(bound.error());
    constraint.bounds.push_back(std::move(*bound));
  }
  if (constraint.bounds.empty())
    return fail(ErrorKind::usage, "a version range is empty; write one such as '>=12.4 <13'");
  return constraint;
}

}  // namespace nvprov
