#include "closure/private_sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "host/rooted_path.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

Result<std::vector<RepositoryEntry>> entries_of(const AddRepository& file) {
  Diagnostics problems;
  auto entries = file.path.ends_with(".sources") ? parse_deb822_sources(file.content, file.path, problems)
                                                 : parse_one_line_sources(file.content, file.path, problems);
  if (problems.empty()) return entries;
  return fail(
      fmt::format("{} would not be understood by apt: {}: {}", file.path, problems[0].place, problems[0].message));
}

bool is_replaced(const RepositoryEntry& entry, const ConsultedRepositories& repositories) {
  return std::ranges::any_of(repositories.added, [&](const AddRepository& file) { return file.path == entry.file; });
}

Result<std::vector<RepositoryEntry>> all_entries(const ConsultedRepositories& repositories) {
  std::vector<RepositoryEntry> entries;
  for (const RepositoryEntry& entry : repositories.entries)
    if (!is_replaced(entry, repositories)) entries.push_back(entry);
  for (const AddRepository& file : repositories.added) {
    auto added = entries_of(file);
    if (!added) return fail(added.error());
    entries.insert(entries.end(), added->begin(), added->end());
  }
  return entries;
}

// Sources of packages are never needed here.
std::vector<RepositoryEntry> binary_entries(const std::vector<RepositoryEntry>& entries) {
  std::vector<RepositoryEntry> binary;
  for (RepositoryEntry entry : entries) {
    const bool has_binaries = std::ranges::find(entry.types, "deb") != entry.types.end();
    if (!entry.enabled || !has_binaries) continue;
    entry.types = {"deb"};
    binary.push_back(std::move(entry));
  }
  return binary;
}

// "file:/srv/packages" and "mirror+file:///etc/apt/mirrors/list" name files of the target.
Result<std::string> uri_inside(const std::string& root, const std::string& uri) {
  for (const std::string_view scheme : {"file:", "copy:", "mirror+file:"}) {
    if (!uri.starts_with(scheme)) continue;
    std::string_view path = std::string_view(uri).substr(scheme.size());
    while (path.starts_with("//")) path.remove_prefix(1);
    const auto real = rooted_path(root, path, true);
    if (!real) return fail(real.error());
    return std::string(scheme) + *real + (path.ends_with('/') ? "/" : "");
  }
  return uri;
}

// A value of Signed-By is a list of files and fingerprints, or one whole key block.
std::string copied_keys(const std::string& value, const std::string& key_folder, std::vector<KeyCopy>& keys) {
  if (contains(value, "-----BEGIN")) return value;
  std::vector<std::string> words;
  for (const std::string& word : split_words(replace_all(value, ",", " "))) {
    if (!word.starts_with('/')) {
      words.push_back(word);
      continue;
    }
    const KeyCopy copy{word, replace_all(word.substr(1), "/", "_")};
    words.push_back(key_folder + "/" + copy.name);
    if (std::ranges::find(keys, copy) == keys.end()) keys.push_back(copy);
  }
  return join(words, ",");
}

Status move_inside(RepositoryEntry& entry, const std::string& root, const std::string& key_folder,
                   std::vector<KeyCopy>& keys) {
  for (std::string& uri : entry.uris) {
    const auto inside = uri_inside(root, uri);
    if (!inside) return fail(inside.error());
    uri = *inside;
  }
  for (RepositoryOption& option : entry.options)
    if (option.name == "signed-by") option.value = copied_keys(option.value, key_folder, keys);
  return {};
}

}  // namespace

Result<PrivateSources> private_sources(const ConsultedRepositories& repositories, const std::string& target_root,
                                       const std::string& key_folder) {
  const auto all = all_entries(repositories);
  if (!all) return fail(all.error());
  PrivateSources sources{binary_entries(*all), {}};
  if (target_root == "/") return sources;
  for (RepositoryEntry& entry : sources.entries)
    if (const Status moved = move_inside(entry, target_root, key_folder, sources.keys); !moved)
      return fail(moved.error());
  return sources;
}

}  // namespace nvprov
