#include <fmt/format.h>

#include <optional>

#include "base/text.hpp"
#include "cli/asked.hpp"
#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/failure.hpp"
#include "cli/interrupt.hpp"
#include "cli/planning.hpp"
#include "model/plan_json.hpp"
#include "report/plan_text.hpp"
#include "report/why_not_text.hpp"
#include "resolve/resolve.hpp"
#include "resolve/why_not.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t plan_file_mode = 0644;

ExitCode exit_code_of(const Plan& plan, const PlanCommand& options) {
  if (!remaining_blockers(plan, options.consent).empty()) return ExitCode::refused;
  return options.detailed_exit_code && !plan.steps.empty() ? ExitCode::differs : ExitCode::done;
}

// Without asking a repository: by the catalog and what is known of the machine.
ExitCode run_why_not(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                     Terminal& terminal) {
  const auto question = read_why_not(*options.why_not);
  if (!question) return print_failure(terminal, global, question.error());
  const auto asked = gather(machine, global, options, format_date(clock.seconds()));
  if (!asked) return print_failure(terminal, global, asked.error());
  const auto insisting = check_request(with_it(asked->request, *question), *asked->catalog);
  if (!insisting) return print_failure(terminal, global, insisting.error());
  const WhyNot answer = why_not(*question, resolve_without_remedies(asked->facts, *asked->catalog, asked->request, {}),
                                resolve(asked->facts, *asked->catalog, *insisting, {}));
  TextOptions text = text_options(terminal, global);
  text.explain = options.explain;
  terminal.answer(global.json ? format_json(why_not_to_json(answer)) : why_not_text(answer, text));
  return ExitCode::done;
}

}  // namespace

ExitCode give_plan(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Plan& plan,
                   Terminal& terminal) {
  const std::string document = options.output || global.json ? format_json(plan_to_json(plan)) : std::string{};
  if (options.output) {
    const std::string path = absolute_path(machine, *options.output);
    if (const Status written = machine.write_file(path, document, plan_file_mode); !written)
      return print_failure(terminal, global, Failure{written.error().in("saving the plan")});
    terminal.note(fmt::format("saved in {}; do it with `nvprov apply {}`\n", *options.output, *options.output));
  }
  TextOptions text = text_options(terminal, global);
  text.explain = options.explain;
  terminal.answer(global.json ? document : plan_text(plan, text));
  return exit_code_of(plan, options);
}

ExitCode run_plan(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                  Terminal& terminal) {
  if (options.why_not) return run_why_not(machine, global, options, clock, terminal);
  // A disk's own dnf works in a folder of that disk, which has to go before nvprov does.
  std::optional<InterruptGuard> guard;
  if (options.target.root) guard.emplace();
  const auto plan = plan_for(machine, global, options, clock, terminal);
  if (guard && guard->was_interrupted()) return interrupted(terminal, global);
  if (!plan) return print_failure(terminal, global, plan.error());
  return give_plan(machine, global, options, *plan, terminal);
}

}  // namespace nvprov
