#include "base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load_data.hpp"
#include "cli/target_facts.hpp"
#include "detect/detect.hpp"
#include "report/result_json.hpp"
#include "report/status_text.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {

ExitCode run_status(const HostView& machine, const GlobalOptions& global, const Clock& clock, Terminal& terminal) {
  auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  add_offers_for(data->catalog, machine);
  const HostFacts facts =
      detect_host(machine, data->catalog, {.date = format_date(clock.seconds()), .all_origins = false});
  const Distro* distro = distro_of(facts, data->catalog);
  const std::vector<std::string> names =
      distro != nullptr ? packages_of_interest(data->catalog, *distro, facts, {}) : std::vector<std::string>{};
  const StatusFindings findings = find_status(facts, names);
  if (global.json)
    terminal.answer(format_json(status_to_json(facts, findings)));
  else
    terminal.answer(status_text(facts, findings));
  return ExitCode::done;
}

}  // namespace nvprov
