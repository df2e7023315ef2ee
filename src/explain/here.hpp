#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What one profile comes to on the host asked about.
struct ProfileHere {
  std::string profile;
  std::vector<std::string> components;  // those it wants on this host or image; "module" stands for the kernel module
  std::optional<Resolution> resolution;
  std::vector<Conflict> refusal;  // why there is none

  bool operator==(const ProfileHere&) const = default;
};

// The host or image asked about, and what each profile of the catalog comes to on it.
struct Here {
  HostFacts facts;
  Target target = Target::host;
  const Distro* distro = nullptr;  // of the catalog; nullptr where it does not know it
  std::vector<ProfileHere> profiles;
};

// Resolves every profile for these facts. `request` names the target where the caller did; in doubt it is a host.
Here look_here(const HostFacts& facts, const Catalog& catalog, const Request& request);

// The driver programs here run on: what is loaded, else what is installed, else what a profile would choose.
struct DriverHere {
  std::string version;
  bool is_installed = false;
  std::string profile;  // that would choose it, where it is not installed

  bool operator==(const DriverHere&) const = default;
};
std::optional<DriverHere> driver_here(const Here& here);

// The packages of a component that sources of this distribution have, whatever the release.
std::vector<std::string> packages_of_component(const Distro& distro, std::string_view component);

}  // namespace nvprov
