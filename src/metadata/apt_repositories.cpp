#include "metadata/apt_repositories.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "metadata/apt_config.hpp"

namespace nvprov {
namespace {

constexpr std::string_view mirror_list = "mirror+file:";

// An option by either of its two names; nullptr where it is not set.
const std::string* option(const RepositoryEntry& entry, std::string_view one_line, std::string_view deb822) {
  for (const RepositoryOption& each : entry.options)
    if (each.name == one_line || each.name == deb822) return &each.value;
  return nullptr;
}

std::vector<std::string> list_option(const RepositoryEntry& entry, std::string_view one_line, std::string_view deb822) {
  const std::string* value = option(entry, one_line, deb822);
  return value == nullptr ? std::vector<std::string>()
                          : split_words(replace_all(replace_all(*value, ",", " "), "\n", " "));
}

std::optional<bool> bool_option(const RepositoryEntry& entry, std::string_view name) {
  const std::string* value = option(entry, name, name);
  return value == nullptr ? std::nullopt : apt_bool(*value);
}

std::optional<std::int64_t> number_option(const RepositoryEntry& entry, std::string_view name) {
  const std::string* value = option(entry, name, name);
  const auto number = value == nullptr ? std::nullopt : parse_number(trim(*value));
  return number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

// sources.list(5): `arch` in place of the target's own, then what is added and taken away.
std::vector<std::string> architectures_of(const RepositoryEntry& entry, const std::vector<std::string>& own) {
  std::vector<std::string> names = list_option(entry, "arch", "architectures");
  if (names.empty()) names = own;
  for (std::string& more : list_option(entry, "arch+", "architectures-add"))
    if (std::ranges::find(names, more) == names.end()) names.push_back(std::move(more));
  for (const std::string& less : list_option(entry, "arch-", "architectures-remove")) std::erase(names, less);
  return names;
}

std::string with_slash(std::string uri) {
  if (!uri.ends_with('/')) uri += '/';
  return uri;
}

std::string scheme_of(std::string_view uri) { return lower(uri.substr(0, uri.find(':'))); }

bool is_network(const std::string& scheme) { return scheme == "https" || scheme == "http"; }
bool is_file_scheme(const std::string& scheme) { return scheme == "file" || scheme == "copy"; }

// "copy:/srv" is "file:/srv" for us: nothing is used in its place.
std::string plain_uri(const std::string& uri) {
  return with_slash(scheme_of(uri) == "copy" ? "file:" + uri.substr(uri.find(':') + 1) : uri);
}

struct PlaceReader {
  const TargetFiles& target;
  Unfetchable& unfetchable;

  void refuse(const RepositoryEntry& entry, const std::string& uri, std::string reason) {
    unfetchable.push_back({entry.file, entry.line, mask_credentials(uri), std::move(reason)});
  }

  // Where the entry's files are, best first; empty if that is not for us to fetch.
  std::vector<std::string> bases(const RepositoryEntry& entry, const std::string& uri) {
    const std::string scheme = scheme_of(uri);
    if (contains(uri, "***@")) {
      refuse(entry, uri, "its password is not among the facts");
      return {};
    }
    if (is_network(scheme)) return {plain_uri(uri)};
    if ((is_file_scheme(scheme) || uri.starts_with(mirror_list)) && !target.is_here()) {
      refuse(entry, uri, "it is a file of a machine that is not here");
      return {};
    }
    if (is_file_scheme(scheme)) return {plain_uri(uri)};
    if (uri.starts_with(mirror_list)) return listed(entry, uri);
    refuse(entry, uri, fmt::format("nvprov does not speak {}", scheme));
    return {};
  }

  std::vector<std::string> listed(const RepositoryEntry& entry, const std::string& uri) {
    const auto text = target.machine().read_file(uri.substr(mirror_list.size()));
    std::vector<std::string> bases;
    for (const std::string& each : parse_mirror_list(text && *text ? **text : std::string()))
      if (is_network(scheme_of(each))) bases.push_back(plain_uri(each));
    if (bases.empty()) refuse(entry, uri, "its list names no mirror that nvprov can ask");
    return bases;
  }
};

AptRepository repository_of(const RepositoryEntry& entry, std::vector<std::string> bases, std::string suite) {
  const std::string* signed_by = option(entry, "signed-by", "signed-by");
  const std::optional<bool> trusted = bool_option(entry, "trusted");
  return {.bases = std::move(bases),
          .suite = std::move(suite),
          .wanted = {},
          .signed_by = signed_by == nullptr ? std::string() : *signed_by,
          .trusted = trusted == true,
          .never_trusted = trusted == false,
          .allow_insecure = bool_option(entry, "allow-insecure").value_or(false),
          .by_hash = bool_option(entry, "by-hash"),
          .check_valid_until = bool_option(entry, "check-valid-until"),
          .check_date = bool_option(entry, "check-date"),
          .max_valid_seconds = number_option(entry, "valid-until-max"),
          .min_valid_seconds = number_option(entry, "valid-until-min")};
}

void add_wanted(AptRepository& repository, const RepositoryEntry& entry, const std::vector<std::string>& names) {
  std::vector<std::string> components = entry.components;
  if (repository.is_flat()) components = {""};
  for (const std::string& component : components) {
    auto found = std::ranges::find(repository.wanted, component, &WantedIndexes::component);
    if (found == repository.wanted.end())
      found = repository.wanted.insert(found, WantedIndexes{component, {}, entry.file, entry.line});
    for (const std::string& name : names)
      if (std::ranges::find(found->architectures, name) == found->architectures.end())
        found->architectures.push_back(name);
  }
}

bool is_same_place(const AptRepository& left, const AptRepository& right) {
  return left.bases == right.bases && left.suite == right.suite;
}

// The option two entries of one place do not agree on, of those that say what is trusted and for how long; "" for none.
// What is not set is a value of its own, as for apt.
std::string_view disputed_option(const AptRepository& left, const AptRepository& right) {
  if (left.trusted != right.trusted || left.never_trusted != right.never_trusted) return "trusted";
  if (left.allow_insecure != right.allow_insecure) return "allow-insecure";
  if (left.check_valid_until != right.check_valid_until) return "check-valid-until";
  if (left.check_date != right.check_date) return "check-date";
  if (left.max_valid_seconds != right.max_valid_seconds) return "valid-until-max";
  return left.min_valid_seconds != right.min_valid_seconds ? "valid-until-min" : "";
}

// The same place asked for twice is fetched once.
Status add(std::vector<AptRepository>& all, AptRepository repository, const RepositoryEntry& entry,
           const std::vector<std::string>& names) {
  auto found = std::ranges::find_if(all, [&](const AptRepository& each) { return is_same_place(each, repository); });
  if (found != all.end() && found->signed_by != repository.signed_by)
    return fail(ErrorKind::failed,
                fmt::format("two entries name different keys for {} {}", repository.bases.front(), repository.suite),
                {fmt::format("the second is in {}, line {}; apt stops at it as well", entry.file, entry.line)},
                {"give both the same `signed-by`, or remove one"});
  const std::string_view disputed = found == all.end() ? "" : disputed_option(*found, repository);
  if (!disputed.empty())
    return fail(ErrorKind::failed,
                fmt::format("two entries have different values of `{}` for {} {}", disputed, repository.bases.front(),
                            repository.suite),
                {fmt::format("the second is in {}, line {}; apt stops at it as well", entry.file, entry.line)},
                {fmt::format("give both the same `{}`, or remove one", disputed)});
  if (found == all.end()) found = all.insert(found, std::move(repository));
  add_wanted(*found, entry, names);
  return {};
}

}  // namespace

std::string release_url(const AptRepository& repository, const std::string& base, const std::string& path) {
  if (!repository.is_flat()) return fmt::format("{}dists/{}/{}", base, repository.suite, path);
  const bool here = repository.suite == "/" || repository.suite == "./";
  return base + (here ? std::string() : repository.suite) + path;
}

std::string index_path(const AptRepository& repository, const std::string& component, const std::string& architecture) {
  if (repository.is_flat()) return "Packages";
  return fmt::format("{}/binary-{}/Packages", component, architecture);
}

Result<std::vector<AptRepository>> apt_repositories(const std::vector<RepositoryEntry>& entries,
                                                    const std::vector<std::string>& architectures,
                                                    const TargetFiles& target, Unfetchable& unfetchable) {
  std::vector<AptRepository> all;
  PlaceReader reader{target, unfetchable};
  const std::string own = architectures.empty() ? std::string() : architectures.front();
  for (const RepositoryEntry& entry : entries) {
    if (!entry.enabled || std::ranges::find(entry.types, "deb") == entry.types.end()) continue;
    for (const std::string& uri : entry.uris)
      for (const std::string& suite : entry.suites) {
        auto bases = reader.bases(entry, replace_all(uri, "$(ARCH)", own));
        if (bases.empty()) continue;
        AptRepository repository = repository_of(entry, std::move(bases), replace_all(suite, "$(ARCH)", own));
        if (const Status added = add(all, std::move(repository), entry, architectures_of(entry, architectures)); !added)
          return fail(added.error());
      }
  }
  return all;
}

std::vector<std::string> parse_mirror_list(std::string_view text) {
  struct Line {
    std::uint64_t priority = 0;
    std::string uri;
  };
  constexpr std::uint64_t last = ~std::uint64_t{0};
  std::vector<Line> lines;
  for (const std::string_view each : split_lines(text)) {
    const std::vector<std::string> words = split_words(each);
    if (words.empty() || words[0].starts_with('#')) continue;
    Line line{last, words[0]};
    for (const std::string& word : words)
      if (word.starts_with("priority:")) line.priority = parse_number(word.substr(9)).value_or(last);
    lines.push_back(std::move(line));
  }
  std::ranges::stable_sort(lines, {}, &Line::priority);
  std::vector<std::string> uris;
  for (Line& line : lines) uris.push_back(std::move(line.uri));
  return uris;
}

}  // namespace nvprov
