#include "support/memory_host.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace nvprov {

Status MemoryHost::change(const std::string& what) {
  changes.push_back(what);
  const bool fails = fail_at != 0 && (changes.size() == fail_at || (stays_broken && changes.size() > fail_at));
  if (fails) return fail(fmt::format("no space left on device ({})", what));
  return {};
}

bool MemoryHost::is_folder(const std::string& path) const {
  const auto inside = files.lower_bound(path + "/");
  return folders.contains(path) || (inside != files.end() && inside->first.starts_with(path + "/"));
}

Result<std::optional<std::string>> MemoryHost::read_file(const std::string& path) const {
  if (is_folder(path)) return fail(fmt::format("{} is a folder", path));
  const auto file = files.find(path);
  return file == files.end() ? std::nullopt : std::optional(file->second.content);
}

Result<std::optional<std::vector<std::string>>> MemoryHost::list_directory(const std::string& path) const {
  if (!is_folder(path)) return std::nullopt;
  std::set<std::string> names;
  const auto take = [&](const std::string& inside) {
    if (inside.starts_with(path + "/")) names.insert(split(inside.substr(path.size() + 1), '/').front());
  };
  for (const auto& [inside, file] : files) take(inside);
  for (const std::string& inside : folders) take(inside);
  return std::vector<std::string>(names.begin(), names.end());
}

Result<std::optional<FileInfo>> MemoryHost::link_info(const std::string& path) const {
  if (is_folder(path)) return FileInfo{.kind = FileInfo::Kind::directory, .mode = 0755};
  const auto found = files.find(path);
  if (found == files.end()) return std::nullopt;
  const MemoryFile& file = found->second;
  return FileInfo{.mode = file.mode,
                  .owner = file.owner,
                  .group = file.group,
                  .size = file.content.size(),
                  .modified = file.modified};
}

Status MemoryHost::write_file(const std::string& path, std::string_view content, std::uint32_t mode) {
  if (const auto changed = change("write " + path); !changed) return changed;
  files[path].content = content;
  files[path].mode = mode;
  return {};
}

Result<CommandOutput> MemoryHost::run_carried(std::string_view) {
  return answer({.argv = {"carried"}, .environment = {}}, {});
}

Status MemoryHost::remove_file(const std::string& path) {
  if (const auto changed = change("remove " + path); !changed) return changed;
  files.erase(path);
  return {};
}

Status MemoryHost::make_directory(const std::string& path, std::uint32_t) {
  if (const auto changed = change("folder " + path); !changed) return changed;
  folders.insert(path);
  return {};
}

Result<CommandOutput> MemoryHost::run(const Command& command, const RunOptions& options) {
  if (const auto changed = change("run " + join(command.argv, " ")); !changed) return fail(changed.error());
  return answer(command, options);
}

Result<std::unique_ptr<HostLock>> MemoryHost::lock(const std::string& path) {
  if (const auto changed = change("lock " + path); !changed) return fail(changed.error());
  const auto holder = own_locks.find(path);
  if (holder != own_locks.end()) return fail(fmt::format("{} is locked by {}", path, holder->second));
  return std::make_unique<HostLock>();
}

Result<std::optional<std::string>> MemoryHost::lock_holder(const std::string& path) {
  const auto holders = lock_holders.find(path);
  if (holders == lock_holders.end() || holders->second.empty()) return std::nullopt;
  auto holder = holders->second.front();
  if (holders->second.size() > 1) holders->second.erase(holders->second.begin());
  return holder;
}

}  // namespace nvprov
