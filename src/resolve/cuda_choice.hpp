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

// How a driver release runs programs of a CUDA release.
CudaSupport cuda_support(const CudaRelease& cuda, const CudaUpdate& update, const std::string& driver_version);

// Why a CUDA release runs on none or not all of these GPUs. What is unknown of a GPU excludes nothing.
std::vector<Conflict> capability_conflicts(const CudaRelease& cuda, const std::vector<Gpu>& gpus,
                                           const Catalog& catalog);

// A CUDA release chosen, with what is said of it; no choice where none was asked for or `auto` finds none.
struct CudaAnswer {
  std::optional<CudaChoice> choice;
  const CudaOffer* offer = nullptr;
  std::vector<Reason> reasons;
  std::vector<RejectedCandidate> rejected;
  std::vector<Notice> notices;

  bool operator==(const CudaAnswer&) const = default;
};

// Chooses among what a source offers. `driver_version` is nullopt for an image and where the driver is unknown.
tl::expected<CudaAnswer, std::vector<Conflict>> choose_cuda(const HostFacts& facts, const Catalog& catalog,
                                                            const Distro& distro, const PackageSource& source,
                                                            const Request& request,
                                                            const std::optional<std::string>& driver_version,
                                                            const RepositoryMetadata& metadata);

// The newest CUDA release a driver release fully supports, by the catalog.
std::optional<std::string> cuda_ceiling(const Catalog& catalog, const std::string& driver_version);

}  // namespace nvprov
