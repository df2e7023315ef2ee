#pragma once

#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"
#include "host/host.hpp"
#include "model/plan.hpp"

namespace nvprov {

// One function per command: parse -> call -> report. `machine` is the one nvprov runs on.

ExitCode run_status(const HostView& machine, const GlobalOptions& global, const Clock& clock, Terminal& terminal);
ExitCode run_detect(const HostView& machine, const GlobalOptions& global, const DetectCommand& options,
                    const Clock& clock, Terminal& terminal);
// Shows and saves a plan as `plan` does; its exit code.
ExitCode give_plan(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Plan& plan,
                   Terminal& terminal);
ExitCode run_plan(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                  Terminal& terminal);
// For `--facts-dir`.
ExitCode run_plan_hosts(const HostView& machine, const GlobalOptions& global, const PlanCommand& options,
                        const Clock& clock, Terminal& terminal);
ExitCode run_export(Host& machine, const GlobalOptions& global, const ExportCommand& options, const Clock& clock,
                    Terminal& terminal);
ExitCode run_apply(Host& machine, const GlobalOptions& global, const ApplyCommand& options, const Clock& clock,
                   Terminal& terminal);
// `lock`, also with `--update` and `--format`.
ExitCode run_lock(Host& machine, const GlobalOptions& global, const LockCommand& options, const Clock& clock,
                  Terminal& terminal);
ExitCode run_bundle(Host& machine, const GlobalOptions& global, const BundleCommand& options, const Clock& clock,
                    Terminal& terminal);
ExitCode run_bundle_check(const HostView& machine, const GlobalOptions& global, const BundleCheckCommand& options,
                          Terminal& terminal);
ExitCode run_audit(const HostView& machine, const GlobalOptions& global, const AuditCommand& options,
                   const Clock& clock, Terminal& terminal);
ExitCode run_verify(Host& machine, const GlobalOptions& global, const VerifyCommand& options, const Clock& clock,
                    Terminal& terminal);
ExitCode run_completion(const HostView& machine, const GlobalOptions& global, const CompletionCommand& options,
                        Terminal& terminal);
ExitCode run_manual(Terminal& terminal);
ExitCode run_matrix(Host& machine, const GlobalOptions& global, const MatrixCommand& options, Terminal& terminal);
ExitCode run_lint(const HostView& machine, const GlobalOptions& global, const LintCommand& options, Terminal& terminal);
ExitCode run_show(const HostView& machine, const GlobalOptions& global, const ShowCommand& options, Terminal& terminal);
ExitCode run_diff(const HostView& machine, const GlobalOptions& global, const DiffCommand& options, const Clock& clock,
                  Terminal& terminal);
ExitCode run_explain(Host& machine, const GlobalOptions& global, const ExplainCommand& options, const Clock& clock,
                     Terminal& terminal);
ExitCode run_licenses(const GlobalOptions& global, Terminal& terminal);

}  // namespace nvprov
