#include "host/private_folder.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::int64_t fresh_seconds = 600;

Status check_owner(const Host& machine, const std::string& folder) {
  const auto info = machine.file_info(folder);
  const auto user = machine.effective_user();
  if (!info) return fail(info.error());
  // Programs of a folder that holds a host's disk are run by root alone.
  const std::uint32_t caller = machine.is_live() && user ? *user : 0;
  if (machine.is_live() && !user) return fail(user.error());
  const bool ours = *info && ((*info)->owner == caller || (*info)->owner == 0) && ((*info)->mode & 022) == 0;
  if (ours) return {};
  return fail(ErrorKind::not_trusted, fmt::format("the cache folder {} can be written by other users", folder), {},
              {fmt::format("give it to one user: `chmod go-w {}`", folder)});
}

}  // namespace

Status make_cache_folder(Host& machine, const std::string& folder) {
  if (const Status made = machine.make_directory(folder, 0755); !made) return made;
  return check_owner(machine, folder);
}

Status write_if_changed(Host& machine, const std::string& path, std::string_view content, std::uint32_t mode) {
  const auto there = machine.read_file(path);
  const auto info = machine.file_info(path);
  if (there && *there == content && info && *info && (*info)->mode == mode) return {};
  return machine.write_file(path, content, mode);
}

Result<std::unique_ptr<HostLock>> wait_for_lock(Host& machine, const std::string& path) {
  constexpr int lock_tries = 1200;
  constexpr std::chrono::milliseconds lock_pause{250};
  for (int i = 1;; ++i) {
    auto lock = machine.lock(path);
    if (lock || i == lock_tries) return lock;
    std::this_thread::sleep_for(lock_pause);
  }
}

Result<std::int64_t> read_stamp(const Host& machine, const std::string& path) {
  const auto text = machine.read_file(path);
  if (!text) return fail(text.error());
  const auto seconds = *text ? parse_number(trim(**text)) : std::nullopt;
  if (!seconds) return fail("no index of these repositories was fetched yet");
  return static_cast<std::int64_t>(*seconds);
}

Status write_stamp(Host& machine, const std::string& path, std::int64_t seconds) {
  return machine.write_file(path, fmt::format("{}\n", seconds), 0644);
}

bool is_fresh(std::int64_t fetched, std::int64_t now) { return fetched <= now && now - fetched < fresh_seconds; }

}  // namespace nvprov
