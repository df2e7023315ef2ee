#include "catalog/text_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/version.hpp"

namespace nvprov {
namespace {

// No conditions and no expressions: these are all the ways in which data may depend on the machine.
constexpr std::array<std::string_view, 15> placeholders = {
    "arch",          "repo_arch",      "package_arch",   "codename",   "cuda_dash",  "cuda_release",
    "driver_branch", "driver_version", "kernel_release", "kernel_evr", "kernel_abi", "kernel_flavour",
    "url",           "cuda_major",     "version"};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_blank_or_control(char c) { return c == ' ' || is_control(c); }
bool is_lower_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

std::optional<Complaint> without_blanks(std::string_view text) {
  if (text.empty()) return Complaint{"is empty", ""};
  if (std::ranges::any_of(text, is_blank_or_control)) return Complaint{fmt::format("`{}` holds a blank", text), ""};
  return std::nullopt;
}

std::optional<Complaint> without_placeholders(std::string_view text) {
  if (text.find_first_of("{}") == std::string_view::npos) return std::nullopt;
  return Complaint{fmt::format("`{}` holds a placeholder, which has no meaning here", text), ""};
}

std::optional<Complaint> without_leading_dash(std::string_view text) {
  if (!text.starts_with('-')) return std::nullopt;
  return Complaint{fmt::format("`{}` begins with a dash and would be taken for an option", text), ""};
}

Complaint unknown_word(std::string_view text, const std::vector<std::string>& known, std::string_view what) {
  const auto suggestion = did_you_mean(text, known);
  return {fmt::format("`{}` is {}", text, what), suggestion ? fmt::format("did you mean `{}`?", *suggestion)
                                                            : fmt::format("known are: {}", join(known, ", "))};
}

std::optional<Complaint> known_placeholders(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t open = rest.find_first_of("{}");
    if (open == std::string_view::npos) return std::nullopt;
    const std::size_t close = rest.find_first_of("{}", open + 1);
    if (rest[open] == '}' || close == std::string_view::npos || rest[close] == '{')
      return Complaint{fmt::format("`{}` has a brace without its partner", text), ""};
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    if (std::ranges::find(placeholders, name) == placeholders.end())
      return unknown_word(name, {placeholders.begin(), placeholders.end()}, "not a placeholder");
    rest.remove_prefix(close + 1);
  }
  return std::nullopt;
}

// The first complaint of several rules.
template <class... Rules>
std::optional<Complaint> first_of(std::string_view text, Rules... rules) {
  std::optional<Complaint> complaint;
  ((complaint = rules(text)) || ...);
  return complaint;
}

}  // namespace

std::optional<Complaint> a_line(std::string_view text) {
  if (trim(text).empty()) return Complaint{"is empty", ""};
  if (std::ranges::any_of(text, is_control)) return Complaint{"holds a line end or another control character", ""};
  return std::nullopt;
}

std::optional<Complaint> a_word(std::string_view text) {
  return first_of(text, without_blanks, without_leading_dash, without_placeholders);
}

std::optional<Complaint> a_suffix(std::string_view text) {
  return first_of(text, without_blanks, without_placeholders);
}

std::optional<Complaint> a_template(std::string_view text) {
  return first_of(text, without_blanks, without_leading_dash, known_placeholders);
}

std::optional<Complaint> a_version(std::string_view text) {
  if (Version::parse(text)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not a version number", text), "write digits separated by dots, such as 12.4"};
}

std::optional<Complaint> a_date(std::string_view text) {
  if (is_date(text)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not a date", text), "write YYYY-MM-DD"};
}

std::optional<Complaint> an_https_url(std::string_view text) {
  constexpr std::string_view scheme = "https://";
  if (text.starts_with("http://")) return Complaint{fmt::format("`{}` is an http address", text), "use https"};
  if (!text.starts_with(scheme) || text.substr(scheme.size()).find_first_not_of('/') != 0)
    return Complaint{fmt::format("`{}` is not an https address", text), ""};
  if (without_blanks(text)) return Complaint{fmt::format("`{}` holds a blank", text), ""};
  return std::nullopt;
}

std::optional<Complaint> a_device_id(std::string_view text) {
  if (text.size() == 4 && std::ranges::all_of(text, is_lower_hex)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not a PCI device id", text), "write four lower-case hex digits"};
}

std::optional<Complaint> a_sha256(std::string_view text) {
  if (text.size() == 64 && std::ranges::all_of(text, is_lower_hex)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not a SHA-256 digest", text), "write 64 lower-case hex digits"};
}

std::optional<Complaint> a_variable_name(std::string_view text) {
  const auto is_part = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  const bool begins_well = !text.empty() && !(text.front() >= '0' && text.front() <= '9');
  if (begins_well && std::ranges::all_of(text, is_part)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not the name of an environment variable", text),
                   "write capital letters, digits and underscores, not beginning with a digit"};
}

std::optional<Complaint> a_number(std::string_view text) {
  if (!text.empty() && std::ranges::all_of(text, is_digit)) return std::nullopt;
  return Complaint{fmt::format("`{}` is not a whole number", text), "write digits, such as 12"};
}

std::optional<Complaint> a_cve(std::string_view text) {
  const auto parts = split(text, '-');
  const auto are_digits = [](const std::string& part) { return std::ranges::all_of(part, is_digit); };
  if (parts.size() == 3 && parts[0] == "CVE" && parts[1].size() == 4 && parts[2].size() >= 4 && are_digits(parts[1]) &&
      are_digits(parts[2]))
    return std::nullopt;
  return Complaint{fmt::format("`{}` is not the number of a vulnerability", text), "write CVE-YEAR-NUMBER"};
}

std::optional<Complaint> a_path_from_root(std::string_view text) {
  if (auto complaint = a_word(text)) return complaint;
  if (text.starts_with('/')) return std::nullopt;
  return Complaint{fmt::format("`{}` is not an absolute path", text), "begin it with a slash"};
}

std::optional<Complaint> a_vgpu_profile(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank != std::string_view::npos && !a_device_id(text.substr(0, blank)) && !a_line(text.substr(blank + 1)))
    return std::nullopt;
  return Complaint{fmt::format("`{}` is not a virtual GPU", text),
                   "write the subsystem's device id, a blank, its name"};
}

TextRule one_of(std::initializer_list<std::string_view> words) {
  return [known = std::vector<std::string>(words.begin(), words.end())](std::string_view text) {
    if (std::ranges::find(known, text) != known.end()) return std::optional<Complaint>{};
    return std::optional(unknown_word(text, known, "not a word known here"));
  };
}

}  // namespace nvprov
