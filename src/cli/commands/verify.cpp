#include "verify/verify.hpp"

#include <fmt/format.h>

#include "check/audit.hpp"
#include "cli/commands/commands.hpp"
#include "cli/failure.hpp"
#include "cli/load_data.hpp"
#include "cli/lock_files.hpp"
#include "cli/package_asker.hpp"
#include "detect/owned_files.hpp"
#include "host/posix_host.hpp"
#include "lock/make_lock.hpp"
#include "report/verify_text.hpp"

namespace nvprov {
namespace {

VerifyReport verified(Host& machine, Host& target, Catalog catalog, std::vector<Check> checks,
                      const VerifyCommand& options, const std::string& today) {
  const HostFacts facts = facts_for_lock(target, catalog, today);
  const FileFacts files = look_at_files(target, facts.architecture, {});
  const Target kind = audited_target(facts, nullptr);
  VerifyReport report{.system = fmt::format("{}, {}", facts.os ? facts.os->name : "an unknown system",
                                            facts.architecture.empty() ? "architecture unknown" : facts.architecture),
                      .root = options.root,
                      .target = kind,
                      .level = options.level,
                      .results = {},
                      .checks = std::move(checks)};
  report.results = verify(target, {.facts = facts,
                                   .files = files,
                                   .catalog = catalog,
                                   .packages = packages_of_stack(facts, catalog),
                                   .target = kind,
                                   .level = options.level,
                                   .image = options.image,
                                   .folder = cache_folder(machine)});
  return report;
}

ExitCode verify_exit_code(const VerifyReport& report, const VerifyCommand& options) {
  if (has_findings(report.results)) return ExitCode::differs;
  return options.detailed_exit_code && is_reboot_pending(report.results) ? ExitCode::reboot_needed : ExitCode::done;
}

}  // namespace

ExitCode run_verify(Host& machine, const GlobalOptions& global, const VerifyCommand& options, const Clock& clock,
                    Terminal& terminal) {
  auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  auto checks = load_check_data(machine, global);
  if (!checks) return print_failure(terminal, global, checks.error());
  std::unique_ptr<Host> disk;
  if (options.root) disk = make_posix_host(*options.root);
  const VerifyReport report = verified(machine, disk ? *disk : machine, std::move(data->catalog), std::move(*checks),
                                       options, format_date(clock.seconds()));
  terminal.answer(global.json ? format_json(verify_to_json(report))
                              : verify_text(report, text_options(terminal, global)));
  return verify_exit_code(report, options);
}

}  // namespace nvprov
