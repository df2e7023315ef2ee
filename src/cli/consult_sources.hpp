#pragma once

#include "cli/asked.hpp"
#include "cli/package_asker.hpp"
#include "cli/terminal.hpp"
#include "closure/closure.hpp"

namespace nvprov {

// What the target lacks to reach the source this resolution takes its packages from. Offline: keys that would have to
// be fetched stay empty.
Result<SourceSetup> setup_for(const HostView& target, const HostView& machine, const Asked& asked,
                              const Resolution& resolution, bool offline);

// The repositories to ask: what the plan would add, beside what the host has.
ConsultedRepositories consulted(const Asked& asked, const SourceSetup& setup);

// Resolves, asks the repositories of the source that would be taken, and resolves again with what they hold, until the
// answer rests on repositories that were asked. What they said is in `asked.inputs.metadata` then.
Outcome<Resolution> resolve_with_metadata(PackageAsker& asker, Host& machine, const HostView& target, Asked& asked,
                                          const Distro& distro, Terminal& terminal);

}  // namespace nvprov
