#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// A source to take packages from, and the rule that put it where it is.
struct SourceOption {
  const PackageSource* source = nullptr;
  Reason reason;
};

// The sources of a distribution, best first: the one asked for; else the one the installed driver comes from; with
// Secure Boot on those whose module is signed by a key machines trust already; then the distribution's order.
std::vector<SourceOption> source_options(const HostFacts& facts, const Distro& distro, const Request& request);

}  // namespace nvprov
