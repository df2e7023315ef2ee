#include "cli/run.hpp"

#include <optional>
#include <utility>
#include <variant>

#include "cli/commands/commands.hpp"
#include "cli/failure.hpp"
#include "cli/options.hpp"
#include "cli/target_facts.hpp"

namespace nvprov {
namespace {

ExitCode run_command(Host& machine, const Clock& clock, const CommandLine& line, Terminal& terminal) {
  struct Visitor {
    Host& machine;
    const Clock& clock;
    const GlobalOptions& global;
    Terminal& terminal;

    ExitCode operator()(const StatusCommand&) const { return run_status(machine, global, clock, terminal); }
    ExitCode operator()(const DetectCommand& options) const {
      return run_detect(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const PlanCommand& options) const {
      return options.target.facts_dir ? run_plan_hosts(machine, global, options, clock, terminal)
                                      : run_plan(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const ApplyCommand& options) const {
      return run_apply(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const ExportCommand& options) const {
      return run_export(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const LockCommand& options) const {
      return run_lock(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const BundleCommand& options) const {
      return run_bundle(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const BundleCheckCommand& options) const {
      return run_bundle_check(machine, global, options, terminal);
    }
    ExitCode operator()(const AuditCommand& options) const {
      return run_audit(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const VerifyCommand& options) const {
      return run_verify(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const CompletionCommand& options) const {
      return run_completion(machine, global, options, terminal);
    }
    ExitCode operator()(const ManualCommand&) const { return run_manual(terminal); }
    ExitCode operator()(const MatrixCommand& options) const { return run_matrix(machine, global, options, terminal); }
    ExitCode operator()(const LintCommand& options) const { return run_lint(machine, global, options, terminal); }
    ExitCode operator()(const ShowCommand& options) const { return run_show(machine, global, options, terminal); }
    ExitCode operator()(const DiffCommand& options) const {
      return run_diff(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const ExplainCommand& options) const {
      return run_explain(machine, global, options, clock, terminal);
    }
    ExitCode operator()(const LicensesCommand&) const { return run_licenses(global, terminal); }
    ExitCode operator()(const PrintText& print) const {
      terminal.answer(print.text);
      return ExitCode::done;
    }
  };
  return std::visit(Visitor{machine, clock, line.global, terminal}, line.command);
}

std::optional<std::string>* root_of(CommandLine& line) {
  if (auto* detect = std::get_if<DetectCommand>(&line.command)) return &detect->root;
  if (auto* plan = std::get_if<PlanCommand>(&line.command)) return &plan->target.root;
  if (auto* apply = std::get_if<ApplyCommand>(&line.command)) return &apply->plan.target.root;
  if (auto* exported = std::get_if<ExportCommand>(&line.command)) return &exported->plan.target.root;
  if (auto* lock = std::get_if<LockCommand>(&line.command)) return &lock->plan.target.root;
  if (auto* bundle = std::get_if<BundleCommand>(&line.command)) return &bundle->plan.target.root;
  if (auto* verify = std::get_if<VerifyCommand>(&line.command)) return &verify->root;
  if (auto* explain = std::get_if<ExplainCommand>(&line.command)) return &explain->plan.target.root;
  return nullptr;
}

// With the folder of `--root` settled before anything is looked at.
Result<CommandLine> read_command_line(const std::vector<std::string>& arguments) {
  auto line = parse_command_line(arguments);
  if (!line) return line;
  std::optional<std::string>* root = root_of(*line);
  if (root == nullptr || !*root) return line;
  auto folder = folder_of_disk(**root);
  if (!folder) return fail(folder.error());
  *root = std::move(*folder);
  return line;
}

}  // namespace

ExitCode run(Host& machine, const Clock& clock, const std::vector<std::string>& arguments) {
  Terminal terminal;
  const auto line = read_command_line(arguments);
  ExitCode code = ExitCode::usage;
  if (line) {
    terminal.set_quiet(line->global.quiet);
    code = run_command(machine, clock, *line, terminal);
  } else {
    GlobalOptions global;
    global.json = asks_for_json(arguments);
    code = print_failure(terminal, global, Failure{line.error()});
  }
  if (terminal.flush()) return code;
  terminal.error("error: the answer could not be written to standard output\n");
  return code == ExitCode::done ? ExitCode::failed : code;
}

}  // namespace nvprov
