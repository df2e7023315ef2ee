#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "catalog/expand_families.hpp"
#include "catalog/lint.hpp"
#include "catalog/packed_files.hpp"
#include "catalog/raw_records.hpp"
#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load_data.hpp"
#include "report/catalog_diff_text.hpp"
#include "report/lint_text.hpp"
#include "report/record_text.hpp"
#include "resolve/catalog_diff.hpp"
#include "resolve/named_gpus.hpp"

namespace nvprov {
namespace {

Outcome<Catalog> data_to_check(const HostView& machine, const GlobalOptions& global, const LintCommand& options) {
  if (options.folder) return read_whole_data(machine, absolute_path(machine, *options.folder));
  auto loaded = load_data(machine, global);
  if (!loaded) return tl::unexpected(loaded.error());
  if (const auto concepts = load_concept_data(machine, global); !concepts) return tl::unexpected(concepts.error());
  return std::move(loaded->catalog);
}

// --- show ---

// What the program carries, then each overlay in use, the lowest first.
Outcome<std::vector<DataLayer>> all_layers(const HostView& machine, const GlobalOptions& global) {
  auto overlays = overlay_layers(machine, global);
  if (!overlays) return overlays;
  overlays->insert(overlays->begin(), DataLayer{.folder = {}, .files = embedded_files()});
  return overlays;
}

// "T4" and "10de:1eb8" are ids of GPUs too, as everywhere.
std::vector<std::string> ids_meant(const ShowCommand& options, const Catalog& catalog) {
  if (options.kind != "gpu") return {options.id};
  std::vector<std::string> ids = {options.id};
  if (const auto named = name_devices({options.id}, catalog))
    for (const Gpu& gpu : named->gpus) ids.push_back(gpu.device_id);
  return ids;
}

std::optional<ShownRecord> find_record(const std::vector<DataLayer>& layers, const std::string& kind,
                                       const std::vector<std::string>& ids, std::vector<std::string>& known) {
  std::optional<ShownRecord> shown;
  for (const DataLayer& layer : layers)
    for (RawRecord& record : raw_records(layer.files, kind)) {
      known.push_back(record.id);
      if (std::ranges::find(ids, record.id) == ids.end()) continue;
      std::vector<std::string> replaced = shown ? shown->replaced : std::vector<std::string>{};
      if (shown) replaced.push_back(shown->layer);
      shown = ShownRecord{.kind = record.kind,
                          .id = record.id,
                          .layer = layer.folder,
                          .file = record.file,
                          .place = record.place,
                          .replaced = std::move(replaced),
                          .record = std::move(record.record),
                          .sources = std::move(record.sources)};
    }
  return shown;
}

Error no_such_record(const ShowCommand& options, std::vector<std::string> known) {
  constexpr std::size_t few = 40;
  Error error{.kind = ErrorKind::usage,
              .message = fmt::format("there is no {} `{}` in the data", options.kind, options.id),
              .because = {},
              .hints = {},
              .context = {}};
  if (const auto suggestion = did_you_mean(options.id, known))
    error.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  if (known.size() <= few) error.hints.push_back("known: " + join(known, ", "));
  return error;
}

// --- diff ---

// Whole data, or an overlay on what nvprov carries: only the former says when its facts were gathered.
Outcome<Catalog> data_in(const HostView& machine, const std::string& typed) {
  const std::string folder = absolute_path(machine, typed);
  const auto whole = machine.file_info(folder + "/manifests/catalog.json");
  if (!whole) return give_up(whole.error());
  return *whole ? read_whole_data(machine, folder) : read_overlaid_data(machine, folder);
}

Outcome<Catalog> data_before(const HostView& machine, const GlobalOptions& global, const DiffCommand& options) {
  if (options.after) return data_in(machine, options.before);
  auto loaded = load_data(machine, global);
  if (!loaded) return tl::unexpected(loaded.error());
  return std::move(loaded->catalog);
}

}  // namespace

ExitCode run_lint(const HostView& machine, const GlobalOptions& global, const LintCommand& options,
                  Terminal& terminal) {
  const auto catalog = data_to_check(machine, global, options);
  if (!catalog) return print_failure(terminal, global, catalog.error());
  if (const Diagnostics problems = lint_catalog(*catalog); !problems.empty())
    return print_findings(terminal, global, problems);
  terminal.answer(global.json ? format_json(lint_to_json(*catalog)) : lint_text(*catalog));
  return ExitCode::done;
}

ExitCode run_show(const HostView& machine, const GlobalOptions& global, const ShowCommand& options,
                  Terminal& terminal) {
  const auto loaded = load_data(machine, global);  // data that would be refused is not shown as if it counted
  if (!loaded) return print_failure(terminal, global, loaded.error());
  const auto layers = all_layers(machine, global);
  if (!layers) return print_failure(terminal, global, layers.error());
  std::vector<std::string> known;
  const auto shown = find_record(*layers, options.kind, ids_meant(options, loaded->catalog), known);
  if (!shown) return print_failure(terminal, global, Failure{no_such_record(options, std::move(known))});
  terminal.answer(global.json ? format_json(record_to_json(*shown))
                              : record_text(*shown, text_options(terminal, global)));
  return ExitCode::done;
}

ExitCode run_diff(const HostView& machine, const GlobalOptions& global, const DiffCommand& options, const Clock& clock,
                  Terminal& terminal) {
  auto before = data_before(machine, global, options);
  if (!before) return print_failure(terminal, global, before.error());
  auto after = data_in(machine, options.after.value_or(options.before));
  if (!after) return print_failure(terminal, global, after.error());
  expand_families(*before);
  expand_families(*after);
  const CatalogDiff diff = diff_answers(*before, *after, format_date(clock.seconds()));
  terminal.answer(global.json ? format_json(catalog_diff_to_json(diff))
                              : catalog_diff_text(diff, text_options(terminal, global)));
  return ExitCode::done;
}

}  // namespace nvprov
