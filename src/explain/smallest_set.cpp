#include "explain/smallest_set.hpp"

#include <algorithm>

#include "base/append_new.hpp"
#include "resolve/described_host.hpp"
#include "resolve/named_gpus.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

const DistroArchitecture& architecture_of(const Distro& distro, const std::string& wanted) {
  const auto found = std::ranges::find(distro.architectures, wanted, &DistroArchitecture::arch);
  return found != distro.architectures.end() ? *found : distro.architectures.front();
}

SmallestSet set_from(const Resolution& resolution, SmallestSet set) {
  if (resolution.driver) {
    set.driver = resolution.driver->version;
    append_new(set.packages, resolution.driver->packages);
  }
  for (const CudaChoice& cuda : resolution.cuda) {
    set.cuda = cuda.release;
    append_new(set.packages, cuda.packages);
  }
  return set;
}

}  // namespace

std::vector<SmallestSet> smallest_sets(const Catalog& catalog, const Profile& profile, Target target,
                                       const std::vector<Gpu>& gpus, const std::string& architecture) {
  std::vector<SmallestSet> sets;
  for (const Distro& distro : catalog.distros)
    for (const PackageSource& source : distro.package_sources) {
      HostFacts facts = described_host(distro, architecture_of(distro, architecture).arch);
      facts.observed_on = catalog.date;
      facts.gpus = gpus;
      facts.gpus_named = true;
      Request request;
      request.profiles = {profile.id};
      request.source = source.id;
      request.target = target;
      SmallestSet set{
          .distro = distro.id, .source = source.id, .driver = {}, .cuda = {}, .packages = {}, .refusal = {}};
      const auto resolution = resolve_without_remedies(facts, catalog, request, {});
      if (resolution)
        sets.push_back(set_from(*resolution, std::move(set)));
      else {
        set.refusal = resolution.error().conflicts;
        sets.push_back(std::move(set));
      }
    }
  return sets;
}

std::vector<Gpu> example_gpu(const Catalog& catalog) {
  for (const GpuArchitecture& architecture : catalog.architectures) {
    if (architecture.last_driver_branch) continue;
    for (const GpuModel& model : catalog.gpus)
      if (model.architecture == architecture.name && model.compute_capability)
        return name_devices({"10de:" + model.device_id}, catalog).value_or(NamedDevices{}).gpus;
  }
  return {};
}

}  // namespace nvprov
