#include "catalog/lint.hpp"

#include "cli/caller_files.hpp"
#include "cli/commands/commands.hpp"
#include "cli/load_data.hpp"
#include "report/lint_text.hpp"

namespace nvprov {
namespace {

Outcome<Catalog> data_to_check(const HostView& machine, const GlobalOptions& global, const LintCommand& options) {
  if (options.folder) return read_whole_data(machine, absolute_path(machine, *options.folder));
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
    return print_failure(terminal, global, Failure{problems});
  terminal.answer(global.json ? format_json(lint_to_json(*catalog)) : lint_text(*catalog));
  return ExitCode::done;
}

}  // namespace nvprov
