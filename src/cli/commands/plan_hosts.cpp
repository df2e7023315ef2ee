#include "cli/plan_hosts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/commands/commands.hpp"
#include "host/processors.hpp"
#include "report/error_text.hpp"
#include "report/fleet_text.hpp"
#include "resolve/named_gpus.hpp"

namespace nvprov {
namespace {

constexpr unsigned most_threads = 64;

// What is incomplete comes first, then what cannot be applied, then what would change.
ExitCode exit_code_of(const FleetPlans& fleet, const PlanCommand& options) {
  const FleetCounts counts = count_hosts(fleet, options.consent);
  if (!fleet.problems.empty() || counts.unclear > 0) return ExitCode::usage;
  if (counts.refused + counts.blocked > 0) return ExitCode::refused;
  return options.detailed_exit_code && counts.to_change > 0 ? ExitCode::differs : ExitCode::done;
}

// A GPU nobody knows is one mistake, not one for each host.
Outcome<Inquiry> inquire_about_hosts(const HostView& machine, const GlobalOptions& global, const PlanCommand& options) {
  auto inquiry = inquire(machine, global, options);
  if (!inquiry) return inquiry;
  if (const auto gpus = name_devices(options.request.gpus, inquiry->data.catalog); !gpus) return give_up(gpus.error());
  return inquiry;
}

std::string cost_note(const FleetCost& cost) {
  constexpr double second = 1e9;
  return fmt::format(
      "{} hosts, planned {} times; processor time: reading {:.3f} s, parsing {:.3f} s, planning {:.3f} s\n", cost.hosts,
      cost.planned, static_cast<double>(cost.reading) / second, static_cast<double>(cost.parsing) / second,
      static_cast<double>(cost.planning) / second);
}

}  // namespace

ExitCode run_plan_hosts(const HostView& machine, const GlobalOptions& global, const PlanCommand& options,
                        const Clock& clock, Terminal& terminal) {
  auto inquiry = inquire_about_hosts(machine, global, options);
  if (!inquiry) return print_failure(terminal, global, inquiry.error());
  const auto documents = open_facts_documents(machine, *options.target.facts_dir);
  if (!documents) return print_failure(terminal, global, Failure{documents.error()});
  const std::string today = format_date(clock.seconds());
  const unsigned threads = std::min(usable_processors(), most_threads);
  const PlannedFleet fleet = plan_hosts(machine, std::move(*inquiry), **documents, today, threads);
  if (global.verbosity > 0) terminal.note(cost_note(fleet.cost));
  if (global.json) {
    terminal.answer(format_json(fleet_to_json(fleet.plans)));
  } else {
    terminal.answer(fleet_text(fleet.plans, options.consent, text_options(terminal, global)));
    terminal.error(diagnostics_text(fleet.plans.problems));
  }
  return exit_code_of(fleet.plans, options);
}

}  // namespace nvprov
