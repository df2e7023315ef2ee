#include <fmt/format.h>

#include <optional>

#include "base/text.hpp"
#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/failure.hpp"
#include "cli/interrupt.hpp"
#include "cli/load_data.hpp"
#include "cli/lock_files.hpp"
#include "cli/planning.hpp"
#include "cli/saved_plan.hpp"
#include "detect/owned_files.hpp"
#include "export/lock_documents.hpp"
#include "host/posix_host.hpp"
#include "lock/lock_difference.hpp"
#include "lock/make_lock.hpp"
#include "report/lock_text.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t lock_file_mode = 0644;

struct LockRun {
  Host& machine;
  const HostView& target;
  const GlobalOptions& global;
  const LockCommand& options;
  const Clock& clock;
  Terminal& terminal;

  std::string today() const { return format_date(clock.seconds()); }
};

Outcome<Lockfile> lock_of_plan(const HostView& machine, const std::string& path) {
  const auto plan = read_saved_plan(machine, path);
  if (!plan) return tl::unexpected(plan.error());
  auto lock = make_lock(*plan, HostFacts{}, std::nullopt);
  if (!lock) return give_up(lock.error());
  return std::move(*lock);
}

// A plan or a lock: the file says which.
Outcome<Lockfile> lock_of_file(const LockRun& run, const std::string& path) {
  return is_saved_plan(run.machine, path) ? lock_of_plan(run.machine, path) : read_lock_file(run.machine, path);
}

Outcome<Lockfile> lock_of_target(const LockRun& run) {
  auto data = load_data(run.machine, run.global);
  if (!data) return tl::unexpected(data.error());
  const auto earlier = lock_left_on(run.target);
  if (!earlier) return tl::unexpected(earlier.error());
  const HostFacts facts = facts_for_lock(run.target, data->catalog, run.today());
  const FileFacts files =
      look_at_files(run.target, facts.architecture, *earlier ? (*earlier)->files : std::vector<LockedFile>{});
  auto lock = lock_host(facts, files, data->catalog, NVPROV_VERSION, *earlier);
  if (!lock) return give_up(lock.error());
  return std::move(*lock);
}

Outcome<Lockfile> lock_to_update(const LockRun& run) {
  if (run.options.file) return read_lock_file(run.machine, *run.options.file);
  auto left = lock_left_on(run.target);
  if (!left) return tl::unexpected(left.error());
  if (*left) return std::move(**left);
  return give_up(Error{.kind = ErrorKind::usage,
                       .message = "there is no lock to update",
                       .because = {fmt::format("apply leaves one in {}, and none is there", host_lock_path)},
                       .hints = {"`nvprov lock --update nvprov.lock`"},
                       .context = {}});
}

// What the request of the lock leads to today, whatever driver is there.
Outcome<Lockfile> updated(const LockRun& run, const Lockfile& lock) {
  PlanCommand asked = run.options.plan;
  const Request typed = asked.request;
  asked.request = lock.request;
  asked.request.target = lock.target;
  if (!typed.gpus.empty()) asked.request.gpus = typed.gpus;
  if (typed.kernel) asked.request.kernel = typed.kernel;
  asked.anew = true;
  const auto plan = plan_for(run.machine, run.global, asked, run.clock, run.terminal);
  if (!plan) return tl::unexpected(plan.error());
  auto data = load_data(run.machine, run.global);
  if (!data) return tl::unexpected(data.error());
  auto next = make_lock(*plan, facts_for_lock(run.target, data->catalog, run.today()), lock);
  if (!next) return give_up(next.error());
  return std::move(*next);
}

// Only the forms of others ask the catalog whose packages they are.
Outcome<std::string> document_of(const LockRun& run, const Lockfile& lock) {
  if (run.options.format == LockFormat::lock) return format_json(lockfile_to_json(lock));
  const auto data = load_data(run.machine, run.global);
  if (!data) return tl::unexpected(data.error());
  const PackageKind kind = kind_of_packages(find_distro(data->catalog, lock.distro));
  return format_json(run.options.format == LockFormat::spdx ? lock_to_spdx(lock, kind) : lock_to_cyclonedx(lock, kind));
}

Status write_output(const LockRun& run, const std::string& document) {
  const auto& output = run.options.plan.output;
  if (!output) return {};
  const std::string path = absolute_path(run.machine, *output);
  if (const Status written = run.machine.write_file(path, document, lock_file_mode); !written)
    return fail(written.error().in("writing the lock"));
  run.terminal.note(fmt::format("written to {}\n", *output));
  return {};
}

ExitCode update_lock(const LockRun& run) {
  const auto before = lock_to_update(run);
  if (!before) return print_failure(run.terminal, run.global, before.error());
  const auto after = updated(run, *before);
  if (!after) return print_failure(run.terminal, run.global, after.error());
  const auto differences = lock_differences(*before, *after);
  if (const Status written = write_output(run, format_json(lockfile_to_json(*after))); !written)
    return print_failure(run.terminal, run.global, Failure{written.error()});
  run.terminal.answer(run.global.json ? format_json(lock_update_to_json(differences, *after))
                                      : lock_update_text(differences));
  return ExitCode::done;
}

ExitCode write_lock(const LockRun& run) {
  const auto lock = run.options.file ? lock_of_file(run, *run.options.file) : lock_of_target(run);
  if (!lock) return print_failure(run.terminal, run.global, lock.error());
  const auto document = document_of(run, *lock);
  if (!document) return print_failure(run.terminal, run.global, document.error());
  if (const Status written = write_output(run, *document); !written)
    return print_failure(run.terminal, run.global, Failure{written.error()});
  if (run.global.json || !run.options.plan.output) run.terminal.answer(*document);
  return ExitCode::done;
}

}  // namespace

ExitCode run_lock(Host& machine, const GlobalOptions& global, const LockCommand& options, const Clock& clock,
                  Terminal& terminal) {
  const auto root_host = options.plan.target.root ? make_posix_host(*options.plan.target.root) : nullptr;
  const HostView& target = root_host ? *root_host : machine;
  const LockRun run{
      .machine = machine, .target = target, .global = global, .options = options, .clock = clock, .terminal = terminal};
  if (!options.update) return write_lock(run);
  // A disk's own dnf works in a folder of that disk, which has to go before nvprov does.
  std::optional<InterruptGuard> guard;
  if (options.plan.target.root) guard.emplace();
  const ExitCode code = update_lock(run);
  return guard && guard->was_interrupted() ? ExitCode::interrupted : code;
}

}  // namespace nvprov
