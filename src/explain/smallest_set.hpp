#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What a profile asks one source of one distribution for, as a plan would.
struct SmallestSet {
  std::string distro;
  std::string source;
  std::string driver;  // release; "" for an image
  std::string cuda;    // release; "" where none is chosen
  std::vector<std::string> packages;
  std::vector<Conflict> refusal;  // why there is no set

  bool operator==(const SmallestSet&) const = default;
};

// The set of every source of every distribution, resolved for these GPUs and this architecture (where a distribution
// has it, else its first). No kernel is known, so headers are not among the packages.
std::vector<SmallestSet> smallest_sets(const Catalog& catalog, const Profile& profile, Target target,
                                       const std::vector<Gpu>& gpus, const std::string& architecture);

// A GPU to show sets for where none is known: of the oldest architecture the newest driver branches still serve.
std::vector<Gpu> example_gpu(const Catalog& catalog);

}  // namespace nvprov
