#include "closure/fetch_indexes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

#include "base/text.hpp"
#include "host/private_folder.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

constexpr int tries = 3;
constexpr std::chrono::seconds pause{2};
// apt 2.6 was seen to hang for ever when the disk filled up while it unpacked an index.
constexpr std::string_view time_limit = "900";
constexpr int timed_out = 124;  // timeout(1)

// What the target's own apt fetched earlier, as it stood at one moment.
struct Seed {
  std::string path;
  FileInfo info;

  bool operator==(const Seed&) const = default;
};

bool is_wanted(std::string_view name) { return name.ends_with("Release") || contains(name, "_Packages"); }

std::vector<Seed> seeds_of(const TargetFiles& target) {
  constexpr const char* folder = "/var/lib/apt/lists";
  const auto place = target.place(folder);
  if (!place) return {};
  std::vector<Seed> seeds;
  for (const std::string& name : target.list(folder)) {
    const std::string path = *place + "/" + name;
    const auto info = is_wanted(name) ? target.machine().link_info(path) : std::optional<FileInfo>();
    if (info && *info && (*info)->kind == FileInfo::Kind::file) seeds.push_back({path, **info});
  }
  return seeds;
}

std::vector<std::string> copy_argv(const std::vector<Seed>& seeds, const std::string& folder) {
  std::vector<std::string> argv = {"cp", "--preserve=timestamps", "--"};
  for (const Seed& seed : seeds) argv.push_back(seed.path);
  argv.push_back(folder);
  return argv;
}

Status remove_copies(Host& machine, const std::vector<Seed>& seeds, const std::string& folder) {
  for (const Seed& seed : seeds)
    if (const Status removed = machine.remove_file(folder + seed.path.substr(seed.path.rfind('/'))); !removed)
      return removed;
  return {};
}

// apt asks a mirror only for what is newer than its files, so the target's own indexes spare most of the download.
// They are copied: a link would be written through. Copies an update of the target disturbed are thrown away.
Status seed_lists(const TargetFiles& target, const AptFolder& folder) {
  Host& machine = target.machine();
  const auto there = machine.list_directory(folder.lists());
  if (!there) return fail(there.error());
  if (*there && std::ranges::any_of(**there, is_wanted)) return {};
  const std::vector<Seed> seeds = seeds_of(target);
  if (seeds.empty()) return {};
  const auto copied = machine.run({copy_argv(seeds, folder.lists()), {}}, {});
  if (copied && copied->exit_status == 0 && seeds_of(target) == seeds) return {};
  return remove_copies(machine, seeds, folder.lists());
}

Error error_of(const UpdateProblem& problem, const AptFolder& folder) {
  const auto error = [&](ErrorKind kind, std::string message, std::string hint) {
    return Error{.kind = kind,
                 .message = std::move(message),
                 .because = {problem.detail},
                 .hints = {std::move(hint)},
                 .context = {}};
  };
  switch (problem.failure) {
    case UpdateFailure::not_trusted:
      return error(ErrorKind::not_trusted, "the signature of a repository does not hold; nothing of it is used",
                   "look at the entry and its key before anything else; an older index is not used instead");
    case UpdateFailure::expired:
      return error(ErrorKind::not_trusted, "the index of a repository is outside its time of validity",
                   "compare this machine's clock with `date -u`, else the mirror is no longer updated");
    case UpdateFailure::mismatch:
      return error(ErrorKind::not_trusted,
                   fmt::format("an index differs from its signed checksum, also at try {}", tries),
                   "the mirror or a proxy on the way is being updated or broken; try again later");
    case UpdateFailure::unreachable:
      return error(ErrorKind::failed, "a repository cannot be reached",
                   "check the network, the proxy and the entry; without network use `--offline`");
    case UpdateFailure::no_space:
      return error(ErrorKind::failed, fmt::format("the disk that holds {} is full", folder.path),
                   "make room, or let XDG_CACHE_HOME name another disk");
    case UpdateFailure::locked:
      return error(ErrorKind::failed, fmt::format("another apt works in {}", folder.path), "wait until it has ended");
    case UpdateFailure::other:
      return error(ErrorKind::failed, "apt could not refresh its indexes", "see whether `apt-get update` says more");
  }
  return {};
}

Error timeout_error() {
  return Error{.kind = ErrorKind::failed,
               .message = fmt::format("apt did not finish fetching indexes within {} seconds", time_limit),
               .because = {},
               .hints = {"check the network and the free space of the disk"},
               .context = {}};
}

// One update; the problem if it failed.
Result<std::optional<UpdateProblem>> update_once(Host& machine, const AptFolder& folder) {
  std::vector<std::string> argv = {"timeout", "--foreground", "--kill-after=10", std::string(time_limit)};
  for (const std::string& word : update_argv()) argv.push_back(word);
  const auto output = run_apt(machine, folder, argv);
  if (!output) return fail(output.error());
  if (output->exit_status == timed_out) return fail(timeout_error());
  if (output->exit_status == 0) return std::nullopt;
  return classify_update_failure(output->out + output->err);
}

// A mirror in the middle of its own update shows for a moment what does not fit together.
Status update(Host& machine, const AptFolder& folder) {
  for (int i = 1;; ++i) {
    const auto problem = update_once(machine, folder);
    if (!problem) return fail(problem.error());
    if (!*problem) return {};
    if ((*problem)->failure != UpdateFailure::mismatch || i == tries) return fail(error_of(**problem, folder));
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace

Result<std::int64_t> fetched_time(const Host& machine, const AptFolder& folder) {
  return read_stamp(machine, folder.stamp());
}

Result<std::int64_t> fetch_indexes(const TargetFiles& target, const AptFolder& folder) {
  Host& machine = target.machine();
  const std::int64_t now = std::time(nullptr);
  const auto fetched = fetched_time(machine, folder);
  if (fetched && is_fresh(*fetched, now)) return *fetched;
  if (const Status removed = machine.remove_file(folder.stamp()); !removed) return fail(removed.error());
  if (const Status seeded = seed_lists(target, folder); !seeded) return fail(seeded.error());
  if (const Status updated = update(machine, folder); !updated) return fail(updated.error());
  if (const Status stamped = write_stamp(machine, folder.stamp(), now); !stamped) return fail(stamped.error());
  return now;
}

}  // namespace nvprov
