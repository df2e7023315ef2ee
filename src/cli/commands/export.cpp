#include "export/export.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/json.hpp"
#include "catalog/catalog.hpp"
#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/failure.hpp"
#include "cli/interrupt.hpp"
#include "cli/load_data.hpp"
#include "cli/planning.hpp"
#include "cli/saved_plan.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t program_mode = 0755;
constexpr std::uint32_t file_mode = 0644;

std::string_view word_of(ExportFormat format) {
  switch (format) {
    case ExportFormat::shell: return "shell";
    case ExportFormat::dockerfile: return "dockerfile";
    case ExportFormat::cloud_init: return "cloud-init";
  }
  return "";
}

Result<std::string> text_of(ExportFormat format, const Plan& plan, const Distro& distro) {
  switch (format) {
    case ExportFormat::shell: return export_shell(plan, distro);
    case ExportFormat::dockerfile: return export_dockerfile(plan, distro);
    case ExportFormat::cloud_init: return export_cloud_init(plan, distro);
  }
  return fail("a format without a writer");
}

// The plan with what was agreed to on this command line: a plan carries no consent of its own.
Outcome<Plan> agreed_plan(Host& machine, const GlobalOptions& global, const ExportCommand& options, const Clock& clock,
                          Terminal& terminal) {
  auto plan = options.saved_plan ? read_saved_plan(machine, *options.saved_plan)
                                 : plan_for(machine, global, options.plan, clock, terminal);
  if (!plan) return plan;
  plan->blockers = remaining_blockers(*plan, options.plan.consent);
  plan->steps = agreed_steps(*plan, options.plan.consent);
  return plan;
}

}  // namespace

ExitCode run_export(Host& machine, const GlobalOptions& global, const ExportCommand& options, const Clock& clock,
                    Terminal& terminal) {
  const auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  // A disk's own dnf works in a folder of that disk, which has to go before nvprov does.
  std::optional<InterruptGuard> guard;
  if (options.plan.target.root) guard.emplace();
  const auto plan = agreed_plan(machine, global, options, clock, terminal);
  if (guard && guard->was_interrupted()) return interrupted(terminal, global);
  if (!plan) return print_failure(terminal, global, plan.error());
  const Distro* distro = find_distro(data->catalog, plan->resolution.distro);
  if (distro == nullptr)
    return print_failure(terminal, global,
                         Failure{Error{.kind = ErrorKind::usage,
                                       .message = fmt::format("the plan is for `{}`, which the catalog does not know",
                                                              plan->resolution.distro),
                                       .because = {},
                                       .hints = {"give the overlay it was made with by `--data DIR`"},
                                       .context = {}}});
  const auto text = text_of(options.format, *plan, *distro);
  if (!text) return print_failure(terminal, global, Failure{text.error()});
  if (options.plan.output) {
    const std::uint32_t mode = options.format == ExportFormat::shell ? program_mode : file_mode;
    const std::string path = absolute_path(machine, *options.plan.output);
    if (const Status written = machine.write_file(path, *text, mode); !written)
      return print_failure(terminal, global, Failure{written.error().in("writing the export")});
    terminal.note(fmt::format("written to {}\n", *options.plan.output));
  }
  if (global.json)
    terminal.answer(format_json(
        JsonObject{{"schema", "nvprov.export/1"}, {"format", std::string(word_of(options.format))}, {"text", *text}}));
  else if (!options.plan.output)
    terminal.answer(*text);
  return ExitCode::done;
}

}  // namespace nvprov
