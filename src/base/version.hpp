#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace nvprov {

// A dotted number as NVIDIA writes releases: "580.126.09", "12.4.1", "12.4". Compared number by number; a missing
// part counts as lower than any number ("12.4" < "12.4.0"), so that order agrees with equality of the text but for
// leading zeros. Keeps the text it was read from.
class Version {
 public:
  Version() = default;
  // nullopt unless the text is digits separated by single dots.
  static std::optional<Version> parse(std::string_view text);

  const std::string& text() const { return text_; }
  const std::vector<std::uint32_t>& parts() const { return parts_; }
  // True for "580.126.09" and prefix "580" or "580.126"; compares whole parts.
  bool starts_with(const Version& prefix) const;

  std::strong_ordering operator<=>(const Version& other) const { return parts_ <=> other.parts_; }
  bool operator==(const Version& other) const { return parts_ == other.parts_; }

 private:
  std::string text_;
  std::vector<std::uint32_t> parts_;
};

// Orders two texts as versions; texts that are no version sort before all versions, by bytes.
std::strong_ordering compare_versions(std::string_view left, std::string_view right);

enum class Comparison { less, less_equal, equal, not_equal, greater_equal, greater };

struct VersionBound {
  Comparison comparison = Comparison::equal;
  Version version;

  bool operator==(const VersionBound&) const = default;
};

// A conjunction of bounds: ">=12.4 <13". "=12.4" holds for 12.4 and every 12.4.x.
struct VersionConstraint {
  std::vector<VersionBound> bounds;

  bool allows(const Version& version) const;
  bool operator==(const VersionConstraint&) const = default;
};

// Reads ">=12.4 <13", "=12.4", "12.4" (the same as "=12.4"); the error names the part that is wrong.
Result<VersionConstraint> parse_constraint(std::string_view text);

}  // namespace nvprov
