#include "base/version.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace nvprov;

namespace {

Version version(std::string_view text) { return Version::parse(text).value(); }

struct Evaluation {
  std::string_view constraint;
  std::string_view version;
  bool is_allowed;
};

}  // namespace

TEST_CASE("a version is digits separated by single dots") {
  for (const std::string_view text : {"580", "580.126.09", "12.4", "0.0", "4294967295"}) {
    CAPTURE(text);
    REQUIRE(Version::parse(text));
    CHECK(Version::parse(text)->text() == text);
  }
  for (const std::string_view text :
       {"", ".", "12.", ".4", "12..4", "v12.4", "12.4-1", "12.4 ", "12,4", "-1", "4294967296", "not-a-version"}) {
    CAPTURE(text);
    CHECK_FALSE(Version::parse(text));
  }
}

TEST_CASE("versions are ordered number by number, and a missing part is lower than any") {
  const std::vector<std::string> ordered = {"9.1",   "11.8",      "12",         "12.4",      "12.4.0",
                                            "12.10", "535.54.03", "535.309.01", "580.65.06", "580.126.09"};
  std::vector<std::string> shuffled = ordered;
  std::ranges::reverse(shuffled);
  std::ranges::sort(shuffled, [](const auto& a, const auto& b) { return compare_versions(a, b) < 0; });
  CHECK(shuffled == ordered);
  CHECK(version("580.126.09") == version("580.126.9"));
}

TEST_CASE("a text that is no version comes before every version") {
  CHECK((compare_versions("unknown", "0") < 0));
  CHECK((compare_versions("0", "unknown") > 0));
  CHECK((compare_versions("a", "b") < 0));
  CHECK((compare_versions("a", "a") == 0));
}

TEST_CASE("a version starts with whole parts only") {
  CHECK(version("580.126.09").starts_with(version("580")));
  CHECK(version("580.126.09").starts_with(version("580.126")));
  CHECK(version("580").starts_with(version("580")));
  CHECK_FALSE(version("580.126.09").starts_with(version("58")));
  CHECK_FALSE(version("580").starts_with(version("580.126")));
}

// The cases of NVIDIA/aicr pkg/constraints/constraint_test.go that are about plain version numbers.
TEST_CASE("a constraint allows what it says") {
  const std::vector<Evaluation> evaluations = {
      {">= 1.32.4", "1.32.4", true}, {">= 1.32.4", "1.33.5", true},  {">= 1.32.4", "1.30.0", false},
      {"<= 1.33", "1.33.0", true},   {"<= 1.33", "1.32.0", true},    {"<= 1.33", "1.34.0", false},
      {"> 1.30", "1.32.0", true},    {"> 1.30", "1.30.0", false},    {"< 2.0", "1.30.0", true},
      {"< 2.0", "2.0.0", false},     {">=6.8", "6.8.0", true},       {">=6.8", "5.15.0", false},
      {"24.04", "24.04", true},      {"24.04", "22.04", false},      {"== 1.2.3", "1.2.3", true},
      {"== 1.2.3", "1.2.4", false},  {"!= 1.2.3", "1.2.4", true},    {"!= 1.2.3", "1.2.3", false},
      {"=12.4", "12.4.1", true},     {"12.4", "12.4.1", true},       {"!=12.4", "12.4.1", false},
      {"=12.4.1", "12.4", false},    {">=12.4 <13", "12.9.1", true}, {">=12.4 <13", "13.0.0", false},
      {">=12.4,<13", "12.3", false}, {">=12.4,<13", "12.4", true}};
  for (const auto& [constraint, text, is_allowed] : evaluations) {
    CAPTURE(constraint, text);
    const auto parsed = parse_constraint(constraint);
    REQUIRE(parsed);
    CHECK(parsed->allows(version(text)) == is_allowed);
  }
}

TEST_CASE("the spelling of a constraint does not matter") {
  const VersionConstraint expected = {
      {{Comparison::greater_equal, version("12.4")}, {Comparison::less, version("13")}}};
  for (const std::string_view text :
       {">=12.4 <13", ">= 12.4 < 13", ">=12.4,<13", "  >=12.4 ,  < 13 ", "> = 12.4 <13"}) {
    CAPTURE(text);
    CHECK(parse_constraint(text) == expected);
  }
  CHECK(parse_constraint("==12.4") == parse_constraint("12.4"));
}

TEST_CASE("a constraint that cannot be read is refused, naming the part") {
  const auto message = [](std::string_view text) {
    const auto parsed = parse_constraint(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == ErrorKind::usage);
    return parsed.error().message;
  };
  CHECK(message("") == "a version range is empty; write one such as '>=12.4 <13'");
  CHECK(message(" , ") == "a version range is empty; write one such as '>=12.4 <13'");
  CHECK(message(">=") == "`` is not a version number such as 12.4");
  CHECK(message("ubuntu") == "`ubuntu` is not a version number such as 12.4");
  CHECK(message(">=12.4 <v13") == "`v13` is not a version number such as 12.4");
  CHECK(message("=>12.4") == "`>12.4` is not a version number such as 12.4");
}
