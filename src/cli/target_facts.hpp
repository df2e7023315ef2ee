#pragma once

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The facts of the machine the options mean: this one, --root, --facts or --distro, with what --gpu and --kernel name.
Outcome<HostFacts> target_facts(const HostView& machine, const Catalog& catalog, const TargetOptions& options,
                                const std::string& today);

}  // namespace nvprov
