#include "cli/commands/commands.hpp"
#include "cli/documents/manual_page.hpp"

namespace nvprov {

ExitCode run_manual(Terminal& terminal) {
  terminal.answer(manual_page(describe_command_line(), NVPROV_VERSION));
  return ExitCode::done;
}

}  // namespace nvprov
