#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"
#include "model/resolution.hpp"
#include "resolve/library_choice.hpp"

namespace nvprov {

// Whether a source is known to hold a library beside CUDA.
bool holds_library(const PackageSource& source, std::string_view library);

// The packages of a chosen release, each at its exact version, runtime ones first. nullopt where the release has none
// of this kind, its full version is not known, or its packages name the CUDA release they were built with and that is
// not known: then nothing can be named that is sure to be there.
std::optional<std::vector<PackageRequest>> library_packages(const CudaLibrary& library, const LibraryChoice& choice,
                                                            std::string_view kind, bool with_development);

}  // namespace nvprov
