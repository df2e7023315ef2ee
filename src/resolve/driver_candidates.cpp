#include "resolve/driver_candidates.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/version.hpp"
#include "resolve/driver_add_ons.hpp"
#include "resolve/fabric.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

void object(DriverCandidate& candidate, RequirementKind kind, std::string subject, Conflict conflict) {
  candidate.objections.push_back({{kind, std::move(subject)}, std::move(conflict)});
}

// --- rules: each names what stands in the way of one candidate ---

void rule_driver_selector(DriverCandidate& candidate, const Question& question) {
  const std::string& asked = question.request.driver;
  if (asked != "installed" && is_driver_asked_for(asked, *candidate.branch, candidate.offer->version)) return;
  object(candidate, RequirementKind::driver, asked,
         {.reason = asked == "installed" ? ConflictReason::no_installed_driver : ConflictReason::driver_not_offered,
          .subject = asked == "installed" ? "" : asked,
          .other = asked == "installed" ? "" : candidate.source->title,
          .limit = {},
          .sources = {}});
}

void rule_gpus_served(DriverCandidate& candidate, const Question& question) {
  for (const Gpu& gpu : question.lookups.gpus)
    if (auto conflict = gpu_not_served(gpu, *candidate.branch, question.catalog))
      object(candidate, RequirementKind::gpu, gpu.name, std::move(*conflict));
}

void rule_driver_reachable(DriverCandidate& candidate, const Question& question, const RepositoryMetadata& known) {
  if (auto conflict = offer_not_reachable(*candidate.offer, *candidate.source, question.distro, question.facts, known,
                                          candidate.packages))
    object(candidate, RequirementKind::repositories, {}, std::move(*conflict));
}

// Without it CUDA does not start on an NVSwitch board (error 802), and its version must equal the driver's.
void rule_fabric(DriverCandidate& candidate, const Question& question) {
  const std::string& fabric = question.lookups.fabric;
  if (fabric.empty()) return;
  for (const std::string& id : question.request.profiles) {
    const Profile* profile = find_profile(question.catalog, id);
    if (profile == nullptr) continue;
    for (const std::string& component : fabric_components(profile->host, question.facts, question.catalog))
      if (packages_of(candidate.set->components, {component}, question.facts.architecture).empty())
        object(candidate, RequirementKind::fabric, fabric,
               {.reason = ConflictReason::fabric_component_missing,
                .subject = fabric,
                .other = candidate.source->title,
                .limit = component,
                .sources = {}});
  }
}

void rule_add_ons(DriverCandidate& candidate, const Question& question, const RepositoryMetadata& known) {
  for (const std::string& add_on : question.lookups.add_ons) {
    if (is_add_on_missing(add_on, *candidate.set, candidate.offer->version, known, question.facts.architecture))
      object(candidate, RequirementKind::addition, add_on, add_on_not_offered(add_on, *candidate.source));
    if (auto conflict =
            add_on_wants_open_module(add_on, *candidate.set, candidate.module.flavour, candidate.offer->version))
      object(candidate, RequirementKind::addition, add_on, std::move(*conflict));
    append_new(candidate.packages, packages_of(candidate.set->components, {add_on}, question.facts.architecture));
  }
}

void rule_still_supported(DriverCandidate& candidate, const Question& question) {
  const auto& end = candidate.offer->end_of_support;
  if (!question.request.strict || support_class(end, question.facts.observed_on) != SupportClass::past) return;
  object(candidate, RequirementKind::strict, {},
         {.reason = ConflictReason::support_is_over,
          .subject = "driver branch " + candidate.offer->branch,
          .other = {},
          .limit = *end,
          .sources = candidate.offer->sources});
}

void judge(DriverCandidate& candidate, const Question& question, const RepositoryMetadata& known,
           const std::vector<std::string>& components) {
  rule_driver_selector(candidate, question);
  rule_gpus_served(candidate, question);
  rule_fabric(candidate, question);
  rule_still_supported(candidate, question);
  append(candidate.objections, candidate.module.objections);
  candidate.packages = candidate.module.packages;
  append(candidate.packages, packages_of(candidate.set->components, components, question.facts.architecture));
  rule_driver_reachable(candidate, question, known);
  rule_add_ons(candidate, question, known);
}

// `newest` asks for the release number alone; everything else for the support that is left.
bool is_better_offer(const DriverOffer& left, const DriverOffer& right, const Request& request,
                     const std::string& today) {
  if (request.driver != "newest") {
    const SupportClass left_class = support_class(left.end_of_support, today);
    const SupportClass right_class = support_class(right.end_of_support, today);
    if (left_class != right_class) return left_class < right_class;
    const std::string left_end = left.end_of_support.value_or("");
    const std::string right_end = right.end_of_support.value_or("");
    if (left_end != right_end) return left_end > right_end;
  }
  return compare_versions(left.version, right.version) > 0;
}

// Those for this kind of machine; what is made for others was never in question.
std::vector<const DriverOffer*> offers_best_first(const PackageSource& source, const Question& question) {
  std::vector<const DriverOffer*> offers;
  for (const DriverOffer& offer : source.drivers)
    if (std::ranges::find(offer.architectures, question.facts.architecture) != offer.architectures.end())
      offers.push_back(&offer);
  std::ranges::stable_sort(offers, [&](const DriverOffer* left, const DriverOffer* right) {
    return is_better_offer(*left, *right, question.request, question.facts.observed_on);
  });
  return offers;
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
    add(fabric_components(profile->host, facts, catalog));
  }
  return components;
}

DriverCandidates::DriverCandidates(const PackageSource& source, const Question& question)
    : source_(source),
      question_(question),
      known_(metadata_of(question.metadata, source)),
      components_(wanted_driver_components(question.facts, question.catalog, question.request)),
      offers_(offers_best_first(source, question)),
      judged_(offers_.size()) {}

const std::vector<DriverCandidate>& DriverCandidates::of(std::size_t release) const {
  if (!judged_[release]) judged_[release] = judged(*offers_[release]);
  return *judged_[release];
}

std::vector<DriverCandidate> DriverCandidates::judged(const DriverOffer& offer) const {
  std::vector<DriverCandidate> candidates;
  const DriverPackageSet* set = find_package_set(source_, offer.package_set);
  const DriverBranch* branch = find_branch(question_.catalog, offer.branch);
  if (set == nullptr || branch == nullptr) return candidates;  // refused when the catalog is loaded
  for (ModuleOption& module : module_options({source_, offer, *set, known_}, question_)) {
    DriverCandidate candidate;
    candidate.source = &source_;
    candidate.offer = &offer;
    candidate.set = set;
    candidate.branch = branch;
    candidate.module = std::move(module);
    judge(candidate, question_, known_, components_);
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

}  // namespace nvprov
