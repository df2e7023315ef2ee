#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "cli/opened_bundle.hpp"
#include "cli/options.hpp"
#include "cli/web_access.hpp"
#include "host/host.hpp"
#include "model/lockfile.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What a host is to be brought to, and how a plan for that reaches its repositories.
struct Agreement {
  std::optional<Lockfile> lock;          // absent: what the options or a saved plan say
  std::string file;                      // that has it, as typed
  std::unique_ptr<OpenedBundle> bundle;  // where it is in one
  WebAccess web = network_access();
};

// The lock or the bundle the options name, if any; a bundle is unpacked for a run that installs, or only plans. An
// error of kind usage for a bundle of another distribution or architecture than the host's.
Outcome<Agreement> agreement_of(Host& machine, const HostView& host, const GlobalOptions& global,
                                const ApplyCommand& options, const Clock& clock, bool installs);

// The plan that leads to exactly what the lock has, on this host and now.
Outcome<Plan> plan_to_lock(Host& machine, const HostView& host, const GlobalOptions& global, const PlanCommand& options,
                           const Agreement& agreement, const Clock& clock, Terminal& terminal);

}  // namespace nvprov
