#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// The engines to set up: those `--engine` names, else those found, less what is only another one's part. One that is
// named and not there comes from the host's repositories, where they hold it.
tl::expected<EngineAnswer, Conflict> container_engines(const HostFacts& facts, const ContainerToolkit& toolkit,
                                                       const Request& request, const RepositoryMetadata& metadata);

// What an engine says of itself in the version of its package: "5:28.2.2-1~debian.12~bookworm" is 28.2.2; nullopt where
// no package of the installation is there.
std::optional<std::string> installed_engine_version(const HostFacts& facts, const EngineInstallation& installation);

}  // namespace nvprov
