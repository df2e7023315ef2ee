#include "explain/here.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

bool wants_driver_here(const ProfilePart& part, const HostFacts& facts) {
  return part.driver && !facts.environment.managed_by;
}

std::vector<std::string> components_wanted_here(const Profile& profile, const Here& here, const Catalog& catalog,
                                                const Request& request) {
  const ProfilePart& part = here.target == Target::image ? profile.image : profile.host;
  std::vector<std::string> wanted;
  if (wants_driver_here(part, here.facts)) {
    wanted.emplace_back("module");
    append_new(wanted, wanted_driver_components(here.facts, catalog, request));
  }
  append_new(wanted, part.cuda_components);
  return wanted;
}

ProfileHere profile_here(const Profile& profile, const Here& here, const Catalog& catalog, Request request) {
  request.profiles = {profile.id};
  request.target = here.target;
  ProfileHere result{.profile = profile.id, .components = {}, .resolution = std::nullopt, .refusal = {}};
  result.components = components_wanted_here(profile, here, catalog, request);
  auto resolution = resolve_without_remedies(here.facts, catalog, request, {});
  if (resolution)
    result.resolution = std::move(*resolution);
  else
    result.refusal = resolution.error().conflicts;
  return result;
}

}  // namespace

Here look_here(const HostFacts& facts, const Catalog& catalog, const Request& request) {
  Here here{.facts = facts,
            .target = decide_target(facts, request).value_or(Target::host),
            .distro = distro_of(facts, catalog),
            .profiles = {}};
  for (const Profile& profile : catalog.profiles)
    here.profiles.push_back(profile_here(profile, here, catalog, request));
  return here;
}

std::optional<DriverHere> driver_here(const Here& here) {
  if (here.facts.driver.loaded) return DriverHere{here.facts.driver.loaded->version, true, {}};
  if (here.facts.driver.library_version) return DriverHere{*here.facts.driver.library_version, true, {}};
  const ProfileHere* first = nullptr;
  for (const ProfileHere& each : here.profiles) {
    if (!each.resolution || !each.resolution->driver) continue;
    if (first == nullptr || each.profile == Request{}.profiles.front()) first = &each;
  }
  if (first == nullptr) return std::nullopt;
  return DriverHere{first->resolution->driver->version, false, first->profile};
}

std::vector<std::string> packages_of_component(const Distro& distro, std::string_view component) {
  std::vector<std::string> packages;
  const auto add = [&](const std::vector<ComponentPackages>& components) {
    for (const ComponentPackages& each : components)
      if (each.component == component) append_new(packages, each.packages);
  };
  for (const PackageSource& source : distro.package_sources) {
    for (const DriverPackageSet& set : source.package_sets) add(set.components);
    for (const CudaOffer& offer : source.cuda) add(offer.components);
  }
  return packages;
}

}  // namespace nvprov
