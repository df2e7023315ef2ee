#include "check/audit.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/audited_host.hpp"
#include "cli/commands/commands.hpp"
#include "cli/failure.hpp"
#include "cli/load_data.hpp"
#include "cli/lock_files.hpp"
#include "detect/owned_files.hpp"
#include "report/audit_text.hpp"
#include "report/error_text.hpp"

namespace nvprov {
namespace {

std::string system_words(const HostFacts& facts) {
  const std::string name = facts.os ? facts.os->name : std::string("an unknown system");
  return facts.architecture.empty() ? name : fmt::format("{}, {}", name, facts.architecture);
}

// The lock that was named, else the one that lies there.
Outcome<std::optional<Lockfile>> lock_to_hold(const HostView& target, std::optional<Lockfile> named,
                                              const AuditCommand& options) {
  if (named || options.without_lock) return named;
  return lock_left_on(target);
}

Outcome<std::optional<Lockfile>> named_lock(const HostView& machine, const AuditCommand& options) {
  if (!options.lock) return std::nullopt;
  auto lock = read_lock_file(machine, *options.lock);
  if (!lock) return tl::unexpected(lock.error());
  return std::move(*lock);
}

AuditReport look(const HostView& target, Catalog catalog, std::vector<Check> checks, std::optional<Lockfile> lock,
                 const AuditCommand& options, const std::string& today) {
  const HostFacts facts = facts_for_lock(target, catalog, today);
  const Lockfile* held = lock ? &*lock : nullptr;
  const FileFacts files =
      look_at_files(target, facts.architecture, held != nullptr ? held->files : std::vector<LockedFile>{});
  const Target kind = options.target.value_or(audited_target(facts, held));
  auto findings = audit({.facts = facts, .files = files, .catalog = catalog, .lock = held, .target = kind});
  return {.system = system_words(facts),
          .root = options.root == "-" ? "standard input" : options.root,
          .lock_file = held == nullptr ? std::nullopt : std::optional(options.lock.value_or(host_lock_path)),
          .lock = std::move(lock),
          .is_lock_wanted = !options.without_lock,
          .target = kind,
          .findings = std::move(findings),
          .checks = std::move(checks)};
}

// Who asks for a comparison and gets none has no answer yet, whatever else was found to be sound.
ExitCode exit_code_of(const AuditReport& report, Terminal& terminal) {
  const auto error = missing_lock(report);
  if (error) terminal.error(error_text(*error));
  if (!report.findings.empty()) return ExitCode::differs;
  return error ? ExitCode::failed : ExitCode::done;
}

}  // namespace

ExitCode run_audit(const HostView& machine, const GlobalOptions& global, const AuditCommand& options,
                   const Clock& clock, Terminal& terminal) {
  auto named = named_lock(machine, options);
  if (!named) return print_failure(terminal, global, named.error());
  auto data = load_data(machine, global);
  if (!data) return print_failure(terminal, global, data.error());
  auto checks = load_check_data(machine, global);
  if (!checks) return print_failure(terminal, global, checks.error());
  std::unique_ptr<HostView> opened;
  if (options.root) {
    auto root = open_audited_host(machine, *options.root, *named ? (*named)->files : std::vector<LockedFile>{});
    if (!root) return print_failure(terminal, global, Failure{root.error()});
    opened = std::move(*root);
  }
  const HostView& target = opened ? *opened : machine;
  auto lock = lock_to_hold(target, std::move(*named), options);
  if (!lock) return print_failure(terminal, global, lock.error());
  const AuditReport report = look(target, std::move(data->catalog), std::move(*checks), std::move(*lock), options,
                                  format_date(clock.seconds()));
  terminal.answer(global.json ? format_json(audit_to_json(report))
                              : audit_text(report, text_options(terminal, global)));
  return exit_code_of(report, terminal);
}

}  // namespace nvprov
