#pragma once

#include <string>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What a plan is made from beside the resolution.
struct PlanInputs {
  std::string tool_version;
  Request request;
  RepositoryMetadata metadata;
  std::vector<std::string> inputs;  // non-default inputs, for the reader
};

// The repository file and the hold files this resolution needs on this host; they come before the closure is known.
struct Preparations {
  std::vector<AddRepository> repositories;
  std::vector<WriteFile> holds;
  std::vector<InstallPackages> transactions;  // prerequisites first, then one for the stack; empty: nothing to install
};
Preparations prepare(const HostFacts& facts, const Catalog& catalog, const Request& request,
                     const Resolution& resolution);

// The ordered steps and everything a reader must know. Empty steps when the host already is as resolved.
Plan make_plan(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution,
               const Preparations& preparations, const Closure& closure, const PlanInputs& inputs);

}  // namespace nvprov
