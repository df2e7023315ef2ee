#include <fmt/format.h>

#include <array>
#include <optional>

#include "apply/package_manager.hpp"

namespace nvprov {
namespace {

// dpkg's two, then apt's own of its indexes and its downloads: for the last two apt itself never waits.
constexpr std::array<const char*, 4> lock_files = {"/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock",
                                                   "/var/lib/apt/lists/lock", "/var/cache/apt/archives/lock"};

struct HeldLock {
  std::string path;
  std::string holder;
};

Result<std::optional<HeldLock>> find_held_lock(Host& host) {
  for (const char* path : lock_files) {
    auto holder = host.lock_holder(path);
    if (!holder) return fail(holder.error());
    if (*holder) return HeldLock{.path = path, .holder = **holder};
  }
  return std::nullopt;
}

}  // namespace

Status wait_for_package_locks(const PackageManagerRun& run, Host& host) {
  const int timeout = run.options.lock_timeout;
  std::string told;
  for (int waited = 0;; ++waited) {
    if (run.options.interrupted && run.options.interrupted()) return fail("interrupted");
    const auto held = find_held_lock(host);
    if (!held) return fail(held.error().in("looking for locks of the package manager"));
    if (!*held) return {};
    const auto& [path, holder] = **held;
    if (waited >= timeout)
      return fail(ErrorKind::failed, fmt::format("{} is held by {}, after waiting {} seconds", path, holder, waited),
                  {}, {"let it end, or wait longer with `--lock-timeout SECONDS`"});
    if (holder != told && run.events.waiting_for_lock) run.events.waiting_for_lock(holder);
    told = holder;
    pause_a_second(run.options);
  }
}

}  // namespace nvprov
