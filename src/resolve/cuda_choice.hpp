#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/resolution.hpp"
#include "resolve/cuda_on_driver.hpp"
#include "resolve/question.hpp"
#include "resolve/requirements.hpp"

namespace nvprov {

// Why a CUDA release runs on none or not all of these GPUs. What is unknown of a GPU excludes nothing.
std::vector<Conflict> capability_conflicts(const CudaRelease& cuda, const std::vector<Gpu>& gpus,
                                           const Catalog& catalog);

// A CUDA release of a source, or none (`offer` absent), with all that stands in its way.
struct CudaCandidate {
  const CudaOffer* offer = nullptr;
  const CudaRelease* release = nullptr;
  const CudaUpdate* update = nullptr;
  CudaOnDriver on_driver;
  CudaSupport support = CudaSupport::full;  // by what would be installed; full where no driver is known
  std::string compat_package;               // to be installed with it; "" for none
  std::vector<AdditionChoice> additions;    // what `--with` adds to it
  std::vector<Notice> notices;
  std::vector<Objection> objections;

  bool operator==(const CudaCandidate&) const = default;
};

// Whether all releases are judged, or those up to the first that nothing stands in the way of.
enum class CudaLook { all, until_one_fits };

// What a request for CUDA ("auto", "none", "12.4", "=12.4", ">=12.4 <13") can get from a source on a driver, best
// first: the releases it lets through and the driver runs, then to go without, which objects where a release was asked
// for. `driver_version` is nullopt for an image and where the driver is unknown.
std::vector<CudaCandidate> cuda_options(const Question& question, const PackageSource& source, const std::string& asked,
                                        const std::optional<std::string>& driver_version,
                                        CudaLook look = CudaLook::all);

// What choosing one of them means.
struct CudaAnswer {
  std::optional<CudaChoice> choice;
  const CudaOffer* offer = nullptr;
  std::vector<AdditionChoice> additions;
  std::vector<Reason> reasons;
  std::vector<RejectedCandidate> rejected;
  std::vector<Notice> notices;

  bool operator==(const CudaAnswer&) const = default;
};
CudaAnswer take_cuda(const CudaCandidate& candidate, const Question& question, const PackageSource& source,
                     const std::string& asked, const std::optional<std::string>& driver_version);

// The newest CUDA release a driver release fully supports, by the catalog.
std::optional<std::string> cuda_ceiling(const Catalog& catalog, const std::string& driver_version);

}  // namespace nvprov
