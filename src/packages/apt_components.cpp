#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "packages/apt.hpp"
#include "packages/source_options.hpp"

namespace nvprov {
namespace {

// The component every archive of this kind has; an entry without it (a vendor's "stable") is somebody else's archive
// that happens to use the same suite name.
constexpr std::string_view base_component = "main";

// One URI and suite of an entry the host has.
struct ArchiveMirror {
  const RepositoryEntry* entry = nullptr;
  std::string uri;
  std::string suite;
};

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::string own_path(const PackageSource& source, std::string_view extension) {
  return fmt::format("/etc/apt/sources.list.d/nvprov-{}.{}", source.id, extension);
}

bool is_own(const RepositoryEntry& entry, const PackageSource& source) {
  return entry.file == own_path(source, "sources") || entry.file == own_path(source, "list");
}

bool offers(const RepositoryEntry& entry, std::string_view uri, std::string_view suite) {
  const auto same = [&](const std::string& each) { return without_slash(each) == without_slash(uri); };
  return entry.enabled && has(entry.types, "deb") && has(entry.suites, suite) && std::ranges::any_of(entry.uris, same);
}

std::vector<std::string> expanded_suites(const Distro& distro, const PackageSource& source) {
  const Placeholder values[] = {{"codename", distro.codename}};
  std::vector<std::string> suites;
  for (const std::string& suite : source.suites)
    if (auto expanded = expand(suite, values)) suites.push_back(std::move(*expanded));
  return suites;
}

// "http://user:secret@mirror.example.org/debian/" as apt names its index files: "mirror.example.org_debian".
std::string index_stem(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  if (scheme != std::string_view::npos) uri.remove_prefix(scheme + 3);
  const std::size_t at = uri.substr(0, uri.find('/')).rfind('@');
  if (at != std::string_view::npos) uri.remove_prefix(at + 1);
  return replace_all(std::string(without_slash(uri)), "/", "_");
}

bool comes_from(const InstalledPackage& package, const std::string& stem) {
  return package.site && (*package.site == stem.substr(0, stem.find('_')) || *package.site == stem ||
                          package.site->starts_with(stem + "_"));
}

enum class Evidence { none, own, foreign };

// Whether installed packages show that this mirror holds the source's archive, or another one.
Evidence evidence_for(const std::string& uri, const PackageFacts& packages, const PackageSource& source) {
  const std::string stem = index_stem(uri);
  Evidence evidence = Evidence::none;
  for (const InstalledPackage& package : packages.packages) {
    if (!package.origin || !comes_from(package, stem)) continue;
    if (has(source.origins, *package.origin)) return Evidence::own;
    evidence = Evidence::foreign;
  }
  return evidence;
}

// A vendor may use the distribution's suite and component names for packages of its own. Where installed packages tell
// the mirrors of one suite apart, only the proven ones count; else all that nothing speaks against.
void keep_trustworthy(std::vector<ArchiveMirror>& mirrors, const PackageFacts& packages, const PackageSource& source) {
  std::vector<ArchiveMirror> own, open;
  for (const ArchiveMirror& mirror : mirrors) {
    const Evidence evidence = evidence_for(mirror.uri, packages, source);
    if (evidence == Evidence::own) own.push_back(mirror);
    if (evidence == Evidence::none) open.push_back(mirror);
  }
  mirrors = own.empty() ? open : own;
}

// The host's own places of one suite, each once.
std::vector<ArchiveMirror> mirrors_of_suite(const PackageFacts& packages, const PackageSource& source,
                                     const std::string& suite) {
  std::vector<ArchiveMirror> mirrors;
  const auto known = [&](const std::string& uri) {
    return std::ranges::any_of(mirrors,
                               [&](const ArchiveMirror& each) { return without_slash(each.uri) == without_slash(uri); });
  };
  for (const RepositoryEntry& entry : packages.repositories)
    for (const std::string& uri : entry.uris)
      if (!is_own(entry, source) && has(entry.components, base_component) && offers(entry, uri, suite) && !known(uri))
        mirrors.push_back({&entry, uri, suite});
  keep_trustworthy(mirrors, packages, source);
  return mirrors;
}

std::vector<ArchiveMirror> mirrors_of(const PackageFacts& packages, const Distro& distro, const PackageSource& source) {
  std::vector<ArchiveMirror> mirrors;
  for (const std::string& suite : expanded_suites(distro, source))
    for (ArchiveMirror& mirror : mirrors_of_suite(packages, source, suite)) mirrors.push_back(std::move(mirror));
  return mirrors;
}

bool enabled(const PackageFacts& packages, const ArchiveMirror& mirror, std::string_view component, auto&& counts) {
  return std::ranges::any_of(packages.repositories, [&](const RepositoryEntry& entry) {
    return counts(entry) && offers(entry, mirror.uri, mirror.suite) && has(entry.components, component);
  });
}

// What a mirror lacks when our own file is not counted: that file is always written whole.
std::vector<std::string> missing_components(const PackageFacts& packages, const PackageSource& source,
                                            const ArchiveMirror& mirror) {
  std::vector<std::string> missing;
  const auto foreign = [&](const RepositoryEntry& entry) { return !is_own(entry, source); };
  for (const std::string& component : source.components)
    if (!enabled(packages, mirror, component, foreign)) missing.push_back(component);
  return missing;
}

// Options that are apt's; names that start with "x-" are notes of other programs.
std::vector<RepositoryOption> apt_options(const RepositoryEntry& entry) {
  std::vector<RepositoryOption> options;
  for (const RepositoryOption& option : entry.options)
    if (!option.name.starts_with("x-")) options.push_back(option);
  return options;
}

// Suites of one entry that lack the same share a stanza.
void add_entry(std::vector<RepositoryEntry>& entries, const ArchiveMirror& mirror, std::vector<std::string> components) {
  RepositoryEntry entry;
  entry.format = mirror.entry->format;
  entry.types = {"deb"};
  entry.uris = {mirror.uri};
  entry.suites = {mirror.suite};
  entry.components = std::move(components);
  entry.options = apt_options(*mirror.entry);
  for (RepositoryEntry& other : entries) {
    const bool alike = other.format == entry.format && other.uris == entry.uris && other.options == entry.options &&
                       other.components == entry.components;
    if (alike) return other.suites.push_back(mirror.suite);
  }
  entries.push_back(std::move(entry));
}

bool already_written(const PackageFacts& packages, const PackageSource& source, const std::vector<ArchiveMirror>& mirrors) {
  const auto any = [](const RepositoryEntry&) { return true; };
  return std::ranges::all_of(mirrors, [&](const ArchiveMirror& mirror) {
    return std::ranges::all_of(source.components,
                               [&](const std::string& component) { return enabled(packages, mirror, component, any); });
  });
}

bool needs_deb822(const RepositoryEntry& entry) {
  return entry.format == "deb822" || std::ranges::any_of(entry.options, is_embedded_key);
}

// The file we wrote earlier keeps its format, so that there are never two of them.
bool use_deb822(const PackageFacts& packages, const PackageSource& source,
                const std::vector<RepositoryEntry>& entries) {
  for (const RepositoryEntry& entry : packages.repositories)
    if (is_own(entry, source)) return entry.format == "deb822";
  return std::ranges::any_of(entries, needs_deb822);
}

std::string purpose_of(const std::vector<RepositoryEntry>& entries, const PackageSource& source) {
  std::vector<std::string> words;
  for (const std::string& component : source.components)
    if (std::ranges::any_of(entries, [&](const auto& entry) { return has(entry.components, component); }))
      words.push_back(component);
  return fmt::format("{} of {}", join(words, " "), source.title);
}

// The components a source needs are the distribution's own archive's, also where the source is a vendor's: then the
// archive's marks tell the host's mirrors apart, and the file is the one the archive itself would get.
PackageSource in_own_archive(const Distro& distro, const PackageSource& source) {
  const auto archive =
      std::ranges::find_if(distro.package_sources, [](const PackageSource& each) { return each.repositories.empty(); });
  if (source.repositories.empty() || archive == distro.package_sources.end()) return source;
  PackageSource wanted = *archive;
  wanted.suites = source.suites;
  wanted.components = source.components;
  return wanted;
}

}  // namespace

std::optional<AddRepository> component_repository(const PackageFacts& packages, const Distro& distro,
                                                  const PackageSource& of_source) {
  const PackageSource source = in_own_archive(distro, of_source);
  const std::vector<ArchiveMirror> mirrors = mirrors_of(packages, distro, source);
  if (already_written(packages, source, mirrors)) return std::nullopt;
  std::vector<RepositoryEntry> entries;
  for (const ArchiveMirror& mirror : mirrors) {
    std::vector<std::string> missing = missing_components(packages, source, mirror);
    if (!missing.empty()) add_entry(entries, mirror, std::move(missing));
  }
  const bool deb822 = use_deb822(packages, source, entries);
  const std::string purpose = purpose_of(entries, source);
  const std::string head = fmt::format(
      "# Written by nvprov: {},\n# from the mirrors this host already uses. To take it back, delete this file.\n",
      purpose);
  return AddRepository{.path = own_path(source, deb822 ? "sources" : "list"),
                       .content = head + (deb822 ? render_deb822_sources(entries) : render_one_line_sources(entries)),
                       .purpose = purpose,
                       .third_party = false};
}

std::vector<std::string> enabled_suites(const PackageFacts& packages, const Distro& distro,
                                        const PackageSource& source) {
  std::vector<std::string> suites;
  for (const std::string& suite : expanded_suites(distro, source))
    if (!mirrors_of_suite(packages, source, suite).empty()) suites.push_back(suite);
  return suites;
}

}  // namespace nvprov
