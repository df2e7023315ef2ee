#pragma once

#include <string>
#include <string_view>

#include "model/forward_compatibility.hpp"

namespace nvprov {

// What the compatibility package of a CUDA release is good for on an installed driver.
enum class CompatUse { works, not_needed, does_not_work, unknown };

// By the branch of the installed driver; `unknown` too where no package of that release is known.
CompatUse compat_use(const ForwardCompatibility& forward, std::string_view cuda, std::string_view branch);

// The package of a CUDA release: "cuda-compat-12-4"; "" where nothing is known of forward compatibility.
std::string compat_package(const ForwardCompatibility& forward, std::string_view cuda);

}  // namespace nvprov
