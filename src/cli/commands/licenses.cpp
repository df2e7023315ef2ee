#include "cli/commands/commands.hpp"
#include "cli/linked_components.hpp"
#include "report/licenses_text.hpp"
#include "report/result_json.hpp"

namespace nvprov {

ExitCode run_licenses(const GlobalOptions& global, Terminal& terminal) {
  if (global.json)
    terminal.answer(format_json(licenses_to_json(linked_components())));
  else
    terminal.answer("nvprov " NVPROV_VERSION " (Apache-2.0)\n\n" + licenses_text(linked_components()));
  return ExitCode::done;
}

}  // namespace nvprov
