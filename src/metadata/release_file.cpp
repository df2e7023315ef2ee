#include "metadata/release_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "packages/deb822.hpp"

namespace nvprov {
namespace {

constexpr std::size_t sha256_digits = 64;
constexpr std::size_t sha512_digits = 128;

bool is_yes(std::string_view text) { return lower(trim(text)) == "yes"; }

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

// A path out of the repository could be written anywhere and fetched from anywhere.
bool is_inside(std::string_view path) {
  if (path.empty() || path.starts_with('/') || path.find_first_of("\\?#%\"") != std::string_view::npos) return false;
  const std::vector<std::string> parts = split(path, '/');
  return std::ranges::none_of(parts, [](const std::string& part) { return part == ".." || part.empty(); });
}

Error broken(std::string why) {
  return Error{.kind = ErrorKind::failed,
               .message = "a Release file is not whole",
               .because = {std::move(why)},
               .hints = {},
               .context = {}};
}

// One field of " DIGEST SIZE PATH" lines.
Status read_items(std::string_view value, DigestKind kind, std::map<std::string, ReleaseItem>& items) {
  const std::size_t digits = kind == DigestKind::sha256 ? sha256_digits : sha512_digits;
  for (const std::string_view line : split_lines(value)) {
    const std::vector<std::string> words = split_words(line);
    if (words.empty()) continue;
    const auto size = words.size() == 3 ? parse_number(words[1]) : std::nullopt;
    const std::string hex = lower(words[0]);
    if (!size || !is_hex(hex, digits) || !is_inside(words[2]))
      return fail(broken(fmt::format("`{}` names no file with its size and checksum", trim(line))));
    items.emplace(words[2], ReleaseItem{*size, {kind, hex}});  // the first, SHA-256, stays
  }
  return {};
}

Result<std::optional<std::int64_t>> read_date(const Deb822Stanza& stanza, std::string_view name) {
  const std::string text = field_value(stanza, name);
  if (text.empty()) return std::nullopt;
  const auto date = parse_release_date(text);
  if (!date) return fail(broken(fmt::format("its {} `{}` is no date in universal time", name, text)));
  return date;
}

Status check_digests(const Deb822Stanza& stanza, const ReleaseFile& release) {
  const bool has_weak = find_field(stanza, "MD5Sum") != nullptr || find_field(stanza, "SHA1") != nullptr;
  if (!release.items.empty()) return {};
  if (has_weak)
    return fail(ErrorKind::not_trusted, "a Release file vouches for its indexes by MD5 or SHA-1 alone",
                {"both can be forged; apt does not take them either"},
                {"the repository's owner has to publish SHA256 checksums"});
  return fail(broken("it names no index"));
}

}  // namespace

Result<ReleaseFile> parse_release(std::string_view text) {
  Diagnostics problems;
  const std::vector<Deb822Stanza> stanzas = parse_deb822(text, "Release", problems);
  if (!problems.empty()) return fail(broken(fmt::format("{}: {}", problems[0].place, problems[0].message)));
  if (stanzas.size() != 1) return fail(broken(fmt::format("it has {} stanzas in place of one", stanzas.size())));
  const Deb822Stanza& stanza = stanzas.front();
  ReleaseFile release{.origin = field_value(stanza, "Origin"),
                      .label = field_value(stanza, "Label"),
                      .suite = field_value(stanza, "Suite"),
                      .codename = field_value(stanza, "Codename"),
                      .version = field_value(stanza, "Version"),
                      .architectures = split_words(field_value(stanza, "Architectures")),
                      .not_automatic = is_yes(field_value(stanza, "NotAutomatic")),
                      .but_automatic_upgrades = is_yes(field_value(stanza, "ButAutomaticUpgrades")),
                      .acquire_by_hash = is_yes(field_value(stanza, "Acquire-By-Hash"))};
  const auto date = read_date(stanza, "Date");
  if (!date) return fail(date.error());
  release.date = *date;
  const auto valid_until = read_date(stanza, "Valid-Until");
  if (!valid_until) return fail(valid_until.error());
  release.valid_until = *valid_until;
  const bool knows_all = std::ranges::find(release.architectures, "all") != release.architectures.end();
  release.has_separate_all = knows_all && !contains(field_value(stanza, "No-Support-for-Architecture-all"), "Packages");
  if (const Status read = read_items(field_value(stanza, "SHA256"), DigestKind::sha256, release.items); !read)
    return fail(read.error());
  if (const Status read = read_items(field_value(stanza, "SHA512"), DigestKind::sha512, release.items); !read)
    return fail(read.error());
  if (const Status strong = check_digests(stanza, release); !strong) return fail(strong.error());
  return release;
}

std::optional<std::int64_t> parse_release_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::array<std::string_view, 5> universal = {"UTC", "GMT", "Z", "+0000", "-0000"};
  const std::vector<std::string> words = split_words(text);  // {"Sat,", "09", "May", "2026", "10:00:00", "UTC"}
  if (words.size() != 6 || !words[0].ends_with(',')) return std::nullopt;
  const auto* month = std::ranges::find(months, words[2]);
  if (month == months.end() || std::ranges::find(universal, words[5]) == universal.end()) return std::nullopt;
  const auto day = parse_number(words[1]);
  const std::vector<std::string> time = split(words[4], ':');
  if (!day || time.size() != 3) return std::nullopt;
  const auto hour = parse_number(time[0]);
  const auto minute = parse_number(time[1]);
  const auto second = parse_number(time[2]);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::string date = fmt::format("{}-{:02}-{:02}", words[3], month - months.begin() + 1, *day);
  if (!is_date(date)) return std::nullopt;
  return days_between("1970-01-01", date) * std::int64_t{86400} +
         static_cast<std::int64_t>(*hour * 3600 + *minute * 60 + *second);
}

}  // namespace nvprov
