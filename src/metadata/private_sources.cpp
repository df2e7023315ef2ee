#include "metadata/private_sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/rooted_path.hpp"
#include "packages/apt.hpp"
#include "packages/vendor_repository.hpp"

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
  const auto is_it = [&](const auto& step) { return step.path == entry.file; };
  if (std::ranges::any_of(repositories.added, is_it)) return true;
  return std::ranges::any_of(repositories.removed,
                             [&](const RemoveRepository& removed) { return is_taken_out(entry, removed); });
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
    if (!word.starts_with('/') || word.starts_with(key_folder + "/")) {
      words.push_back(word);
      continue;
    }
    const KeyCopy copy{word, replace_all(word.substr(1), "/", "_")};
    words.push_back(key_folder + "/" + copy.name);
    if (std::ranges::find(keys, copy) == keys.end()) keys.push_back(copy);
  }
  return join(words, ",");
}

// A key the plan would add is not on the host yet: its copy is written from the plan. The name holds the content's
// digest, so that another key is another set of sources.
void use_planned_key(std::string& value, const std::vector<ImportKey>& keys, const std::string& key_folder,
                     std::vector<PlannedKey>& planned) {
  for (const ImportKey& key : keys) {
    if (value != key.path) continue;
    const PlannedKey copy{fmt::format("{}.gpg", sha256_hex(key.content).substr(0, 16)), key.content};
    value = key_folder + "/" + copy.name;
    if (std::ranges::find(planned, copy) == planned.end()) planned.push_back(copy);
    return;
  }
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
  PrivateSources sources{binary_entries(*all), {}, {}};
  for (RepositoryEntry& entry : sources.entries)
    for (RepositoryOption& option : entry.options)
      if (option.name == "signed-by")
        use_planned_key(option.value, repositories.keys, key_folder, sources.planned_keys);
  if (target_root == "/") return sources;
  for (RepositoryEntry& entry : sources.entries)
    if (const Status moved = move_inside(entry, target_root, key_folder, sources.keys); !moved)
      return fail(moved.error());
  return sources;
}

}  // namespace nvprov
