#pragma once

#include <string>

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The facts of the machine the options mean: this one, --root, --facts or --distro, with the GPUs and the kernel the
// request names. Fills in what the sources of its distribution offer: the catalog of a command is about one target.
Outcome<HostFacts> target_facts(const HostView& machine, Catalog& catalog, const TargetOptions& options,
                                const Request& request, const std::string& today);

// Recorded facts as a plan of today is made from them: with the GPUs and the kernel the request names.
Outcome<HostFacts> recorded_facts(HostFacts facts, const Catalog& catalog, const Request& request,
                                  const std::string& today);

// Fills in what the sources of a system's distribution offer; nothing where the catalog does not know it.
void add_offers_for(Catalog& catalog, const HostView& target);

// The folder `--root` names, without links and from the root on. An error of kind usage unless it holds a system, and
// one that is not the machine nvprov runs on: what a variable that is empty would make of `--root "$DIR"`.
Result<std::string> folder_of_disk(const std::string& typed);

}  // namespace nvprov
