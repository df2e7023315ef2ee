#include "metadata/apt_settings.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::array<std::string_view, 15> kept_names = {
    "acquire::http::",        "acquire::https::",           "acquire::ftp::",
    "acquire::socks::",       "acquire::retries",           "acquire::forceipv4",
    "acquire::forceipv6",     "acquire::queue-mode",        "acquire::enablesrvrecords",
    "acquire::by-hash",       "acquire::check-valid-until", "acquire::check-date",
    "acquire::max-validtime", "acquire::min-validtime",     "apt::default-release",
};

bool names_a_program(std::string_view name) {
  return contains(name, "proxy-auto-detect") || contains(name, "proxyautodetect");
}

bool is_kept(std::string_view name, bool trusted_programs) {
  if (names_a_program(name) && !trusted_programs) return false;
  return std::ranges::any_of(kept_names, [&](std::string_view kept) {
    return kept.ends_with(':') ? name.starts_with(kept) : name == kept || name.starts_with(std::string(kept) + "::");
  });
}

// Anything else could end the value early and smuggle a second setting in.
bool is_plain(std::string_view line) {
  return std::ranges::count(line, '"') == 2 && line.ends_with("\";") && !contains(line, "\\") && !contains(line, "#");
}

}  // namespace

std::vector<std::string> kept_settings(std::string_view dump, bool trusted_programs) {
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(dump)) {
    const std::string name = lower(line.substr(0, line.find(' ')));
    if (is_plain(line) && is_kept(name, trusted_programs)) lines.emplace_back(line);
  }
  return lines;
}

}  // namespace nvprov
