#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What a plan tells its reader beside the steps; each is one small question about the values already there.

// "Debian GNU/Linux 12 (bookworm), x86_64".
std::string host_name(const HostFacts& facts);
// "2x Tesla T4"; none for an image unless a flag named them.
std::vector<std::string> gpu_names(const HostFacts& facts, Target target);
// The licence class of a package the source's records name.
std::optional<std::string> license_of(const PackageSource& source, const std::string& package);
// When the driver can be used after the steps.
Usable usable_when(const HostFacts& facts, const Resolution& resolution, const std::vector<Step>& steps);
// The resolution's notices and those about the age of what the plan was made from.
std::vector<Notice> plan_notices(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution);
// Dotted names of what this plan could not know.
std::vector<std::string> unknown_facts(const HostFacts& facts, const Plan& plan);
// What an administrator would type for the same, with the package manager of this name.
std::vector<std::vector<std::string>> equivalent_commands(const Plan& plan, const std::string& manager = "apt");
// What takes it back: packages that come new are purged, our files removed.
std::vector<std::vector<std::string>> undo_commands(const Plan& plan, const std::string& manager = "apt");

}  // namespace nvprov
