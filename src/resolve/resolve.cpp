#include "resolve/resolve.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "resolve/blockers.hpp"
#include "resolve/cuda_choice.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/driver_choice.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/kernel_headers.hpp"
#include "resolve/offers.hpp"
#include "resolve/remedies.hpp"

namespace nvprov {
namespace {

using Refused = std::vector<Conflict>;

Conflict conflict(ConflictReason reason, std::string subject = {}, std::string other = {}, std::string limit = {}) {
  return {.reason = reason,
          .subject = std::move(subject),
          .other = std::move(other),
          .limit = std::move(limit),
          .sources = {}};
}

template <class T>
void append(std::vector<T>& list, const std::vector<T>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

// Conflicts that differ only in what they are held against (five releases of one branch) become one.
std::vector<Conflict> merged(const std::vector<Conflict>& conflicts) {
  std::vector<Conflict> result;
  for (const Conflict& each : conflicts) {
    const auto same = std::ranges::find_if(result, [&](const Conflict& other) {
      return other.reason == each.reason && other.subject == each.subject && other.limit == each.limit;
    });
    if (same == result.end()) {
      result.push_back(each);
      continue;
    }
    const std::vector<std::string> known = split(replace_all(same->other, ", ", ","), ',');
    if (std::ranges::find(known, each.other) == known.end()) same->other += ", " + each.other;
  }
  return result;
}

bool wants_driver(const HostFacts& facts, const Catalog& catalog, const Request& request) {
  if (request.target == Target::image || facts.environment.managed_by) return false;
  return std::ranges::any_of(request.profiles, [&](const std::string& id) {
    const Profile* profile = find_profile(catalog, id);
    return profile != nullptr && profile->host.driver;
  });
}

// GPUs of the machine nvprov runs on say nothing about the machines an image will run on, unless a flag names them.
HostFacts facts_for_target(const HostFacts& facts, const Request& request) {
  HostFacts used = facts;
  if (request.target == Target::image && !facts.gpus_named) used.gpus.clear();
  return used;
}

tl::expected<const Distro*, Refused> known_distro(const HostFacts& facts, const Catalog& catalog,
                                                  const Request& request) {
  const Distro* distro = distro_of(facts, catalog);
  if (distro == nullptr) {
    const std::string name = !facts.os ? "" : facts.os->name.empty() ? facts.os->id : facts.os->name;
    std::vector<std::string> known;
    for (const Distro& each : catalog.distros) known.push_back(each.id);
    return tl::unexpected(Refused{conflict(ConflictReason::unknown_distro, name, {}, join(known, ", "))});
  }
  const bool known_architecture = std::ranges::any_of(
      distro->architectures, [&](const DistroArchitecture& each) { return each.arch == facts.architecture; });
  if (!known_architecture)
    return tl::unexpected(
        Refused{conflict(ConflictReason::unsupported_architecture, distro->name, facts.architecture)});
  if (allowed_sources(*distro, request).empty())
    return tl::unexpected(Refused{conflict(ConflictReason::source_unknown, request.source, distro->name)});
  return distro;
}

Refused gpu_conflicts(const HostFacts& facts, const Catalog& catalog) {
  if (facts.gpus.empty()) return {conflict(ConflictReason::no_gpu)};
  Refused conflicts;
  for (const Gpu& gpu : distinct_gpus(facts.gpus))
    if (!gpu.architecture) conflicts.push_back(conflict(ConflictReason::unknown_gpu, "10de:" + gpu.device_id));
  if (!conflicts.empty()) return conflicts;
  return excluding_pairs(facts.gpus, catalog);
}

void add_cuda(Resolution& resolution, const CudaAnswer& cuda, const RepositoryMetadata& metadata) {
  resolution.cuda = cuda.choice;
  append(resolution.reasons, cuda.reasons);
  append(resolution.rejected, cuda.rejected);
  append(resolution.notices, cuda.notices);
  if (!cuda.choice || cuda.offer == nullptr) return;
  for (const ComponentPackages& component : cuda.offer->components) {
    const bool chosen = std::ranges::any_of(component.packages, [&](const std::string& package) {
      return std::ranges::find(cuda.choice->packages, package) != cuda.choice->packages.end();
    });
    if (chosen) continue;
    LeftOut left_out{.component = component.component,
                     .packages = component.packages,
                     .ask = "--libraries " + component.component,
                     .download_bytes = std::nullopt};
    for (const PackageOffer& offer : metadata.offers)
      if (offer.candidate && std::ranges::find(component.packages, offer.name) != component.packages.end())
        left_out.download_bytes = left_out.download_bytes.value_or(0) + offer.download_bytes;
    resolution.left_out.push_back(std::move(left_out));
  }
}

bool has_module_everywhere(const HostFacts& facts) {
  return std::ranges::all_of(facts.kernel.installed, [&](const InstalledKernel& kernel) {
    return std::ranges::any_of(facts.kernel.modules_of_nvidia,
                               [&](const std::string& module) { return module.starts_with(kernel.release + ": "); });
  });
}

void add_driver(Resolution& resolution, const DriverAnswer& driver, const HostFacts& facts, const Distro& distro,
                const RepositoryMetadata& metadata) {
  resolution.driver = driver.choice;
  append(resolution.reasons, driver.reasons);
  append(resolution.rejected, driver.rejected);
  append(resolution.notices, driver.notices);
  append(resolution.blockers, driver_blockers(facts, driver.choice));
  append(resolution.notices, driver_notices(facts, driver.choice));
  const bool is_ours_to_build = driver.source != nullptr && !driver.choice.module_name.empty();
  if (!is_ours_to_build) return;
  HeadersAnswer headers = kernel_headers(facts, distro, metadata);
  resolution.kernels = headers.kernels;
  if (driver.choice.kept && has_module_everywhere(facts)) return;
  resolution.headers = headers.packages;
  append(resolution.notices, headers.notices);
  append(resolution.blockers, headers.blockers);
}

// A GPU named by a flag whose board exists with and without NVSwitch: the flag cannot tell.
void note_named_gpus(Resolution& resolution, const HostFacts& facts) {
  if (!facts.gpus_named || !facts.nvswitches.empty() || facts.gpus.size() < 2) return;
  resolution.notices.push_back(
      {.kind = NoticeKind::no_nvswitch_known, .subject = facts.gpus.front().name, .other = {}, .limit = {}});
}

tl::expected<Resolution, Refused> resolve_with_driver(Resolution resolution, const HostFacts& facts,
                                                      const Catalog& catalog, const Distro& distro,
                                                      const Request& request, const RepositoryMetadata& metadata) {
  if (Refused conflicts = gpu_conflicts(facts, catalog); !conflicts.empty())
    return tl::unexpected(std::move(conflicts));
  const auto drivers = suitable_drivers(facts, catalog, distro, request, metadata);
  if (!drivers) return tl::unexpected(drivers.error());
  Refused first_refusal;
  for (const DriverAnswer& driver : *drivers) {
    const PackageSource& source = driver.source != nullptr ? *driver.source : *allowed_sources(distro, request).front();
    const auto cuda = choose_cuda(facts, catalog, distro, source, request, driver.choice.version, metadata);
    if (!cuda) {
      if (first_refusal.empty()) first_refusal = cuda.error();
      continue;
    }
    resolution.source = source.id;
    add_driver(resolution, driver, facts, distro, metadata);
    add_cuda(resolution, *cuda, metadata);
    note_named_gpus(resolution, facts);
    return resolution;
  }
  return tl::unexpected(std::move(first_refusal));
}

tl::expected<Resolution, Refused> resolve_without_driver(Resolution resolution, const HostFacts& facts,
                                                         const Catalog& catalog, const Distro& distro,
                                                         const Request& request, const RepositoryMetadata& metadata) {
  const PackageSource& source = *allowed_sources(distro, request).front();
  resolution.source = source.id;
  std::optional<std::string> driver_version;
  if (request.target == Target::host && facts.driver.loaded) driver_version = facts.driver.loaded->version;
  if (request.target == Target::host && !driver_version && request.cuda == "auto") {
    resolution.notices.push_back(
        {.kind = NoticeKind::cuda_left_out_driver_unknown, .subject = {}, .other = {}, .limit = {}});
    return resolution;
  }
  const auto cuda = choose_cuda(facts, catalog, distro, source, request, driver_version, metadata);
  if (!cuda) return tl::unexpected(cuda.error());
  add_cuda(resolution, *cuda, metadata);
  return resolution;
}

tl::expected<Resolution, Unsatisfiable> resolve_once(const HostFacts& all_facts, const Catalog& catalog,
                                                     const Request& request, const RepositoryMetadata& metadata) {
  const HostFacts facts = facts_for_target(all_facts, request);
  const auto distro = known_distro(facts, catalog, request);
  if (!distro) return tl::unexpected(Unsatisfiable{.conflicts = distro.error(), .remedies = {}});
  Resolution resolution;
  resolution.distro = (*distro)->id;
  resolution.profiles = request.profiles;
  resolution.target = request.target.value_or(Target::host);
  resolution.notices = host_notices(facts);
  resolution.blockers = package_blockers(facts);
  auto answer = wants_driver(facts, catalog, request)
                    ? resolve_with_driver(std::move(resolution), facts, catalog, **distro, request, metadata)
                    : resolve_without_driver(std::move(resolution), facts, catalog, **distro, request, metadata);
  if (!answer) return tl::unexpected(Unsatisfiable{.conflicts = merged(answer.error()), .remedies = {}});
  return *answer;
}

}  // namespace

tl::expected<Resolution, Unsatisfiable> resolve(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                                const RepositoryMetadata& metadata) {
  auto answer = resolve_once(facts, catalog, request, metadata);
  if (answer) return answer;
  Unsatisfiable refusal = answer.error();
  refusal.remedies = find_remedies(
      facts, catalog, request, refusal, [&](const HostFacts& changed_facts, const Request& changed_request) {
        const bool other_distro = changed_facts.os != facts.os;
        return resolve_once(changed_facts, catalog, changed_request, other_distro ? RepositoryMetadata{} : metadata);
      });
  return tl::unexpected(std::move(refusal));
}

std::vector<std::string> packages_of_interest(const Distro& distro, const HostFacts& facts) {
  std::set<std::string> names;
  const auto add = [&](const std::vector<std::string>& packages) { names.insert(packages.begin(), packages.end()); };
  for (const PackageSource& source : distro.package_sources) {
    for (const DriverPackageSet& set : source.package_sets) {
      add(set.driver_versioned);
      for (const ComponentPackages& component : set.components) add(component.packages);
      for (const ModulePackages& module : set.modules) add(module.packages);
    }
    for (const CudaOffer& offer : source.cuda)
      for (const ComponentPackages& component : offer.components) add(component.packages);
    add(source.https_prerequisites);
  }
  for (const KernelFlavour& flavour : distro.kernels) {
    names.insert(flavour.headers_package);
    for (const InstalledKernel& kernel : facts.kernel.installed) {
      if (!kernel.release.ends_with(flavour.release_suffix)) continue;
      const std::array<Placeholder, 1> values = {{{"kernel_release", kernel.release}}};
      if (const auto package = expand(flavour.exact_headers_package, values)) names.insert(*package);
    }
  }
  return {names.begin(), names.end()};
}

const Distro* distro_of(const HostFacts& facts, const Catalog& catalog) {
  if (!facts.os) return nullptr;
  const auto distro = std::ranges::find_if(catalog.distros, [&](const Distro& each) {
    return each.os_id == facts.os->id && each.version_id == facts.os->version_id;
  });
  return distro == catalog.distros.end() ? nullptr : &*distro;
}

}  // namespace nvprov
