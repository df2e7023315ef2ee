#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/plan.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What `--with` asks for of the driver itself ("video", "graphics"), in the order typed.
std::vector<std::string> asked_add_ons(const Request& request, const Catalog& catalog);

// Whether some packages of an add-on cannot be had at this driver release: the set has none, or the repository that was
// asked does not hold them.
bool is_add_on_missing(const std::string& add_on, const DriverPackageSet& set, const std::string& release,
                       const RepositoryMetadata& known, std::string_view architecture);

// That an add-on wants the open kernel module, where this one is another; nullopt where it does not mind.
std::optional<Conflict> add_on_wants_open_module(const std::string& add_on, const DriverPackageSet& set,
                                                 const std::string& flavour, const std::string& driver);

// That `--with` asks for what a source has not.
Conflict add_on_not_offered(const std::string& add_on, const PackageSource& source);

// The add-ons of a set that a driver comes without, with what they would add to the download.
std::vector<LeftOut> add_ons_left_out(const DriverPackageSet& set, const DriverChoice& choice,
                                      const RepositoryMetadata& known, std::string_view architecture);

}  // namespace nvprov
