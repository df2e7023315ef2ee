#pragma once

#include <optional>
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

// What becomes of an installed driver: it stays (`answer`), or it is no choice (`rejected`); `refusal` where the
// request insists on it all the same.
struct StayingDriver {
  std::optional<DriverAnswer> answer;
  std::vector<RejectedCandidate> rejected;
  std::vector<Conflict> refusal;
};
StayingDriver staying_driver(const HostFacts& facts, const Catalog& catalog, const Distro& distro,
                             const Request& request);

// Every release of a source that suits the host, the best first. The error holds what stands in the way of each when
// there is none.
tl::expected<std::vector<DriverAnswer>, std::vector<Conflict>> suitable_drivers(
    const HostFacts& facts, const Catalog& catalog, const Distro& distro, const PackageSource& source,
    const Request& request, const RepositoryMetadata& metadata);

}  // namespace nvprov
