#include "detect/origins.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "detect/look.hpp"
#include "detect/stanzas.hpp"

namespace nvprov {
namespace {

constexpr std::string_view origin_fact = "installed.origin";
constexpr const char* indexes_folder = "/var/lib/apt/lists/";

std::string pair_of(std::string_view name, std::string_view version) { return fmt::format("{} {}", name, version); }

std::string without_suffix(std::string_view text, std::string_view suffix) {
  text.remove_suffix(suffix.size());
  return std::string(text);
}

std::vector<std::string> release_stems(const std::vector<std::string>& names) {
  std::vector<std::string> stems;
  for (const std::string& name : names)
    for (const std::string_view suffix : {"_InRelease", "_Release"})
      if (name.ends_with(suffix)) stems.push_back(without_suffix(name, suffix));
  return stems;
}

// The longest, as one suite's name may begin another's.
std::string release_of(std::string_view index, const std::vector<std::string>& stems) {
  std::string best;
  for (const std::string& stem : stems)
    if (index.starts_with(stem + "_") && stem.size() > best.size()) best = stem;
  return best;
}

// Small indexes first: the driver's components are small, "main" has tens of megabytes and is seldom needed.
void sort_by_size(const HostView& host, std::vector<PackageIndex>& indexes, Diagnostics& diagnostics) {
  std::vector<std::pair<std::uint64_t, PackageIndex>> sized;
  for (PackageIndex& index : indexes) {
    const auto info = look_at(host, indexes_folder + index.file, origin_fact, diagnostics);
    sized.emplace_back(info ? info->size : 0, std::move(index));
  }
  std::ranges::stable_sort(sized, {}, &std::pair<std::uint64_t, PackageIndex>::first);
  indexes.clear();
  for (auto& [size, index] : sized) indexes.push_back(std::move(index));
}

std::string read_origin(const HostView& host, const std::string& release, Diagnostics& diagnostics) {
  for (const char* suffix : {"_InRelease", "_Release"})
    if (const auto text = read_text(host, indexes_folder + release + suffix, origin_fact, diagnostics))
      return parse_release_origin(*text);
  return "";
}

struct Finding {
  std::string origin;
  std::string site;
};

void give_origin(const Finding& finding, const std::unordered_set<std::string>& offered,
                 std::vector<InstalledPackage>& packages) {
  for (InstalledPackage& package : packages) {
    if (package.site || !offered.contains(pair_of(package.name, package.version))) continue;
    package.site = finding.site;
    if (!finding.origin.empty()) package.origin = finding.origin;
  }
}

}  // namespace

std::vector<PackageIndex> package_indexes(const std::vector<std::string>& names, Diagnostics& problems) {
  const std::vector<std::string> stems = release_stems(names);
  std::vector<PackageIndex> indexes;
  bool compressed = false;
  for (const std::string& name : names) {
    if (name.ends_with("_Packages")) indexes.push_back({.file = name, .release = release_of(name, stems)});
    compressed = compressed || contains(name, "_Packages.");
  }
  if (compressed) problems.push_back({"", "", "apt keeps its package indexes compressed on this host", ""});
  return indexes;
}

std::string parse_release_origin(std::string_view text) {
  std::string origin;
  const auto take = [&](std::string_view name, std::string_view value, int) {
    if (name == "Origin" && origin.empty()) origin = trim(value);
  };
  read_stanzas(text, take, [](int) {});
  return origin;
}

std::unordered_set<std::string> offered_pairs(std::string_view index, const std::unordered_set<std::string>& wanted) {
  std::unordered_set<std::string> offered;
  std::string_view package;
  const auto take = [&](std::string_view name, std::string_view value, int) {
    if (name == "Package") package = value;
    if (name != "Version") return;
    std::string pair = pair_of(package, value);
    if (wanted.contains(pair)) offered.insert(std::move(pair));
  };
  read_stanzas(index, take, [](int) {});
  return offered;
}

void detect_origins(const HostView& host, const std::unordered_set<std::string>& names,
                    std::vector<InstalledPackage>& packages, Diagnostics& diagnostics) {
  std::unordered_set<std::string> wanted;
  for (const InstalledPackage& package : packages)
    if (names.contains(package.name)) wanted.insert(pair_of(package.name, package.version));
  if (wanted.empty()) return;

  Diagnostics problems;
  std::vector<PackageIndex> indexes = package_indexes(list_names(host, indexes_folder, origin_fact, diagnostics), problems);
  sort_by_size(host, indexes, diagnostics);
  for (const PackageIndex& index : indexes) {
    if (wanted.empty()) return;
    const auto text = read_text(host, indexes_folder + index.file, origin_fact, diagnostics);
    const auto offered = offered_pairs(text.value_or(""), wanted);
    if (offered.empty()) continue;
    give_origin({.origin = read_origin(host, index.release, diagnostics), .site = index.release}, offered, packages);
    for (const std::string& pair : offered) wanted.erase(pair);
  }
  // Only now does it matter what could not be read.
  if (!wanted.empty())
    for (const Diagnostic& problem : problems) could_not(diagnostics, origin_fact, problem.message);
}

}  // namespace nvprov
