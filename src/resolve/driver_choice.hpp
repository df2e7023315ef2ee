#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// A driver that would do, with why it was taken; the best comes first.
struct DriverAnswer {
  DriverChoice choice;
  const PackageSource* source = nullptr;  // nullptr: kept, from somewhere the catalog does not know
  std::vector<Reason> reasons;
  std::vector<RejectedCandidate> rejected;
  std::vector<Notice> notices;

  bool operator==(const DriverAnswer&) const = default;
};

// Every driver that suits the host, in order of preference: what is installed and good, then the source's releases.
// The error holds what stands in the way of each when there is none.
tl::expected<std::vector<DriverAnswer>, std::vector<Conflict>> suitable_drivers(const HostFacts& facts,
                                                                                const Catalog& catalog,
                                                                                const Distro& distro,
                                                                                const Request& request,
                                                                                const RepositoryMetadata& metadata);

}  // namespace nvprov
