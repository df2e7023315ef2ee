#pragma once

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/container_toolkit.hpp"
#include "model/facts.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"
#include "plan/make_plan.hpp"

namespace nvprov {

// Which engines are to be set up, and on which host.
struct EngineSetupQuestion {
  const HostFacts& facts;
  const ContainerToolkit& toolkit;
  const Request& request;
  const Resolution& resolution;
};

// What the engines' own files are to hold, and how the engines come to read it; nothing where they are so already.
// Reads the target, changes nothing. A file of theirs that is not valid, or that cannot be read, is an error of kind
// refused that names file and line.
Result<EngineSetup> engine_setup(const HostView& target, const EngineSetupQuestion& question);

}  // namespace nvprov
