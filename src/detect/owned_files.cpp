#include "detect/owned_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "detect/driver_files.hpp"
#include "detect/look.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

// Where nvprov writes files of its own, and what they are there; their names hold its own name.
struct OwnFolder {
  const char* folder;
  LockedFileKind kind;
};
constexpr std::array<OwnFolder, 7> own_folders = {{
    {"/etc/apt/keyrings", LockedFileKind::key},
    {"/etc/pki/rpm-gpg", LockedFileKind::key},
    {"/etc/apt/sources.list.d", LockedFileKind::repository},
    {"/etc/yum.repos.d", LockedFileKind::repository},
    {"/etc/apt/preferences.d", LockedFileKind::hold},
    {"/etc/apt/apt.conf.d", LockedFileKind::file},
    {"/etc/nvprov", LockedFileKind::file},
}};

bool is_own_name(const OwnFolder& where, const std::string& name) {
  if (name.starts_with('.') || name.ends_with(".nvprov-saved")) return false;
  if (std::string_view(where.folder) == "/etc/nvprov") return name.starts_with("ca-") && name.ends_with(".pem");
  return contains(name, "nvprov");
}

std::vector<std::string> sorted_fingerprints(std::string_view content) {
  std::vector<std::string> fingerprints;
  if (const auto keys = read_public_keys(content))
    for (const PublicKey& key : *keys) fingerprints.push_back(key.fingerprint);
  std::ranges::sort(fingerprints);
  return fingerprints;
}

SeenFile seen(const std::string& path, LockedFileKind kind, const FileInfo& info) {
  return {
      .path = path, .kind = kind, .mode = info.mode, .owner = info.owner, .digest = {}, .fingerprints = {}, .keys = {}};
}

// What is nvprov's in a file: of one that others own too its own part.
std::string part_of_ours(const LockedFile& file, const std::string& content) {
  switch (file.kind) {
    case LockedFileKind::hold_lines: return our_versionlock(content);
    case LockedFileKind::engine_keys: return values_at(file.path, content, file.keys);
    case LockedFileKind::key:
    case LockedFileKind::repository:
    case LockedFileKind::hold:
    case LockedFileKind::file: return content;
  }
  return content;
}

bool is_shared(LockedFileKind kind) {
  return kind == LockedFileKind::hold_lines || kind == LockedFileKind::engine_keys;
}

// A file others own too in which nothing is ours any more counts as not there.
void look_at_file(const HostView& host, const LockedFile& wanted, FileFacts& facts) {
  const std::string& path = wanted.path;
  if (std::ranges::find(facts.owned, path, &SeenFile::path) != facts.owned.end()) return;
  const auto info = look_at(host, path, path, facts.diagnostics);
  if (!info) return;
  SeenFile file = seen(path, wanted.kind, *info);
  file.keys = wanted.keys;
  if (info->kind == FileInfo::Kind::file) {
    const auto content = read_text(host, path, path, facts.diagnostics);
    const std::string ours = content ? part_of_ours(wanted, *content) : std::string{};
    if (content && is_shared(wanted.kind) && ours.empty()) return;
    if (content) file.digest = lock_digest(ours);
    if (content && wanted.kind == LockedFileKind::key) file.fingerprints = sorted_fingerprints(*content);
  }
  facts.owned.push_back(std::move(file));
}

LockedFile own_file(const std::string& path, LockedFileKind kind) {
  return {.kind = kind, .path = path, .mode = 0644, .digest = {}, .fingerprints = {}, .keys = {}};
}

void look_at_own_folder(const HostView& host, const OwnFolder& where, FileFacts& facts) {
  for (const std::string& name : list_names(host, where.folder, where.folder, facts.diagnostics)) {
    if (!is_own_name(where, name)) continue;
    const std::string path = fmt::format("{}/{}", where.folder, name);
    look_at_file(host, own_file(path, is_hold_file(path) ? LockedFileKind::hold : where.kind), facts);
  }
}

void look_at_record(const HostView& host, const std::string& path, FileFacts& facts) {
  if (const auto info = look_at(host, path, path, facts.diagnostics))
    facts.owned.push_back(seen(path, LockedFileKind::file, *info));
}

}  // namespace

FileFacts look_at_files(const HostView& host, const std::string& architecture, const std::vector<LockedFile>& locked) {
  FileFacts facts;
  for (const LockedFile& file : locked) look_at_file(host, file, facts);
  for (const OwnFolder& where : own_folders) look_at_own_folder(host, where, facts);
  for (const DnfGeneration generation : {DnfGeneration::dnf4, DnfGeneration::dnf5})
    look_at_file(host, own_file(versionlock_path(generation), LockedFileKind::hold_lines), facts);
  for (const char* folder : record_folders) look_at_record(host, folder, facts);
  look_at_record(host, host_lock_path, facts);
  std::ranges::sort(facts.owned, {}, &SeenFile::path);
  find_driver_files(host, architecture, facts);
  return facts;
}

bool may_be_asked_for(std::string_view path, const std::vector<LockedFile>& locked) {
  constexpr std::array<std::string_view, 8> folders = {"/etc/",
                                                       "/run/",
                                                       "/var/lib/apt/",
                                                       "/var/lib/dpkg/",
                                                       "/var/lib/rpm/",
                                                       "/var/lib/nvprov/",
                                                       "/usr/share/keyrings/",
                                                       "/usr/lib/sysimage/rpm/"};
  if (std::ranges::any_of(locked, [&](const LockedFile& file) { return file.path == path; })) return true;
  if (path.starts_with("/usr/local/cuda")) return path.ends_with("/version.json") || path.ends_with("/version.txt");
  return path == "/usr/lib/os-release" ||
         std::ranges::any_of(folders, [&](std::string_view folder) { return path.starts_with(folder); });
}

}  // namespace nvprov
