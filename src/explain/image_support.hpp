#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// How programs and images of one CUDA release run on a driver and its GPUs.
struct ImageSupport {
  std::string release;
  CudaSupport support = CudaSupport::none;
  std::optional<std::string> driver_floor;  // what full support would need
  std::optional<Conflict> no_code;          // its libraries have no code for a GPU

  bool operator==(const ImageSupport&) const = default;
};

// Every CUDA release of the catalog, oldest first, by the rules the resolver chooses with. Of a release its newest
// update counts whose driver floor is known; where none is known, what is told is the least that holds.
std::vector<ImageSupport> image_support(const Catalog& catalog, const std::string& driver_version,
                                        const std::vector<Gpu>& gpus);

}  // namespace nvprov
