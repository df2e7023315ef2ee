#include "apply/apply.hpp"

#include <fmt/format.h>

#include <utility>

#include "apply/journal.hpp"
#include "base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/config.hpp"
#include "cli/failure.hpp"
#include "cli/interrupt.hpp"
#include "cli/load_data.hpp"
#include "cli/lock_files.hpp"
#include "cli/plan_to_lock.hpp"
#include "cli/planning.hpp"
#include "cli/run_files.hpp"
#include "cli/saved_plan.hpp"
#include "host/posix_host.hpp"
#include "report/apply_text.hpp"
#include "report/plan_text.hpp"
#include "report/result_json.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

ApplyEvents events_for(Terminal& terminal, const GlobalOptions& global) {
  ApplyEvents events;
  const bool verbose = global.verbosity > 0;
  events.step_started = [&terminal](const Step& step, std::size_t index, std::size_t count) {
    terminal.note(fmt::format("[{}/{}] {}\n", index + 1, count, step_title(step)));
  };
  events.progress = [&terminal, last = std::string()](std::string_view phase, double percent,
                                                      std::string_view message) mutable {
    if (terminal.shows_progress()) return terminal.transient(progress_line(phase, percent, message, terminal.width()));
    const std::string quarter = fmt::format("{} {}", phase, static_cast<int>(percent) / 25);
    if (std::exchange(last, quarter) != quarter)
      terminal.note(fmt::format("      {}\n", plain_progress_line(phase, percent, message)));
  };
  events.waiting_for_lock = [&terminal](std::string_view holder) {
    terminal.note(fmt::format("waiting for the package manager's lock, held by {}\n", holder));
  };
  events.note = [&terminal, verbose](std::string_view text) {
    if (verbose) terminal.note(fmt::format("{}\n", text));
  };
  return events;
}

Status check_may_change(const HostView& machine) {
  const auto user = machine.effective_user();
  if (user && *user == 0) return {};
  return fail(ErrorKind::usage, "apply changes the system and needs root", {},
              {"`sudo nvprov apply`", "`nvprov plan` needs no root"});
}

// Nobody can be asked, so the agreement has to be on the command line.
Status check_can_ask(const Terminal& terminal, const ApplyCommand& options) {
  if (options.yes || terminal.is_interactive()) return {};
  return fail(ErrorKind::usage, "there is no terminal to ask on", {}, {"agree beforehand with `nvprov apply -y`"});
}

Error blocked(const std::vector<Conflict>& blockers) {
  Error error{.kind = ErrorKind::refused, .message = "nothing was changed", .because = {}, .hints = {}, .context = {}};
  for (const Conflict& blocker : blockers) error.because.push_back(sentence(blocker));
  return error;
}

Error differs(const std::vector<std::string>& found) {
  return {.kind = ErrorKind::changed,
          .message = "this host would now get another plan than the saved one",
          .because = found,
          .hints = {"look at it again with `nvprov plan -o FILE`, or plan and do it at once with `nvprov apply`"},
          .context = {}};
}

// The plan to do: made for this host now, and compared with the saved one where there is one.
Outcome<Plan> plan_to_do(Host& machine, const HostView& host, const GlobalOptions& global, const ApplyCommand& options,
                         const Agreement& agreement, const Clock& clock, Terminal& terminal) {
  if (agreement.lock) return plan_to_lock(machine, host, global, options.plan, agreement, clock, terminal);
  if (!options.saved_plan) return plan_for(machine, global, options.plan, clock, terminal);
  const auto saved = read_saved_plan(machine, *options.saved_plan);
  if (!saved) return saved;
  PlanCommand again = options.plan;
  again.request = saved->request;
  auto now = plan_for(machine, global, again, clock, terminal);
  if (!now) return now;
  if (const auto found = differences(*saved, *now); !found.empty()) return give_up(differs(found));
  return now;
}

// The package manager of the release a plan was made for.
std::string manager_of(const Catalog& catalog, const Resolution& resolution) {
  const Distro* distro = find_distro(catalog, resolution.distro);
  return distro != nullptr ? distro->package_manager : std::string("apt");
}

// An earlier run that did not end: dpkg is let finish, then this run plans what is left. Another wish than that run's
// is refused, so that nobody builds on a half-done host unknowingly.
Status finish_earlier(Host& host, const Catalog& catalog, ApplyOptions options, const ApplyEvents& events,
                      Terminal& terminal) {
  const auto journal = open_journal(host);
  if (!journal) return fail(journal.error());
  if (!*journal) return {};
  terminal.note(
      fmt::format("an earlier apply, begun {}, has not ended; seeing to that first\n", (*journal)->started_at));
  options.manager = manager_of(catalog, (*journal)->resolution);
  return finish_interrupted(host, **journal, options, events);
}

bool show_and_ask(const Plan& plan, const GlobalOptions& global, const ApplyCommand& options, Terminal& terminal) {
  if (!global.json) terminal.answer(plan_text(plan, text_options(terminal, global)));
  return options.yes || terminal.confirm("Do this? [y/N] ");
}

ExitCode finish(Host& host, const GlobalOptions& global, const ApplyCommand& options, const Plan& plan,
                const ApplyReport& report, Terminal& terminal) {
  if (global.json)
    terminal.answer(format_json(apply_report_to_json(report, plan)));
  else
    terminal.answer(apply_text(report, plan));
  if (!report.reboot_needed) return ExitCode::done;
  if (options.plan.consent.reboot && !options.plan.target.root) {
    const auto rebooted = host.run({.argv = {"systemctl", "reboot"}, .environment = {}}, {});
    if (!rebooted) return print_failure(terminal, global, Failure{rebooted.error().in("rebooting")});
  }
  return options.plan.detailed_exit_code ? ExitCode::reboot_needed : ExitCode::done;
}

// Prints what keeps apply from its answer; a run that was interrupted says so by its code.
ExitCode give_way(Terminal& terminal, const GlobalOptions& global, const InterruptGuard& guard,
                  const Failure& failure) {
  const ExitCode code = print_failure(terminal, global, failure);
  return guard.was_interrupted() ? ExitCode::interrupted : code;
}

// An image is left as found, unless it is to keep the caches.
bool needs_scratch(const Plan& plan, const ApplyCommand& options) {
  return plan.resolution.target == Target::image && !options.keep_cache;
}

// Where apply works and how: the same for all that is done in one run.
struct ApplyRun {
  Host& machine;  // nvprov runs on it
  Host& host;     // it is changed
  const Catalog& catalog;
  const Agreement& agreement;
  RunFiles& files;
  ApplyOptions how;
  ApplyEvents events;
};

// Where there is a bundle: the package manager reads the repositories these steps lead to in it and nowhere else.
Status turn_to_bundle(const ApplyRun& run, const ApplyCommand& options, const std::vector<Step>& steps) {
  if (!run.agreement.bundle) return {};
  Catalog catalog = run.catalog;
  const HostFacts facts = facts_for_lock(run.host, catalog, run.how.now.substr(0, run.how.now.find('T')));
  return run.agreement.bundle->write_sources(run.machine, options.plan.target.root, facts, steps);
}

std::vector<Step> steps_of(const Journal& journal) {
  std::vector<Step> steps;
  for (const JournalStep& each : journal.steps) steps.push_back(each.step);
  return steps;
}

// The plan after what an earlier run left has been seen to.
Outcome<Plan> plan_after_earlier(ApplyRun& run, const GlobalOptions& global, const ApplyCommand& options,
                                 const Clock& clock, Terminal& terminal) {
  if (const auto journal = open_journal(run.host); journal && *journal) {
    if (const Status turned = turn_to_bundle(run, options, steps_of(**journal)); !turned)
      return give_up(turned.error());
    if (const Status set_up = run.files.open_transaction(run.how); !set_up) return give_up(set_up.error());
  }
  if (const Status finished = finish_earlier(run.host, run.catalog, run.how, run.events, terminal); !finished)
    return give_up(finished.error());
  return plan_to_do(run.machine, run.host, global, options, run.agreement, clock, terminal);
}

// What was done is done: a lock that cannot be left is told and nothing more.
void note_lock(ApplyRun& run, const Plan& plan, ApplyReport& report, Terminal& terminal) {
  auto left = leave_lock(run.host, plan, run.catalog, run.how.now.substr(0, run.how.now.find('T')));
  if (left)
    report.lock_path = std::move(*left);
  else
    terminal.note(fmt::format("warning: no lock was left: {}\n", left.error().message));
}

Outcome<ApplyReport> do_plan(ApplyRun& run, const Plan& plan, const ApplyCommand& options, Terminal& terminal) {
  if (!plan.steps.empty()) {
    if (const Status turned = turn_to_bundle(run, options, plan.steps); !turned) return give_up(turned.error());
    if (needs_scratch(plan, options))
      if (const Status set_up = run.files.open_scratch(run.how); !set_up) return give_up(set_up.error());
    if (const Status set_up = run.files.open_transaction(run.how); !set_up) return give_up(set_up.error());
  }
  terminal.flush();
  run.how.manager = manager_of(run.catalog, plan.resolution);
  auto report = apply_plan(run.host, plan, run.how, run.events);
  terminal.settle();
  if (!report) return give_up(report.error());
  if (!plan.steps.empty()) note_lock(run, plan, *report, terminal);
  run.files.leave_no_trace(*report);
  return std::move(*report);
}

// The same as plan, refused where doing it would be.
ExitCode run_dry(Host& machine, const GlobalOptions& global, const ApplyCommand& options, const Clock& clock,
                 Terminal& terminal) {
  if (!options.lock && !options.bundle) return run_plan(machine, global, options.plan, clock, terminal);
  const auto root_host = options.plan.target.root ? make_posix_host(*options.plan.target.root) : nullptr;
  const HostView& host = root_host ? *root_host : machine;
  const InterruptGuard guard;
  const auto agreement = agreement_of(machine, host, global, options, clock, false);
  if (!agreement) return print_failure(terminal, global, agreement.error());
  const auto plan = plan_to_lock(machine, host, global, options.plan, *agreement, clock, terminal);
  if (guard.was_interrupted()) return interrupted(terminal, global);
  if (!plan) return print_failure(terminal, global, plan.error());
  return give_plan(machine, global, options.plan, *plan, terminal);
}

}  // namespace

ExitCode run_apply(Host& machine, const GlobalOptions& global, const ApplyCommand& options, const Clock& clock,
                   Terminal& terminal) {
  if (options.dry_run) return run_dry(machine, global, options, clock, terminal);
  for (const Status& allowed : {check_may_change(machine), check_can_ask(terminal, options)})
    if (!allowed) return print_failure(terminal, global, Failure{allowed.error()});
  const auto root_host = options.plan.target.root ? make_posix_host(*options.plan.target.root) : nullptr;
  Host& host = root_host ? *root_host : machine;
  const auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  const auto network = network_settings(machine, options.plan.network);
  if (!network) return print_failure(terminal, global, network.error());
  const InterruptGuard guard;
  const auto agreement = agreement_of(machine, host, global, options, clock, true);
  if (!agreement) return give_way(terminal, global, guard, agreement.error());
  RunFiles files(host, machine, *network);
  if (agreement->bundle) files.use_bundle(agreement->bundle->apt_lines());
  ApplyRun run{.machine = machine,
               .host = host,
               .catalog = data->catalog,
               .agreement = *agreement,
               .files = files,
               .how = {.consent = options.plan.consent,
                       .lock_timeout = options.lock_timeout,
                       .now = format_timestamp(clock.seconds()),
                       .apt_config = {},
                       .dnf_options = agreement->bundle ? agreement->bundle->dnf_options() : std::vector<std::string>(),
                       .proxy = network->proxy,
                       .interrupted = [&guard] { return guard.was_interrupted(); }},
               .events = events_for(terminal, global)};
  const auto plan = plan_after_earlier(run, global, options, clock, terminal);
  if (!plan) return give_way(terminal, global, guard, plan.error());
  if (const auto blockers = remaining_blockers(*plan, options.plan.consent); !blockers.empty()) {
    if (!global.json) terminal.answer(plan_text(*plan, text_options(terminal, global)));
    return give_way(terminal, global, guard, Failure{blocked(blockers)});
  }
  if (!plan->steps.empty() && !show_and_ask(*plan, global, options, terminal)) {
    terminal.note("nothing was changed\n");
    return ExitCode::interrupted;
  }
  const auto report = do_plan(run, *plan, options, terminal);
  if (!report) return give_way(terminal, global, guard, report.error());
  return finish(host, global, options, *plan, *report, terminal);
}

}  // namespace nvprov
