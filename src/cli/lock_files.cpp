#include "cli/lock_files.hpp"

#include <fmt/format.h>

#include "cli/caller_files.hpp"
#include "cli/target_facts.hpp"
#include "detect/detect.hpp"
#include "detect/owned_files.hpp"
#include "lock/make_lock.hpp"

namespace nvprov {

Outcome<Lockfile> read_lock_file(const HostView& machine, const std::string& path) {
  const auto text = machine.read_file(absolute_path(machine, path));
  if (!text) return give_up(text.error());
  if (!*text)
    return give_up(Error{.kind = ErrorKind::usage,
                         .message = fmt::format("there is no lock file `{}`", path),
                         .because = {},
                         .hints = {"`nvprov lock -o nvprov.lock` makes one"},
                         .context = {}});
  auto lock = lockfile_from_json(**text, path);
  if (!lock) return give_up(lock.error());
  return std::move(*lock);
}

Outcome<std::optional<Lockfile>> lock_left_on(const HostView& host) {
  const auto text = host.read_file(host_lock_path);
  if (!text) return give_up(text.error());
  if (!*text) return std::nullopt;
  auto lock = lockfile_from_json(**text, host_lock_path);
  if (!lock) return give_up(lock.error());
  return std::move(*lock);
}

HostFacts facts_for_lock(const HostView& host, Catalog& catalog, const std::string& today) {
  add_offers_for(catalog, host);
  return detect_host(host, catalog, {.date = today, .all_origins = false});
}

// A lock that cannot be read is replaced: it agrees to nothing.
Result<std::string> leave_lock(Host& host, const Plan& plan, Catalog catalog, const std::string& today) {
  constexpr std::uint32_t lock_mode = 0644;
  const HostFacts facts = facts_for_lock(host, catalog, today);
  const auto earlier = lock_left_on(host);
  std::optional<Lockfile> kept = earlier ? *earlier : std::nullopt;
  if (kept) kept = without_missing_files(*kept, look_at_files(host, facts.architecture, kept->files));
  const auto lock = make_lock(plan, facts, kept);
  if (!lock) return fail(lock.error());
  if (const Status written = host.write_file(host_lock_path, format_json(lockfile_to_json(*lock)), lock_mode); !written)
    return fail(written.error());
  return std::string(host_lock_path);
}

}  // namespace nvprov
