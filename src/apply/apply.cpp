#include "apply/apply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apply/build_modules.hpp"
#include "apply/executor.hpp"
#include "apply/journal.hpp"
#include "apply/prove_module.hpp"
#include "apply/rehearsal.hpp"
#include "model/words.hpp"

namespace nvprov {
namespace {

Error blocked(const std::vector<Conflict>& blockers) {
  Error error{.kind = ErrorKind::refused,
              .message = "something stands in the way of this plan",
              .because = {},
              .hints = {},
              .context = {}};
  for (const Conflict& blocker : blockers) {
    error.because.push_back(fmt::format("{}: {}", to_word(blocker.reason), blocker.subject));
    if (const auto flag = consent_flag(blocker.reason); !flag.empty())
      error.hints.push_back(fmt::format("agree to it with `{}`", flag));
  }
  return error;
}

bool installs(const Step& step) { return std::holds_alternative<InstallPackages>(step); }

Status check_plan(const Plan& plan, const Consent& consent) {
  if (const auto blockers = remaining_blockers(plan, consent); !blockers.empty()) return fail(blocked(blockers));
  if (!plan.closure.known && std::ranges::any_of(plan.steps, installs))
    return fail(not_as_planned({"the plan does not know which exact packages it would install"}));
  return {};
}

Status check_no_open_journal(const HostView& host) {
  const auto open = open_journal(host);
  if (!open) return fail(open.error());
  if (!*open) return {};
  return fail(ErrorKind::refused, "an earlier run did not come to its end",
              {fmt::format("its journal is {}", journal_path((*open)->id))});
}

// nvprov's folders, and a journal in them.
Result<Journal> begin_journal(Host& host, const Plan& plan, const ApplyOptions& options) {
  if (const auto closed = check_no_open_journal(host); !closed) return fail(closed.error());
  auto journal = new_journal(host, plan, agreed_steps(plan, options.consent), options.now);
  if (!journal) return journal;
  if (const auto made = host.make_directory(log_folder, 0755); !made) return fail(made.error());
  if (const auto made = host.make_directory(journal_folder, 0755); !made) return fail(made.error());
  if (const auto saved = save_journal(host, *journal); !saved) return fail(saved.error());
  return journal;
}

// The packages are in place all the same, so nothing is taken back.
Error close_unproven(Host& host, Journal& journal, Error error) {
  journal.state = JournalState::failed;
  journal.steps.back().error = error.message;
  if (const auto saved = save_journal(host, journal); !saved) error.because.push_back(saved.error().message);
  return error;
}

Status do_and_prove(Host& host, const PackageManagerRun& run, Journal& journal, ApplyReport& report) {
  const auto initramfs = initramfs_times(host, journal.resolution);
  const auto changed = do_steps(host, journal, run);
  if (!changed) return fail(settle(host, journal, run, changed.error()));
  report.changed = *changed;
  build_missing_modules(host, run, journal.resolution);
  refresh_initramfs(host, run, journal.resolution, initramfs);
  const auto proven = prove_modules(host, journal.resolution, report);
  if (!proven) return fail(close_unproven(host, journal, proven.error()));
  journal.state = JournalState::done;
  return save_journal(host, journal);
}

}  // namespace

Result<ApplyReport> apply_plan(Host& host, const Plan& plan, const ApplyOptions& options, const ApplyEvents& events) {
  if (const auto agreed = check_plan(plan, options.consent); !agreed) return fail(agreed.error());
  ApplyReport report;
  report.reboot_needed = plan.usable == Usable::after_reboot;
  if (plan.steps.empty()) {
    if (const auto proven = prove_modules(host, plan.resolution, report); !proven) return fail(proven.error());
    return report;
  }
  const auto lock = take_own_lock(host);
  if (!lock) return fail(lock.error());
  auto journal = begin_journal(host, plan, options);
  if (!journal) return fail(journal.error());
  report.journal_path = journal_path(journal->id);
  report.log_path = journal->log;
  const PackageManagerRun run{.options = options, .events = events, .log = journal->log};
  if (const auto done = do_and_prove(host, run, *journal, report); !done) return fail(done.error());
  return report;
}

}  // namespace nvprov
