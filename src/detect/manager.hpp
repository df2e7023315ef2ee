#pragma once

#include <optional>
#include <string>

#include "host/host.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// "apt", "dnf" or "dnf5": the one of the distribution that os-release names, for a disk may hold another's programs
// too; where the catalog does not know the distribution, the one whose program is there. nullopt: none is there.
std::optional<std::string> detect_manager(const HostView& host, const Catalog& catalog,
                                          const std::optional<OsFacts>& os, Diagnostics& diagnostics);

// Whether it is one of dnf's generations.
bool is_dnf(const std::optional<std::string>& manager);

}  // namespace nvprov
