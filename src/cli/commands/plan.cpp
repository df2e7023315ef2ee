#include <fmt/format.h>

#include <optional>

#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/failure.hpp"
#include "cli/interrupt.hpp"
#include "cli/planning.hpp"
#include "model/plan_json.hpp"
#include "report/plan_text.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t plan_file_mode = 0644;

ExitCode exit_code_of(const Plan& plan, const PlanCommand& options) {
  if (!remaining_blockers(plan, options.consent).empty()) return ExitCode::refused;
  return options.detailed_exit_code && !plan.steps.empty() ? ExitCode::differs : ExitCode::done;
}

}  // namespace

ExitCode run_plan(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                  Terminal& terminal) {
  // A disk's own dnf works in a folder of that disk, which has to go before nvprov does.
  std::optional<InterruptGuard> guard;
  if (options.target.root) guard.emplace();
  const auto plan = plan_for(machine, global, options, clock, terminal);
  if (guard && guard->was_interrupted()) return interrupted(terminal, global);
  if (!plan) return print_failure(terminal, global, plan.error());
  const std::string document = options.output || global.json ? format_json(plan_to_json(*plan)) : std::string{};
  if (options.output) {
    const std::string path = absolute_path(machine, *options.output);
    if (const Status written = machine.write_file(path, document, plan_file_mode); !written)
      return print_failure(terminal, global, Failure{written.error().in("saving the plan")});
    terminal.note(fmt::format("saved in {}; do it with `nvprov apply {}`\n", *options.output, *options.output));
  }
  if (global.json)
    terminal.answer(document);
  else
    terminal.answer(plan_text(*plan, text_options(terminal, global)));
  return exit_code_of(*plan, options);
}

}  // namespace nvprov
