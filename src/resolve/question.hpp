#pragma once

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"

namespace nvprov {

// What a machine is asked about; all that an answer depends on.
struct Question {
  const HostFacts& facts;
  const Catalog& catalog;
  const Distro& distro;
  const Request& request;  // checked, its target named
  const RepositoryMetadata& metadata;
};

}  // namespace nvprov
