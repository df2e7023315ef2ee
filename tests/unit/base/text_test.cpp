#include "base/text.hpp"

#include "support/catch.hpp"

using namespace nvprov;

using Texts = std::vector<std::string>;

TEST_CASE("splitting keeps empty parts, splitting into words does not") {
  CHECK(split("a,,b", ',') == Texts{"a", "", "b"});
  CHECK(split("", ',') == Texts{""});
  CHECK(split(",", ',') == Texts{"", ""});
  CHECK(split_words("  a \t b\n") == Texts{"a", "b"});
  CHECK(split_words(" \t ") == Texts{});
  CHECK(name_words("NVIDIA A100-SXM4-40GB (x)") == Texts{"nvidia", "a100", "sxm4", "40gb", "x"});
  CHECK(name_words(" - ") == Texts{});
}

TEST_CASE("lines lose their ends, of either kind, and a final newline makes no line") {
  CHECK(split_lines("a\r\nb\n\nc\n") == std::vector<std::string_view>{"a", "b", "", "c"});
  CHECK(split_lines("a") == std::vector<std::string_view>{"a"});
  CHECK(split_lines("").empty());
}

TEST_CASE("joining, trimming, lowering and replacing do what they say") {
  CHECK(join(Texts{"a", "b"}, ", ") == "a, b");
  CHECK(join(Texts{}, ", ").empty());
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim(" \n").empty());
  CHECK(lower("Tesla T4 \xc3\x84") == "tesla t4 \xc3\x84");
  CHECK(replace_all("aXbXc", "X", "XX") == "aXXbXXc");
  CHECK(contains("abc", "bc"));
  CHECK_FALSE(contains("abc", "cb"));
}

TEST_CASE("a number is digits and nothing else") {
  CHECK(parse_number("0580") == 580);
  CHECK(parse_number("18446744073709551615") == UINT64_MAX);
  for (const std::string_view text : {"", " 1", "1 ", "-1", "+1", "0x10", "1.0", "18446744073709551616"}) {
    CAPTURE(text);
    CHECK(parse_number(text) == std::nullopt);
  }
}

TEST_CASE("the nearest known word is suggested, if it is near enough") {
  const Texts known = {"deploy", "develop", "container"};
  CHECK(did_you_mean("deplyo", known) == "deploy");
  CHECK(did_you_mean("DEPLOY", known) == "deploy");
  CHECK(did_you_mean("containr", known) == "container");
  CHECK(did_you_mean("nmae", Texts{"name"}) == "name");
  CHECK(did_you_mean("gaming", known) == std::nullopt);
  CHECK(did_you_mean("x", Texts{}) == std::nullopt);
}

TEST_CASE("placeholders are put in, and an unknown one gives nothing") {
  const std::vector<Placeholder> values = {{"codename", "bookworm"}, {"arch", "x86_64"}};
  CHECK(expand("{codename}-security/{arch}", values) == "bookworm-security/x86_64");
  CHECK(expand("plain", values) == "plain");
  CHECK(expand("", values) == "");
  CHECK(expand("{kernel}", values) == std::nullopt);
  CHECK(expand("{codename", values) == std::nullopt);
}

TEST_CASE("a date is a day of the calendar") {
  for (const std::string_view text : {"2024-02-29", "2000-02-29", "2026-12-31", "2026-01-01"}) {
    CAPTURE(text);
    CHECK(is_date(text));
  }
  for (const std::string_view text :
       {"", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-04-00", "2026-4-1", "26-04-01",
        "2026/04/01", "2026-04-01 ", "2026-04--1"}) {
    CAPTURE(text);
    CHECK_FALSE(is_date(text));
  }
}

TEST_CASE("days are counted over leap years and centuries, and backwards") {
  CHECK(days_between("2024-02-28", "2024-03-01") == 2);
  CHECK(days_between("2023-02-28", "2023-03-01") == 1);
  CHECK(days_between("1999-12-31", "2100-03-01") == 36585);
  CHECK(days_between("2026-11-22", "2026-11-21") == -1);
}

TEST_CASE("seconds since the epoch are written as UTC") {
  CHECK(format_date(0) == "1970-01-01");
  CHECK(format_date(951782400) == "2000-02-29");
  CHECK(format_timestamp(1700000000) == "2023-11-14T22:13:20Z");
}

TEST_CASE("sizes are written in SI units with one decimal") {
  CHECK(format_bytes(0) == "0 B");
  CHECK(format_bytes(999) == "999 B");
  CHECK(format_bytes(1000) == "1.0 kB");
  CHECK(format_bytes(999949) == "999.9 kB");
  CHECK(format_bytes(999950) == "1.0 MB");
  CHECK(format_bytes(144'900'000) == "144.9 MB");
  CHECK(format_bytes(UINT64_MAX) == "18446744.1 TB");
}

TEST_CASE("names for people are sorted with their numbers by value") {
  CHECK(natural_less("gpu-9", "gpu-10"));
  CHECK_FALSE(natural_less("gpu-10", "gpu-9"));
  CHECK(natural_less("gpu-1", "gpu-01") != natural_less("gpu-01", "gpu-1"));
  CHECK(natural_less("a", "a1"));
  CHECK(natural_less("a2b", "a10a"));
  CHECK_FALSE(natural_less("same", "same"));
}
