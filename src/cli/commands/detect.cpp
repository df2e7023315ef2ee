#include "detect/detect.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load_data.hpp"
#include "cli/target_facts.hpp"
#include "host/posix_host.hpp"
#include "host/recording_host.hpp"
#include "model/facts_json.hpp"
#include "report/facts_text.hpp"

namespace nvprov {
namespace {

Outcome<HostFacts> look(const HostView& machine, Catalog& catalog, const DetectCommand& options,
                        const std::string& today) {
  const auto root_host = options.root ? make_posix_host(*options.root) : nullptr;
  const HostView& target = root_host ? *root_host : machine;
  add_offers_for(catalog, target);
  const DetectOptions how{.date = today, .all_origins = true};
  if (!options.record) return detect_host(target, catalog, how);
  const auto recorder = make_recording_host(target);
  HostFacts facts = detect_host(view_of(*recorder), catalog, how);
  if (const Status saved = save_recording(*recorder, *options.record); !saved)
    return give_up(saved.error().in(fmt::format("recording this host in {}", *options.record)));
  return facts;
}

}  // namespace

ExitCode run_detect(const HostView& machine, const GlobalOptions& global, const DetectCommand& options,
                    const Clock& clock, Terminal& terminal) {
  auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  const auto facts = look(machine, data->catalog, options, format_date(clock.seconds()));
  if (!facts) return print_failure(terminal, global, facts.error());
  if (options.record) terminal.note(fmt::format("recorded in {}\n", *options.record));
  if (global.json)
    terminal.answer(format_json(facts_to_json(*facts)));
  else
    terminal.answer(facts_text(*facts, text_options(terminal, global)));
  return ExitCode::done;
}

}  // namespace nvprov
