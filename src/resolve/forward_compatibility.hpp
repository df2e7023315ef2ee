#pragma once

#include <string>
#include <string_view>

#include "model/catalog.hpp"
#include "model/facts.hpp"

namespace nvprov {

// What the compatibility package of a CUDA release is good for on an installed driver.
enum class CompatUse { works, not_needed, does_not_work, unknown };

// By the branch of the installed driver; `unknown` too where no package of that release is known.
CompatUse compat_use(const ForwardCompatibility& forward, std::string_view cuda, std::string_view branch);

// The package of a CUDA release: "cuda-compat-12-4"; "" where nothing is known of forward compatibility.
std::string compat_package(const ForwardCompatibility& forward, std::string_view cuda);

// Whether a GPU may load the libraries of a compatibility package; `some`: NVIDIA lets some of its kind and publishes
// no list of them.
enum class CompatGpu { eligible, some, not_eligible, unknown };

// By the product's name.
CompatGpu compat_gpu(const ForwardCompatibility& forward, std::string_view gpu_name);
// By the catalog's name of it where the catalog knows its PCI id, else by the host's.
CompatGpu compat_gpu(const Catalog& catalog, const Gpu& gpu);

}  // namespace nvprov
