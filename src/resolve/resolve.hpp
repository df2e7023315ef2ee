#pragma once

#include <tl/expected.hpp>

#include "base/result.hpp"
#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// Checks that everything the request names exists (profiles, CUDA releases, drivers, libraries), with suggestions, and
// replaces aliases by ids. The error kind is usage.
Result<Request> check_request(const Request& request, const Catalog& catalog);

// Host or image: as asked, else as the place looks. In doubt a usage error that names the flag.
Result<Target> decide_target(const HostFacts& facts, const Request& request);

// An image needs its CUDA release named; else a usage error with an example.
Status check_image_request(const Request& request, const Catalog& catalog, Target target);

// Chooses releases for all GPUs of the host together, by the rules of choice, or says why there is no choice.
// `request` has passed the checks above and names its target. Pure: the same arguments give the same answer. `metadata`
// narrows what the source offers, where it is known.
tl::expected<Resolution, Unsatisfiable> resolve(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                                const RepositoryMetadata& metadata);

// The same for who reads no more of a refusal than its facts: its remedies are not looked for, which are most of its
// cost.
tl::expected<Resolution, Unsatisfiable> resolve_without_remedies(const HostFacts& facts, const Catalog& catalog,
                                                                 const Request& request,
                                                                 const RepositoryMetadata& metadata);

// The names of every package a source of this distribution may be asked for or must hold, headers of the host's
// kernels included: what to look up. Sources of these ids are left out.
std::vector<std::string> packages_of_interest(const Catalog& catalog, const Distro& distro, const HostFacts& facts,
                                              const std::vector<std::string>& silent_about);

// The distribution record of these facts, or nullptr.
const Distro* distro_of(const HostFacts& facts, const Catalog& catalog);

}  // namespace nvprov
