#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "host/http_client.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/network.hpp"
#include "plan/make_plan.hpp"

namespace nvprov {

// Whose packages are to be reached, and how.
struct SetupQuestion {
  const HostFacts& facts;
  const Catalog& catalog;
  const Distro& distro;
  const PackageSource& source;
  const std::vector<std::string>& prerequisites;  // of the source, ids
  const NetworkSettings& network;
  bool offline = false;  // keys that would have to be fetched stay empty
};

// What the target lacks to reach a source's packages: keys (carried, or fetched and checked against their pins),
// repository files, switches. What is there already is used where nothing speaks against it. Reads the target and this
// machine; changes nothing. A key that is not the one pinned is an error of kind not_trusted.
Result<SourceSetup> source_setup(const HostView& target, const HostView& machine, HttpClient& http,
                                 const SetupQuestion& question);

// The same of NVIDIA Container Toolkit's repository alone; entries of those it took the place of are moved aside.
Result<SourceSetup> toolkit_setup(const Repository& repository, const ContainerToolkit& toolkit, const HostView& target,
                                  const HostView& machine, HttpClient& http, const SetupQuestion& question);

}  // namespace nvprov
