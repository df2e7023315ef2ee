#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/resolution.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// nullopt where no profile asks for one. What is installed and whole stays unless it is below the security floor; else
// the newest release the repository holds, and never one below the floor. Where the engines of the host reach GPUs
// through CDI alone, the packages CDI needs are enough.
std::optional<tl::expected<ToolkitAnswer, Conflict>> container_toolkit(const HostFacts& facts, const Catalog& catalog,
                                                                       const Distro& distro, const Request& request,
                                                                       const RepositoryMetadata& metadata);

// The repository of the toolkit for this distribution's package manager; nullptr where there is none.
const Repository* toolkit_repository(const ContainerToolkit& toolkit, const Distro& distro);

}  // namespace nvprov
