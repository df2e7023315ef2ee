#include "resolve/resolve.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/append.hpp"
#include "base/text.hpp"
#include "resolve/blockers.hpp"
#include "resolve/cuda_choice.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/driver_choice.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/kernel_headers.hpp"
#include "resolve/module_choice.hpp"
#include "resolve/offers.hpp"
#include "resolve/remedies.hpp"
#include "resolve/source_choice.hpp"

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
    for (const Distro& each : catalog.distros)
      if (!each.not_supported) known.push_back(each.id);
    return tl::unexpected(Refused{conflict(ConflictReason::unknown_distro, name, {}, join(known, ", "))});
  }
  if (distro->not_supported) {
    Conflict told = conflict(ConflictReason::distro_not_supported, distro->name, {}, *distro->not_supported);
    told.sources = distro->sources;
    return tl::unexpected(Refused{std::move(told)});
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
    if (chosen || component.part != "runtime") continue;
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

// A prebuilt module needs no headers.
bool is_built_here(const PackageSource& source, const DriverChoice& choice) {
  const DriverPackageSet* set = find_package_set(source, choice.package_set);
  if (set == nullptr) return false;
  return std::ranges::any_of(set->modules, [&](const ModulePackages& module) {
    return module.flavour == choice.flavour && module.build == "dkms" &&
           std::ranges::all_of(module.packages, [&](const std::string& name) {
             return std::ranges::find(choice.packages, name) != choice.packages.end();
           });
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
  if (driver.source == nullptr || driver.choice.module_name.empty()) return;
  if (!is_built_here(*driver.source, driver.choice)) {
    // A prebuilt module is for the kernel that boots next.
    if (!driver.choice.kept && !facts.kernel.installed.empty())
      resolution.kernels = {facts.kernel.installed.back().release};
    return;
  }
  HeadersAnswer headers = kernel_headers(facts, distro, metadata);
  resolution.kernels = headers.kernels;
  if (driver.choice.kept && has_module_everywhere(facts)) return;
  resolution.headers = headers.packages;
  append(resolution.notices, headers.notices);
  append(resolution.blockers, headers.blockers);
}

bool may_have_a_switch(const Gpu& gpu, const Catalog& catalog) {
  const FabricBoard* board = find_fabric_board(catalog, gpu.device_id);
  return board != nullptr && board->generation;
}

// A GPU named by a flag whose board exists with and without NVSwitch: the flag cannot tell.
void note_named_gpus(Resolution& resolution, const HostFacts& facts, const Catalog& catalog) {
  if (!facts.gpus_named || !facts.nvswitches.empty() || facts.gpus.size() < 2) return;
  const auto gpu = std::ranges::find_if(facts.gpus, [&](const Gpu& each) { return may_have_a_switch(each, catalog); });
  if (gpu != facts.gpus.end())
    resolution.notices.push_back(
        {.kind = NoticeKind::no_nvswitch_known, .subject = gpu->name, .other = {}, .limit = {}});
}

// What a host is asked about, for the functions below.
struct Question {
  const HostFacts& facts;
  const Catalog& catalog;
  const Distro& distro;
  const Request& request;
  const RepositoryMetadata& metadata;
};

// The resolution with this driver, or why no CUDA release goes with it.
tl::expected<Resolution, Refused> with_driver(Resolution resolution, const Question& question,
                                              const PackageSource& source, const DriverAnswer& driver) {
  const auto cuda = choose_cuda(question.facts, question.catalog, question.distro, source, question.request,
                                driver.choice.version, metadata_of(question.metadata, source));
  if (!cuda) return tl::unexpected(cuda.error());
  resolution.source = source.id;
  add_driver(resolution, driver, question.facts, question.distro, question.metadata);
  add_cuda(resolution, *cuda, question.metadata);
  note_named_gpus(resolution, question.facts, question.catalog);
  if (question.facts.nvlink_switch_manager)
    resolution.notices.push_back({.kind = NoticeKind::nvlink5_fabric,
                                  .subject = *question.facts.nvlink_switch_manager,
                                  .other = {},
                                  .limit = {}});
  return resolution;
}

tl::expected<Resolution, Refused> from_source(const Resolution& begun, const Question& question,
                                              const SourceOption& option,
                                              const std::vector<RejectedCandidate>& installed) {
  const auto drivers = suitable_drivers(question.facts, question.catalog, question.distro, *option.source,
                                        question.request, question.metadata);
  if (!drivers) return tl::unexpected(drivers.error());
  Refused first_refusal;
  for (const DriverAnswer& driver : *drivers) {
    auto resolution = with_driver(begun, question, *option.source, driver);
    if (resolution) {
      resolution->reasons.insert(resolution->reasons.begin(), option.reason);
      resolution->rejected.insert(resolution->rejected.begin(), installed.begin(), installed.end());
      return resolution;
    }
    if (first_refusal.empty()) first_refusal = resolution.error();
  }
  return tl::unexpected(std::move(first_refusal));
}

tl::expected<Resolution, Refused> resolve_with_driver(const Resolution& begun, const Question& question) {
  if (Refused conflicts = gpu_conflicts(question.facts, question.catalog); !conflicts.empty())
    return tl::unexpected(std::move(conflicts));
  const std::vector<SourceOption> options = source_options(question.facts, question.distro, question.request);
  const StayingDriver staying = staying_driver(question.facts, question.catalog, question.distro, question.request);
  Refused refused;
  if (staying.answer) {
    const PackageSource& source = staying.answer->source != nullptr ? *staying.answer->source : *options.front().source;
    if (auto resolution = with_driver(begun, question, source, *staying.answer))
      return resolution;
    else
      append(refused, resolution.error());
  }
  if (question.request.driver == "installed") {
    append(refused, staying.refusal);
    return tl::unexpected(std::move(refused));
  }
  for (const SourceOption& option : options) {
    auto resolution = from_source(begun, question, option, staying.rejected);
    if (resolution) return resolution;
    append(refused, resolution.error());
  }
  return tl::unexpected(std::move(refused));
}

tl::expected<Resolution, Refused> libraries_from(Resolution resolution, const Question& question,
                                                 const SourceOption& option) {
  const auto& facts = question.facts;
  resolution.source = option.source->id;
  std::optional<std::string> driver_version;
  if (question.request.target == Target::host && facts.driver.loaded) driver_version = facts.driver.loaded->version;
  if (question.request.target == Target::host && !driver_version && question.request.cuda == "auto") {
    resolution.notices.push_back(
        {.kind = NoticeKind::cuda_left_out_driver_unknown, .subject = {}, .other = {}, .limit = {}});
    return resolution;
  }
  const auto cuda = choose_cuda(facts, question.catalog, question.distro, *option.source, question.request,
                                driver_version, metadata_of(question.metadata, *option.source));
  if (!cuda) return tl::unexpected(cuda.error());
  add_cuda(resolution, *cuda, question.metadata);
  resolution.reasons.insert(resolution.reasons.begin(), option.reason);
  return resolution;
}

tl::expected<Resolution, Refused> resolve_without_driver(const Resolution& begun, const Question& question) {
  Refused refused;
  for (const SourceOption& option : source_options(question.facts, question.distro, question.request)) {
    auto resolution = libraries_from(begun, question, option);
    if (resolution) return resolution;
    append(refused, resolution.error());
  }
  return tl::unexpected(std::move(refused));
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
  const Question question{facts, catalog, **distro, request, metadata};
  auto answer = wants_driver(facts, catalog, request) ? resolve_with_driver(resolution, question)
                                                      : resolve_without_driver(resolution, question);
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

namespace {

bool has_placeholder(const std::string& name) { return contains(name, "{"); }

void add_names(std::set<std::string>& names, const std::vector<std::string>& packages) {
  for (const std::string& package : packages)
    if (!has_placeholder(package)) names.insert(package);
}

// Names of prebuilt modules hold the driver's release and the kernel.
void add_prebuilt(std::set<std::string>& names, const PackageSource& source, const DriverPackageSet& set,
                  const HostFacts& facts, const Distro& distro) {
  if (facts.kernel.installed.empty()) return;
  const std::string& kernel = facts.kernel.installed.back().release;
  for (const ModulePackages& module : set.modules) {
    if (module.build != "prebuilt") continue;
    for (const DriverOffer& offer : source.drivers)
      if (offer.package_set == set.id) add_names(names, module_packages(module, offer.version, kernel, facts, distro));
  }
}

void add_source(std::set<std::string>& names, const PackageSource& source, const HostFacts& facts,
                const Distro& distro) {
  for (const DriverPackageSet& set : source.package_sets) {
    add_names(names, set.driver_versioned);
    for (const ComponentPackages& component : set.components) add_names(names, component.packages);
    for (const ModulePackages& module : set.modules) add_names(names, module.packages);
    add_prebuilt(names, source, set, facts, distro);
  }
  for (const CudaOffer& offer : source.cuda)
    for (const ComponentPackages& component : offer.components) add_names(names, component.packages);
  add_names(names, source.https_prerequisites);
}

}  // namespace

std::vector<std::string> packages_of_interest(const Distro& distro, const HostFacts& facts,
                                              const std::vector<std::string>& silent_about) {
  std::set<std::string> names;
  for (const PackageSource& source : distro.package_sources)
    if (std::ranges::find(silent_about, source.id) == silent_about.end()) add_source(names, source, facts, distro);
  add_names(names, distro.hold_packages);
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
  if (facts.os->recognised_as) return find_distro(catalog, *facts.os->recognised_as);
  return find_distro_of(catalog, facts.os->id, facts.os->version_id);
}

}  // namespace nvprov
