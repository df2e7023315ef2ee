#pragma once

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The facts of the machine the options mean: this one, --root, --facts or --distro, with the GPUs and the kernel the
// request names.
Outcome<HostFacts> target_facts(const HostView& machine, const Catalog& catalog, const TargetOptions& options,
                                const Request& request, const std::string& today);

// That a folder named by --root holds a system.
Status check_root(const HostView& host, const std::string& root);

}  // namespace nvprov
