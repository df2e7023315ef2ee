#include "resolve/resolve.hpp"

#include <algorithm>
#include <functional>

#include "base/append.hpp"
#include "base/text.hpp"
#include "resolve/additions.hpp"
#include "resolve/blockers.hpp"
#include "resolve/container_toolkit.hpp"
#include "resolve/driver_add_ons.hpp"
#include "resolve/default_cuda.hpp"
#include "resolve/fabric.hpp"
#include "resolve/gpu_rules.hpp"
#include "resolve/host_kernel.hpp"
#include "resolve/kernel_headers.hpp"
#include "resolve/known_obstacle.hpp"
#include "resolve/losses.hpp"
#include "resolve/offers.hpp"
#include "resolve/refusal.hpp"
#include "resolve/remedies.hpp"
#include "resolve/stacks.hpp"

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

bool wants_driver(const HostFacts& facts, const Catalog& catalog, const Request& request) {
  if (request.target == Target::image || facts.environment.managed_by) return false;
  return std::ranges::any_of(request.profiles, [&](const std::string& id) {
    const Profile* profile = find_profile(catalog, id);
    return profile != nullptr && profile->host.driver;
  });
}

// GPUs of the machine nvprov runs on say nothing about the machines an image will run on, unless a flag names them.
bool are_gpus_beside_the_point(const HostFacts& facts, const Request& request) {
  return request.target == Target::image && !facts.gpus_named && !facts.gpus.empty();
}

HostFacts without_gpus(const HostFacts& facts) {
  HostFacts without = facts;
  without.gpus.clear();
  return without;
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
  if (distro->package_sources.empty())
    return tl::unexpected(Refused{conflict(ConflictReason::source_unknown, request.source, distro->name)});
  return distro;
}

// The flag that asks for a component a plan leaves out; "" where none does, or nothing would come of it.
std::string flag_for(const ComponentPackages& component, const CudaOffer& offer, const Question& question) {
  if (!is_made_for(component, question.facts.architecture)) return {};
  if (component.part == "runtime") return "--libraries " + component.component;
  const bool is_tool = component.part == "tools" && builds_programs(question.catalog, question.request.profiles);
  const Target target = question.request.target.value_or(Target::host);
  if (!is_tool || known_obstacle(question.distro, offer, component.component, target, question.facts.architecture))
    return {};
  return "--tools " + component.component;
}

std::vector<LeftOut> left_out_of(const CudaChoice& choice, const CudaOffer& offer, const Question& question) {
  std::vector<LeftOut> all;
  for (const ComponentPackages& component : offer.components) {
    const bool is_chosen = std::ranges::any_of(component.packages, [&](const std::string& package) {
      return std::ranges::find(choice.packages, package) != choice.packages.end();
    });
    std::string flag = is_chosen ? std::string() : flag_for(component, offer, question);
    if (flag.empty()) continue;
    LeftOut left_out{.component = component.component,
                     .packages = component.packages,
                     .ask = std::move(flag),
                     .download_bytes = std::nullopt};
    for (const PackageOffer& each : question.metadata.offers)
      if (each.candidate && std::ranges::find(component.packages, each.name) != component.packages.end())
        left_out.download_bytes = left_out.download_bytes.value_or(0) + each.download_bytes;
    all.push_back(std::move(left_out));
  }
  return all;
}

// Of two that are the same packages the first stands: only one version of a package can be there.
void add_additions(Resolution& resolution, const std::vector<AdditionChoice>& additions) {
  for (const AdditionChoice& addition : additions) {
    const bool is_there = std::ranges::any_of(resolution.additions, [&](const AdditionChoice& other) {
      return other.packages.front().name == addition.packages.front().name;
    });
    if (!is_there) resolution.additions.push_back(addition);
  }
}

// Two requests that come to the same release are one.
void add_cuda(Resolution& resolution, const CudaAnswer& cuda, const Question& question) {
  append(resolution.notices, cuda.notices);
  if (cuda.choice &&
      std::ranges::find(resolution.cuda, cuda.choice->release, &CudaChoice::release) != resolution.cuda.end())
    return;
  append(resolution.reasons, cuda.reasons);
  append(resolution.rejected, cuda.rejected);
  if (!cuda.choice) return;
  resolution.cuda.push_back(*cuda.choice);
  add_additions(resolution, cuda.additions);
  append(resolution.left_out, left_out_of(*cuda.choice, *cuda.offer, question));
}

bool has_module_everywhere(const HostFacts& facts) {
  return std::ranges::all_of(facts.kernel.installed, [&](const InstalledKernel& kernel) {
    return has_nvidia_module(facts.kernel, kernel.release);
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

void add_driver(Resolution& resolution, const DriverAnswer& driver, const Question& question) {
  const HostFacts& facts = question.facts;
  resolution.driver = driver.choice;
  append(resolution.reasons, driver.reasons);
  append(resolution.rejected, driver.rejected);
  append(resolution.alternatives, driver.alternatives);
  append(resolution.notices, driver.notices);
  append(resolution.blockers, driver_blockers(facts, driver.choice));
  append(resolution.notices, driver_notices(facts, driver.choice));
  if (driver.source == nullptr) return;
  if (const DriverPackageSet* set = find_package_set(*driver.source, driver.choice.package_set))
    append(resolution.left_out, add_ons_left_out(*set, driver.choice, metadata_of(question.metadata, *driver.source), facts.architecture));
  if (driver.choice.module_name.empty()) return;
  if (!is_built_here(*driver.source, driver.choice)) {
    // A prebuilt module is for the kernel that boots next.
    if (!driver.choice.kept && !facts.kernel.installed.empty())
      resolution.kernels = {facts.kernel.installed.back().release};
    return;
  }
  HeadersAnswer headers = kernel_headers(facts, question.distro, question.metadata);
  resolution.kernels = headers.kernels;
  if (driver.choice.kept && has_module_everywhere(facts)) return;
  resolution.headers = headers.packages;
  append(resolution.notices, headers.notices);
  append(resolution.blockers, headers.blockers);
}

bool may_have_a_switch(const Gpu& gpu, const Catalog& catalog) {
  const FabricGeneration* generation = board_generation(gpu, catalog);
  return generation != nullptr && !generation->switches_apart;
}

// A GPU named by a flag whose board exists with and without NVSwitch: the flag cannot tell.
void note_named_gpus(Resolution& resolution, const HostFacts& facts, const Catalog& catalog) {
  if (!facts.gpus_named || !facts.nvswitches.empty() || facts.gpus.size() < 2) return;
  const auto gpu = std::ranges::find_if(facts.gpus, [&](const Gpu& each) { return may_have_a_switch(each, catalog); });
  if (gpu != facts.gpus.end())
    resolution.notices.push_back(
        {.kind = NoticeKind::no_nvswitch_known, .subject = gpu->name, .other = {}, .limit = {}});
}

// For each request for CUDA the best that nothing stands in the way of; nullopt where one has none.
std::optional<std::vector<const CudaCandidate*>> fitting_cuda(const std::vector<std::vector<CudaCandidate>>& options) {
  std::vector<const CudaCandidate*> chosen;
  for (const std::vector<CudaCandidate>& each : options) {
    const auto fits =
        std::ranges::find_if(each, [](const CudaCandidate& candidate) { return candidate.objections.empty(); });
    if (fits == each.end()) return std::nullopt;
    chosen.push_back(&*fits);
  }
  return chosen;
}

// Why the installed driver is not kept.
std::optional<RejectedCandidate> rejected_installed(const Stack& stack, const Question& question) {
  if (stack.installed == nullptr) return std::nullopt;
  if (stack.installed->broken) return stack.installed->broken;
  if (!stack.installed->answer) return std::nullopt;
  const std::string name = "installed driver " + stack.installed->answer->choice.version;
  if (!stack.installed->objections.empty())
    return RejectedCandidate{.subject = name, .conflict = stack.installed->objections.front().conflict};
  Stack kept = stack;
  kept.driver_version = stack.installed->answer->choice.version;
  for (const std::vector<CudaCandidate>& options : cuda_of(kept, question, CudaLook::all))
    if (!options.back().objections.empty())
      return RejectedCandidate{.subject = name, .conflict = options.back().objections.front().conflict};
  return std::nullopt;
}

void add_stack(Resolution& resolution, const Stack& stack, const Question& question) {
  resolution.source = stack.source->id;
  if (stack.source_reason) resolution.reasons.push_back(*stack.source_reason);
  if (stack.staying != nullptr) add_driver(resolution, *stack.staying, question);
  if (stack.candidate == nullptr) return;
  if (auto rejected = rejected_installed(stack, question)) resolution.rejected.push_back(std::move(*rejected));
  add_driver(resolution, take_driver(*stack.candidate, *stack.candidates, question), question);
}

// The resolution a stack gives, unless something stands in its way.
std::optional<Resolution> resolution_of(const Resolution& begun, const Stack& stack, const Question& question) {
  if (!stack.objections.empty()) return std::nullopt;
  const auto options = cuda_of(stack, question, CudaLook::until_one_fits);
  const auto cuda = fitting_cuda(options);
  if (!cuda) return std::nullopt;
  Resolution resolution = begun;
  add_stack(resolution, stack, question);
  for (std::size_t i = 0; i < cuda->size(); ++i)
    add_cuda(resolution,
             take_cuda(*(*cuda)[i], question, *stack.source, question.request.cuda[i], stack.driver_version), question);
  return resolution;
}

// What of the machine the reader must know, whatever is chosen for it.
void note_fabric(Resolution& resolution, const Question& question) {
  if (!resolution.driver) return;
  note_named_gpus(resolution, question.facts, question.catalog);
  if (question.facts.nvlink_switch_manager)
    resolution.notices.push_back({.kind = NoticeKind::nvlink5_fabric,
                                  .subject = *question.facts.nvlink_switch_manager,
                                  .other = {},
                                  .limit = {}});
  else if (question.facts.nvswitches.empty() && !question.lookups.fabric.empty())
    resolution.notices.push_back(
        {.kind = NoticeKind::rack_fabric, .subject = question.lookups.fabric, .other = {}, .limit = {}});
}

void add_toolkit(Resolution& resolution, const ToolkitAnswer& toolkit) {
  resolution.container_toolkit = toolkit.choice;
  resolution.engines = toolkit.engines.choices;
  if (toolkit.reason) resolution.reasons.push_back(*toolkit.reason);
  append(resolution.rejected, toolkit.rejected);
  append(resolution.notices, toolkit.notices);
  append(resolution.notices, toolkit.engines.notices);
}

Resolution begin(const Question& question) {
  Resolution resolution;
  resolution.distro = question.distro.id;
  resolution.profiles = question.request.profiles;
  resolution.target = question.request.target.value_or(Target::host);
  resolution.notices = host_notices(question.facts);
  const auto& end = question.distro.end_of_life;
  if (end && *end < question.facts.observed_on)
    resolution.notices.push_back(
        {.kind = NoticeKind::distro_support_past, .subject = question.distro.name, .other = {}, .limit = *end});
  resolution.blockers = package_blockers(question.facts);
  if (question.lookups.toolkit) add_toolkit(resolution, *question.lookups.toolkit);
  return resolution;
}

// The best of these stacks that nothing stands in the way of.
std::optional<Resolution> best_of(const Stacks& stacks, const Question& question) {
  const Resolution begun = begin(question);
  std::optional<Resolution> best;
  stacks.visit([&](const Stack& stack) {
    best = resolution_of(begun, stack, question);
    return best.has_value();
  });
  if (!best) return best;
  note_fabric(*best, question);
  best->losses = losses_of(*best, question);
  return best;
}

Lookups look_up(const Question& question) {
  return {.gpus = distinct_gpus(question.facts.gpus),
          .kernel = next_host_kernel(question.facts, question.distro),
          .fabric = fabric_of(question.facts, question.catalog),
          .add_ons = asked_add_ons(question.request, question.catalog),
          .additions = {},
          .toolkit = {}};
}

const Profile* host_only_profile(const Catalog& catalog, const Request& request) {
  for (const std::string& id : request.profiles)
    if (const Profile* profile = find_profile(catalog, id); profile != nullptr && profile->host_only) return profile;
  return nullptr;
}

// What belongs to the driver comes where the driver comes.
Refused refused_add_ons(const HostFacts& facts, const Catalog& catalog, const Request& request) {
  const bool is_image = request.target == Target::image;
  const auto& owner = facts.environment.managed_by;
  Refused refused;
  for (const std::string& add_on : asked_add_ons(request, catalog))
    refused.push_back(conflict(ConflictReason::addition_is_of_driver, add_on,
                               is_image ? ""
                               : owner  ? owner->owner
                                        : "others"));
  return refused;
}

// What refuses a machine whichever stacks there are for it; else its distribution.
tl::expected<const Distro*, Refused> place_of(const HostFacts& facts, const Catalog& catalog, const Request& request) {
  const auto distro = known_distro(facts, catalog, request);
  if (distro && request.target == Target::image)
    if (const Profile* profile = host_only_profile(catalog, request))
      return tl::unexpected(Refused{conflict(ConflictReason::profile_needs_host, profile->id)});
  const bool has_driver = wants_driver(facts, catalog, request);
  if (distro && !has_driver)
    if (Refused refused = refused_add_ons(facts, catalog, request); !refused.empty()) return tl::unexpected(refused);
  if (distro && facts.gpus.empty() && has_driver) return tl::unexpected(Refused{conflict(ConflictReason::no_gpu)});
  return distro;
}

// The first of these requests that is not refused: they differ in CUDA alone, so that one look at the drivers serves
// them all. `refused` is told of a refusal of all of them.
using Refuse = std::function<void(const Question& question, const Stacks& stacks)>;
tl::expected<Tried, Refused> resolve_in_turn(const HostFacts& facts, const Catalog& catalog,
                                             const std::vector<Request>& requests, const RepositoryMetadata& metadata,
                                             const Refuse& refused) {
  if (are_gpus_beside_the_point(facts, requests.front()))
    return resolve_in_turn(without_gpus(facts), catalog, requests, metadata, refused);
  const auto distro = place_of(facts, catalog, requests.front());
  if (!distro) return tl::unexpected(distro.error());
  Lookups lookups;
  const Question first{facts, catalog, **distro, requests.front(), metadata, lookups};
  lookups = look_up(first);
  lookups.additions = look_up_additions(first);
  const auto toolkit = container_toolkit(facts, catalog, **distro, first.request, metadata);
  if (toolkit && !*toolkit) return tl::unexpected(Refused{toolkit->error()});
  if (toolkit) lookups.toolkit = **toolkit;
  const Stacks stacks(first, wants_driver(facts, catalog, first.request));
  for (std::size_t i = 0; i < requests.size(); ++i)
    if (auto best = best_of(stacks, {facts, catalog, **distro, requests[i], metadata, lookups})) {
      if (auto told = add_default_cuda(*best, {facts, catalog, **distro, requests[i], metadata, lookups}))
        return tl::unexpected(Refused{std::move(*told)});
      return Tried{.request = i, .resolution = std::move(*best)};
    }
  refused(first, stacks);
  return tl::unexpected(Refused{});
}

tl::expected<Resolution, Impasse> resolve_once(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                               const RepositoryMetadata& metadata) {
  Impasse impasse;
  auto answer =
      resolve_in_turn(facts, catalog, {request}, metadata,
                      [&](const Question& question, const Stacks& stacks) { impasse = impasse_of(question, stacks); });
  if (answer) return std::move(answer->resolution);
  if (!answer.error().empty()) impasse.refusal.conflicts = std::move(answer.error());
  return tl::unexpected(std::move(impasse));
}

}  // namespace

tl::expected<Resolution, Unsatisfiable> resolve(const HostFacts& facts, const Catalog& catalog, const Request& request,
                                                const RepositoryMetadata& metadata) {
  auto answer = resolve_once(facts, catalog, request, metadata);
  if (answer) return std::move(*answer);
  Unsatisfiable refusal = answer.error().refusal;
  refusal.remedies =
      find_remedies(facts, catalog, request, answer.error(),
                    [&](const HostFacts& changed, const std::vector<Request>& in_turn) -> std::optional<Tried> {
                      const bool other_distro = changed.os != facts.os;
                      auto tried = resolve_in_turn(changed, catalog, in_turn,
                                                   other_distro ? RepositoryMetadata{} : metadata, [](auto&&...) {});
                      if (!tried) return std::nullopt;
                      return std::move(*tried);
                    });
  return tl::unexpected(std::move(refusal));
}

tl::expected<Resolution, Unsatisfiable> resolve_without_remedies(const HostFacts& facts, const Catalog& catalog,
                                                                 const Request& request,
                                                                 const RepositoryMetadata& metadata) {
  auto answer = resolve_once(facts, catalog, request, metadata);
  if (answer) return std::move(*answer);
  return tl::unexpected(std::move(answer.error().refusal));
}

const Distro* distro_of(const HostFacts& facts, const Catalog& catalog) {
  if (!facts.os) return nullptr;
  if (facts.os->recognised_as) return find_distro(catalog, *facts.os->recognised_as);
  return find_distro_of(catalog, facts.os->id, facts.os->version_id);
}

}  // namespace nvprov
