#include <fmt/format.h>

#include <algorithm>

#include "apply/apply.hpp"
#include "apply/executor.hpp"
#include "apply/journal.hpp"
#include "apply/perform.hpp"
#include "apply/rehearsal.hpp"
#include "apply/saved_files.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

// What Host::write_file leaves beside the file it was to replace when it is cut off.
std::string leftover_of(const std::string& path) {
  const std::size_t name = path.rfind('/') + 1;
  return fmt::format("{}.{}.nvprov-new", path.substr(0, name), path.substr(name));
}

// dpkg's own choice for configuration files a user has changed: keep them, ask nothing.
const std::vector<std::string> configure_argv = {"dpkg", "--force-confdef", "--force-confold", "--configure", "-a"};
const std::vector<std::string> audit_argv = {"dpkg", "--audit"};

// The transaction that was begun, if it still does only what was agreed to.
Status resume_transaction(Host& host, Journal& journal, JournalStep& step, const PackageManagerRun& run) {
  const auto& transaction = std::get<InstallPackages>(step.step);
  const auto changes = simulate(host, transaction, run.options, journal.closure.packages);
  if (!changes) return fail(changes.error());
  if (auto lines = not_agreed_to(journal.closure.packages, *changes); !lines.empty())
    return fail(not_as_planned(std::move(lines)));
  if (const auto done = perform(transaction, host, run); !done) return fail(done.error().error);
  return {};
}

// True when every package is either whole or not there.
Result<bool> configure_packages(Host& host, const PackageManagerRun& run, LoggedOutput& output) {
  if (const auto waited = wait_for_package_locks(run, host); !waited) return fail(waited.error());
  auto configured = run_logged(host, configure_argv, run);
  if (!configured) return fail(configured.error());
  output = std::move(*configured);
  const auto audit = host.query(Command{.argv = audit_argv, .environment = {}});
  if (!audit) return fail(audit.error());
  return output.exit_status == 0 && audit->exit_status == 0 && audit->out.empty();
}

JournalStep* begun_transaction(Journal& journal) {
  for (JournalStep& step : journal.steps)
    if (std::holds_alternative<InstallPackages>(step.step) &&
        (step.state == StepState::started || step.state == StepState::failed))
      return &step;
  return nullptr;
}

Status finish_packages(Host& host, Journal& journal, const PackageManagerRun& run) {
  if (const auto made = host.make_directory(log_folder, 0755); !made) return made;
  JournalStep* step = begun_transaction(journal);
  if (step == nullptr) return {};
  LoggedOutput output;
  // rpm leaves nothing to be configured: what is missing shows when the transaction is asked for again.
  if (dnf_generation(run.options.manager)) {
    if (const auto resumed = resume_transaction(host, journal, *step, run); !resumed) return resumed;
    step->state = StepState::done;
    return {};
  }
  const auto whole = configure_packages(host, run, output);
  if (!whole) return fail(whole.error());
  if (!*whole)
    if (const auto resumed = resume_transaction(host, journal, *step, run); !resumed) {
      // Where dpkg itself was content, what is left is for the new plan to say.
      if (output.exit_status == 0 && resumed.error().kind == ErrorKind::changed) return {};
      Error error = failed_program("packages left half-installed by an earlier run could not be finished", output, run);
      error.because.push_back(resumed.error().message);
      error.because.insert(error.because.end(), resumed.error().because.begin(), resumed.error().because.end());
      return fail(std::move(error));
    }
  step->state = StepState::done;
  return {};
}

Status undo_files(Host& host, Journal& journal) {
  auto problems = put_files_back(host, journal);
  if (problems.empty()) return {};
  return fail(ErrorKind::failed, "files of an earlier run could not be put back", std::move(problems));
}

Status remove_leftovers(Host& host, const Journal& journal) {
  std::vector<std::string> paths = {journal_path(journal.id)};
  for (const JournalStep& step : journal.steps)
    if (const auto file = file_of(step.step)) paths.push_back(file->path);
  for (const std::string& path : paths) {
    const auto info = host.link_info(leftover_of(path));
    if (!info) return fail(info.error());
    if (!*info) continue;
    if (const auto removed = host.remove_file(leftover_of(path)); !removed) return removed;
  }
  return {};
}

bool has_new_files(const Journal& journal, const std::string& engine) {
  return std::ranges::any_of(journal.steps, [&](const JournalStep& step) {
    const auto* file = std::get_if<ConfigureContainerEngine>(&step.step);
    return file != nullptr && file->engine == engine && step.state != StepState::pending &&
           step.state != StepState::undone;
  });
}

// A new plan finds the files as they should be and would tell no service of them.
Status tell_services(Host& host, Journal& journal, const PackageManagerRun& run) {
  for (JournalStep& step : journal.steps) {
    const auto* service = std::get_if<ManageService>(&step.step);
    if (service == nullptr || step.state == StepState::done || !has_new_files(journal, service->engine)) continue;
    const auto told = perform(*service, host, run);
    step.state = told ? StepState::done : StepState::failed;
    if (told) continue;
    Error error = told.error().error;
    put_engine_back(host, journal, run, error);
    // Nothing is left to finish: the next run plans anew.
    journal.state = JournalState::failed;
    if (const auto saved = save_journal(host, journal); !saved) error.because.push_back(saved.error().message);
    return fail(std::move(error));
  }
  return {};
}

Status finish(Host& host, Journal& journal, const PackageManagerRun& run) {
  JournalState end = JournalState::superseded;
  if (is_in_transaction(journal)) {
    if (const auto finished = finish_packages(host, journal, run); !finished) return finished;
  } else if (should_put_files_back(journal)) {
    if (const auto undone = undo_files(host, journal); !undone) return undone;
    end = JournalState::undone;
  }
  if (const auto removed = remove_leftovers(host, journal); !removed) return removed;
  if (const auto told = tell_services(host, journal, run); !told) return told;
  journal.state = end;
  return save_journal(host, journal);
}

}  // namespace

Status finish_interrupted(Host& host, const Journal& journal, const ApplyOptions& options, const ApplyEvents& events) {
  const auto lock = take_own_lock(host);
  if (!lock) return fail(lock.error());
  // Read again under the lock: the run may have been at work still, and have ended since.
  auto current = read_journal(host, journal.id);
  if (!current) return fail(current.error());
  if (!needs_finishing(*current)) return {};
  if (events.note) events.note(fmt::format("finishing an earlier run that was interrupted ({})", current->id));
  const PackageManagerRun run{.options = options, .events = events, .log = current->log};
  if (const auto finished = finish(host, *current, run); !finished)
    return fail(finished.error().in("finishing an earlier run that was interrupted"));
  return {};
}

}  // namespace nvprov
