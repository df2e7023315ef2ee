#include "cli/documents/completion.hpp"

#include "catalog/expand_families.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load_data.hpp"

namespace nvprov {

ExitCode run_completion(const HostView& machine, const GlobalOptions& global, const CompletionCommand& options,
                        Terminal& terminal) {
  auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  expand_families(data->catalog);
  terminal.answer(completion_script(options.shell, describe_command_line(), data->catalog));
  return ExitCode::done;
}

}  // namespace nvprov
