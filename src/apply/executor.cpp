#include "apply/executor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "apply/journal.hpp"
#include "apply/perform.hpp"
#include "apply/rehearsal.hpp"
#include "apply/saved_files.hpp"
#include "base/append.hpp"
#include "base/text.hpp"
#include "model/words.hpp"

namespace nvprov {
namespace {

// Packages marked as drawn in by others, by apt's own list.
Result<std::set<std::string>> automatic_packages(const HostView& host) {
  const auto text = host.read_file("/var/lib/apt/extended_states");
  if (!text) return fail(text.error());
  std::set<std::string> names;
  if (!*text) return names;
  std::string name;
  for (const std::string_view line : split_lines(**text)) {
    if (line.starts_with("Package: ")) name = trim(line.substr(line.find(' ')));
    if (line == "Auto-Installed: 1") names.insert(name);
  }
  return names;
}

Result<std::vector<PackagePreState>> pre_states(const HostView& host, const std::vector<PackageChange>& changes) {
  const auto automatic = automatic_packages(host);
  if (!automatic) return fail(automatic.error());
  std::vector<PackagePreState> states;
  for (const PackageChange& change : changes)
    states.push_back({.name = change.name,
                      .version = change.old_version,
                      .automatic = change.old_version.has_value() && automatic->contains(change.name)});
  return states;
}

// Gathers what a step is about to touch, as it is now.
Status remember_state(const HostView& host, Journal& journal, std::size_t index, const PackageManagerRun& run) {
  JournalStep& step = journal.steps[index];
  for (const std::string& path : files_of(step.step)) {
    auto image = take_pre_image(host, path);
    if (!image) return fail(image.error());
    step.pre_images.push_back(std::move(*image));
  }
  if (std::holds_alternative<InstallPackages>(step.step)) {
    const auto changes = rehearse(host, journal, index, run.options);
    if (!changes) return fail(changes.error());
    auto states = pre_states(host, *changes);
    if (!states) return fail(states.error());
    step.pre_packages = std::move(*states);
  }
  return {};
}

Status begin_step(Host& host, Journal& journal, std::size_t index, const PackageManagerRun& run) {
  if (const auto remembered = remember_state(host, journal, index, run); !remembered) return remembered;
  journal.steps[index].state = StepState::started;
  const auto saved = save_journal(host, journal);
  if (!saved) journal.steps[index].state = StepState::pending;
  return saved;
}

Result<bool> do_step(Host& host, Journal& journal, std::size_t index, const PackageManagerRun& run) {
  JournalStep& step = journal.steps[index];
  if (run.events.step_started) run.events.step_started(step.step, index, journal.steps.size());
  if (const auto begun = begin_step(host, journal, index, run); !begun) {
    step.error = begun.error().message;
    return fail(begun.error());
  }
  const PackageManagerRun agreed{
      .options = run.options, .events = run.events, .log = run.log, .closure = &journal.closure.packages};
  const StepResult result = perform_step(step.step, host, agreed);
  if (!result) {
    // Nothing of a transaction that never reached dpkg is left to finish.
    const bool is_transaction = std::holds_alternative<InstallPackages>(step.step);
    step.state = is_transaction && !result.error().midway ? StepState::undone : StepState::failed;
    step.error = result.error().error.message;
    return fail(result.error().error);
  }
  step.state = StepState::done;
  if (const auto saved = save_journal(host, journal); !saved) return fail(saved.error());
  return *result;
}

bool is_installed(const JournalStep& step) {
  return std::holds_alternative<InstallPackages>(step.step) && step.state == StepState::done;
}

const ManageService* failed_service(const Journal& journal) {
  for (const JournalStep& step : journal.steps)
    if (const auto* service = std::get_if<ManageService>(&step.step);
        service != nullptr && step.state == StepState::failed && !service->engine.empty())
      return service;
  return nullptr;
}

}  // namespace

// It runs on with what it had, or comes up again with it.
void put_engine_back(Host& host, Journal& journal, const PackageManagerRun& run, Error& error) {
  const ManageService* service = failed_service(journal);
  if (service == nullptr) return;
  const auto problems = put_engine_files_back(host, journal, service->engine);
  append(error.because, problems);
  if (problems.empty())
    error.because.push_back(fmt::format("the files of {} are as they were before", service->engine));
  const auto again = run_logged(host, {"systemctl", std::string(to_word(service->action)), service->unit}, run);
  if (!again || again->exit_status != 0)
    error.because.push_back(fmt::format("{} does not take its former settings either", service->unit));
}

Result<bool> do_steps(Host& host, Journal& journal, const PackageManagerRun& run) {
  bool changed = false;
  for (std::size_t index = 0; index < journal.steps.size(); ++index) {
    const auto done = do_step(host, journal, index, run);
    if (!done) return done;
    changed = changed || *done;
  }
  return changed;
}

Error settle(Host& host, Journal& journal, const PackageManagerRun& run, Error error) {
  const bool installed = std::ranges::any_of(journal.steps, is_installed);
  journal.state = JournalState::failed;
  put_engine_back(host, journal, run, error);
  if (should_put_files_back(journal)) {
    const auto problems = put_files_back(host, journal);
    // Left open, the next run tries again.
    journal.state = !problems.empty() ? JournalState::open : installed ? JournalState::failed : JournalState::undone;
    error.because.insert(error.because.end(), problems.begin(), problems.end());
    if (problems.empty())
      error.because.emplace_back(installed ? "every file was put back as it was; prerequisites stay installed"
                                           : "nothing was installed, and every file is as it was");
  }
  if (const auto saved = save_journal(host, journal); !saved) error.because.push_back(saved.error().message);
  return error;
}

}  // namespace nvprov
