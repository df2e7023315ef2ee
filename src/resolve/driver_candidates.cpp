#include "resolve/driver_candidates.hpp"

#include <algorithm>

#include "base/version.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

// --- rules: each names what stands in the way of one candidate ---

void rule_selector(DriverCandidate& candidate, const Request& request) {
  if (is_driver_asked_for(request.driver, *candidate.branch, candidate.offer->version)) return;
  candidate.conflicts.push_back({.reason = ConflictReason::driver_not_offered,
                                 .subject = request.driver,
                                 .other = candidate.source->title,
                                 .limit = {},
                                 .sources = {}});
}

void rule_architecture(DriverCandidate& candidate, const HostFacts& facts) {
  const auto& architectures = candidate.offer->architectures;
  if (std::ranges::find(architectures, facts.architecture) != architectures.end()) return;
  candidate.conflicts.push_back({.reason = ConflictReason::unsupported_architecture,
                                 .subject = candidate.source->title + ", driver " + candidate.offer->version,
                                 .other = facts.architecture,
                                 .limit = {},
                                 .sources = candidate.offer->sources});
}

void rule_gpus_served(DriverCandidate& candidate, const HostFacts& facts, const Catalog& catalog) {
  for (const Gpu& gpu : distinct_gpus(facts.gpus))
    if (auto conflict = gpu_not_served(gpu, *candidate.branch, catalog)) candidate.conflicts.push_back(*conflict);
}

void rule_module(DriverCandidate& candidate, const HostFacts& facts, const Catalog& catalog, const Distro& distro,
                 const RepositoryMetadata& metadata) {
  if (!candidate.conflicts.empty()) return;  // what drives no GPU needs no module
  candidate.module =
      choose_module(*candidate.set, *candidate.offer, *candidate.source, distro, facts, catalog, metadata);
  candidate.conflicts.insert(candidate.conflicts.end(), candidate.module.conflicts.begin(),
                             candidate.module.conflicts.end());
}

void rule_reachable(DriverCandidate& candidate, const Distro& distro, const HostFacts& facts,
                    const RepositoryMetadata& metadata) {
  if (auto conflict =
          offer_not_reachable(*candidate.offer, *candidate.source, distro, facts, metadata, candidate.packages))
    candidate.conflicts.push_back(*conflict);
}

// What shows that the host has a fabric to manage: "NVSwitch", or the device that manages NVLink 5 switches.
std::string fabric_of(const HostFacts& facts) {
  if (!facts.nvswitches.empty()) return facts.nvswitches.front().name;
  return facts.nvlink_switch_manager.value_or("");
}

// Without it CUDA does not start on an NVSwitch board (error 802), and its version must equal the driver's.
void rule_fabric_manager(DriverCandidate& candidate, const HostFacts& facts, const Catalog& catalog,
                         const Request& request) {
  const std::string fabric = fabric_of(facts);
  if (fabric.empty()) return;
  for (const std::string& id : request.profiles) {
    const Profile* profile = find_profile(catalog, id);
    if (profile == nullptr) continue;
    const auto& components =
        facts.nvlink_switch_manager ? profile->host.nvlink5_components : profile->host.nvswitch_components;
    for (const std::string& component : components)
      if (packages_of(candidate.set->components, {component}).empty())
        candidate.conflicts.push_back({.reason = ConflictReason::fabric_manager_missing,
                                       .subject = fabric,
                                       .other = candidate.source->title,
                                       .limit = {},
                                       .sources = {}});
  }
}

DriverCandidate judge(DriverCandidate candidate, const HostFacts& facts, const Catalog& catalog, const Distro& distro,
                      const Request& request, const RepositoryMetadata& metadata) {
  rule_selector(candidate, request);
  rule_architecture(candidate, facts);
  rule_gpus_served(candidate, facts, catalog);
  rule_module(candidate, facts, catalog, distro, metadata);
  rule_fabric_manager(candidate, facts, catalog, request);
  candidate.packages = candidate.module.packages;
  for (std::string& name : packages_of(candidate.set->components, wanted_driver_components(facts, catalog, request)))
    candidate.packages.push_back(std::move(name));
  rule_reachable(candidate, distro, facts, metadata);
  return candidate;
}

// `newest` asks for the release number alone; everything else for the support that is left.
bool is_better(const DriverCandidate& left, const DriverCandidate& right, const Request& request,
               const std::string& today) {
  if (left.conflicts.empty() != right.conflicts.empty()) return left.conflicts.empty();
  if (request.driver != "newest") {
    const SupportClass left_class = support_class(left.offer->end_of_support, today);
    const SupportClass right_class = support_class(right.offer->end_of_support, today);
    if (left_class != right_class) return left_class < right_class;
    const std::string left_end = left.offer->end_of_support.value_or("");
    const std::string right_end = right.offer->end_of_support.value_or("");
    if (left_end != right_end) return left_end > right_end;
  }
  return compare_versions(left.offer->version, right.offer->version) > 0;
}

}  // namespace

SupportClass support_class(const std::optional<std::string>& end_of_support, const std::string& today) {
  if (!end_of_support) return SupportClass::unknown;
  return *end_of_support < today ? SupportClass::past : SupportClass::current;
}

bool is_driver_asked_for(const std::string& selector, const DriverBranch& branch, const std::string& version) {
  if (selector == "auto" || selector == "newest" || selector == "installed") return true;
  if (selector == "lts") return branch.type == "long-term";
  if (selector == "production") return branch.type == "production";
  return selector == branch.branch || selector == version;
}

std::vector<const PackageSource*> allowed_sources(const Distro& distro, const Request& request) {
  std::vector<const PackageSource*> sources;
  for (const PackageSource& source : distro.package_sources)
    if (request.source == "auto" || request.source == source.id) sources.push_back(&source);
  return sources;
}

std::vector<std::string> wanted_driver_components(const HostFacts& facts, const Catalog& catalog,
                                                  const Request& request) {
  std::vector<std::string> components;
  const auto add = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names)
      if (std::ranges::find(components, name) == components.end()) components.push_back(name);
  };
  for (const std::string& id : request.profiles) {
    const Profile* profile = find_profile(catalog, id);
    if (profile == nullptr) continue;
    add(profile->host.driver_components);
    if (!facts.nvswitches.empty()) add(profile->host.nvswitch_components);
    if (facts.nvlink_switch_manager) add(profile->host.nvlink5_components);
  }
  return components;
}

std::vector<DriverCandidate> driver_candidates(const HostFacts& facts, const Catalog& catalog, const Distro& distro,
                                               const PackageSource& source, const Request& request,
                                               const RepositoryMetadata& metadata) {
  const RepositoryMetadata known = metadata_of(metadata, source);
  std::vector<DriverCandidate> candidates;
  for (const DriverOffer& offer : source.drivers) {
    DriverCandidate candidate;
    candidate.source = &source;
    candidate.offer = &offer;
    candidate.set = find_package_set(source, offer.package_set);
    candidate.branch = find_branch(catalog, offer.branch);
    if (candidate.set == nullptr || candidate.branch == nullptr) continue;  // refused when the catalog is loaded
    candidates.push_back(judge(std::move(candidate), facts, catalog, distro, request, known));
  }
  std::ranges::stable_sort(candidates, [&](const DriverCandidate& left, const DriverCandidate& right) {
    return is_better(left, right, request, facts.observed_on);
  });
  return candidates;
}

}  // namespace nvprov
