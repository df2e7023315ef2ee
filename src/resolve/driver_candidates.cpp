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

void rule_module_flavour(DriverCandidate& candidate, const HostFacts& facts, const Catalog& catalog) {
  if (!candidate.conflicts.empty()) return;  // what drives no GPU needs no module
  FlavourChoice choice = choose_flavour(facts.gpus, candidate.offer->modules,
                                        candidate.source->title + ", driver " + candidate.offer->version, catalog);
  candidate.flavour = choice.flavour;
  candidate.module_rule = choice.reason_rule;
  candidate.conflicts.insert(candidate.conflicts.end(), choice.conflicts.begin(), choice.conflicts.end());
}

void rule_reachable(DriverCandidate& candidate, const Distro& distro, const HostFacts& facts,
                    const RepositoryMetadata& metadata) {
  if (auto conflict = offer_not_reachable(*candidate.offer, *candidate.source, distro, facts, metadata))
    candidate.conflicts.push_back(*conflict);
}

// Without it CUDA does not start on an NVSwitch board (error 802), and its version must equal the driver's.
void rule_fabric_manager(DriverCandidate& candidate, const HostFacts& facts, const Catalog& catalog,
                         const Request& request) {
  if (facts.nvswitches.empty()) return;
  for (const std::string& id : request.profiles) {
    const Profile* profile = find_profile(catalog, id);
    if (profile == nullptr) continue;
    for (const std::string& component : profile->host.nvswitch_components)
      if (packages_of(candidate.set->components, {component}).empty())
        candidate.conflicts.push_back({.reason = ConflictReason::fabric_manager_missing,
                                       .subject = facts.nvswitches.front().name,
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
  rule_module_flavour(candidate, facts, catalog);
  rule_fabric_manager(candidate, facts, catalog, request);
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

std::vector<DriverCandidate> driver_candidates(const HostFacts& facts, const Catalog& catalog, const Distro& distro,
                                               const Request& request, const RepositoryMetadata& metadata) {
  std::vector<DriverCandidate> candidates;
  for (const PackageSource* source : allowed_sources(distro, request)) {
    for (const DriverOffer& offer : source->drivers) {
      DriverCandidate candidate;
      candidate.source = source;
      candidate.offer = &offer;
      candidate.set = find_package_set(*source, offer.package_set);
      candidate.branch = find_branch(catalog, offer.branch);
      if (candidate.set == nullptr || candidate.branch == nullptr) continue;  // refused when the catalog is loaded
      candidates.push_back(judge(std::move(candidate), facts, catalog, distro, request, metadata));
    }
  }
  std::ranges::stable_sort(candidates, [&](const DriverCandidate& left, const DriverCandidate& right) {
    return is_better(left, right, request, facts.observed_on);
  });
  return candidates;
}

}  // namespace nvprov
