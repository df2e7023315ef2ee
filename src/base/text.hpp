#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nvprov {

// Parts between separators, empty ones kept: split("a,,b", ',') is {"a", "", "b"}.
std::vector<std::string> split(std::string_view text, char separator);
// Parts between runs of blanks and tabs, none empty.
std::vector<std::string> split_words(std::string_view text);
// Words of letters and digits, lower case: "A100-SXM4-40GB" is {"a100", "sxm4", "40gb"}.
std::vector<std::string> name_words(std::string_view text);
// Lines without their line ends; a final newline makes no empty last line.
std::vector<std::string_view> split_lines(std::string_view text);
// Of a text that is gone before its lines are read.
template <class Text>
requires std::same_as<Text, std::string> std::vector<std::string_view> split_lines(Text&& text)
= delete;
std::string join(std::span<const std::string> parts, std::string_view separator);
// Without blanks, tabs and line ends at both ends.
std::string_view trim(std::string_view text);
// ASCII only; the locale never matters.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
std::string lower(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
bool contains(std::string_view text, std::string_view part);
// Takes the digits a text begins with away from it; returned without leading zeros, so that they compare as numbers by
// length, then by bytes.
std::string_view take_digits(std::string_view& text);
// Whether one name comes before another in a list for people: digits in them compare as numbers, "gpu-9" before
// "gpu-10".
bool natural_less(std::string_view left, std::string_view right);
// An address without the slashes at its end.
std::string_view without_slash(std::string_view address);
// A non-negative decimal number and nothing else.
std::optional<std::uint64_t> parse_number(std::string_view text);

// The known word nearest to what was typed (case ignored), if near enough to be meant.
std::optional<std::string> did_you_mean(std::string_view typed, std::span<const std::string> known);

// The text with "user:password@" of every URL in it turned to "***@".
std::string mask_credentials(std::string_view text);

// What a {placeholder} stands for.
struct Placeholder {
  std::string_view name;
  std::string_view value;
};
// Puts in every {name}; nullopt if the text holds one that is not given.
std::optional<std::string> expand(std::string_view text, std::span<const Placeholder> values);

// "YYYY-MM-DD" that is a day of the Gregorian calendar.
bool is_date(std::string_view text);
// Days from one YYYY-MM-DD to another, negative backwards; both must satisfy is_date.
long days_between(std::string_view from, std::string_view to);
// "YYYY-MM-DD" and "YYYY-MM-DDThh:mm:ssZ" of seconds since the epoch, UTC.
std::string format_date(std::int64_t seconds);
std::string format_timestamp(std::int64_t seconds);

// "144.9 MB": SI units, one decimal from a kilobyte on, as apt prints sizes.
std::string format_bytes(std::uint64_t bytes);

}  // namespace nvprov
