#include "cli/planning.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "cli/config.hpp"
#include "cli/load_data.hpp"
#include "cli/target_facts.hpp"
#include "closure/closure.hpp"
#include "closure/closure_cache.hpp"
#include "packages/apt.hpp"
#include "plan/make_plan.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

constexpr const char* apt_program = "/usr/bin/apt-get";

// Everything the corridor carries from one door to the next.
struct Asked {
  Catalog catalog;
  HostFacts facts;
  Request request;
  PlanInputs inputs;
  NetworkSettings network;
  std::string words;  // what was asked for, for a refusal
};

std::string asked_words(const HostFacts& facts, const Request& request) {
  std::string words = "profile " + join(request.profiles, ", ");
  if (request.cuda != "auto") words += ", CUDA " + request.cuda;
  if (request.driver != "auto") words += ", driver " + request.driver;
  return words + " on " + (facts.os ? facts.os->name : std::string("this system"));
}

std::vector<std::string> non_default_inputs(const LoadedCatalog& data, const PlanCommand& options,
                                            const NetworkSettings& network) {
  std::vector<std::string> inputs;
  for (const std::string& folder : data.overlays) inputs.push_back("data overlay " + folder);
  const TargetOptions& target = options.target;
  if (target.root) inputs.push_back("--root " + *target.root);
  if (target.facts) inputs.push_back("--facts " + *target.facts);
  if (target.distro) inputs.push_back("--distro " + *target.distro);
  for (const std::string& gpu : options.request.gpus) inputs.push_back("--gpu " + gpu);
  if (options.request.kernel) inputs.push_back("--kernel " + *options.request.kernel);
  for (std::string& input : network_inputs(network)) inputs.push_back(std::move(input));
  if (options.adopt) inputs.emplace_back("--adopt");
  if (options.offline) inputs.emplace_back("--offline");
  return inputs;
}

Outcome<Asked> gather(const HostView& machine, const GlobalOptions& global, const PlanCommand& options,
                      const std::string& today) {
  auto data = load_data(machine, global);
  if (!data) return tl::unexpected(data.error());
  auto network = network_settings(machine, options.network);
  if (!network) return tl::unexpected(network.error());
  auto request = check_request(options.request, data->catalog);
  if (!request) return give_up(request.error());
  auto facts = target_facts(machine, data->catalog, options.target, *request, today);
  if (!facts) return tl::unexpected(facts.error());
  const auto target = decide_target(*facts, *request);
  if (!target) return give_up(target.error());
  if (const Status image = check_image_request(*request, *target); !image) return give_up(image.error());
  request->target = *target;
  std::string words = asked_words(*facts, *request);
  PlanInputs inputs{.tool_version = NVPROV_VERSION,
                    .request = *request,
                    .metadata = {},
                    .inputs = non_default_inputs(*data, options, *network)};
  return Asked{std::move(data->catalog), std::move(*facts),   std::move(*request),
               std::move(inputs),        std::move(*network), std::move(words)};
}

Outcome<Resolution> resolve_asked(const Asked& asked) {
  auto resolution = resolve(asked.facts, asked.catalog, asked.request, asked.inputs.metadata);
  if (!resolution) return give_up(Refusal{resolution.error(), asked.words});
  return *resolution;
}

// The caller's own folder: root's in /var/cache, a user's where XDG says.
std::string cache_folder(const HostView& machine) {
  const auto user = machine.effective_user();
  if (user && *user == 0) return "/var/cache/nvprov";
  if (const auto xdg = machine.environment("XDG_CACHE_HOME"); xdg && xdg->starts_with('/')) return *xdg + "/nvprov";
  return machine.environment("HOME").value_or("/tmp") + "/.cache/nvprov";
}

// The real apt can be asked for this machine and for a disk in a folder, not for a machine that is only described.
bool can_ask_apt(const HostView& machine, const HostFacts& facts) {
  const bool is_here = facts.origin == "live" || facts.origin == "root";
  if (!is_here || facts.package_facts.manager != "apt") return false;
  const auto apt = machine.file_info(apt_program);
  return apt && apt->has_value();
}

std::vector<AddRepository> repositories_to_consult(const Asked& asked, const Distro& distro) {
  std::vector<AddRepository> added;
  for (const PackageSource& source : distro.package_sources)
    if (auto repository = component_repository(asked.facts.package_facts, distro, source))
      added.push_back(std::move(*repository));
  return added;
}

// A plan that needs nothing of a repository needs no metadata either.
bool needs_packages(const Asked& asked) {
  const auto resolution = resolve(asked.facts, asked.catalog, asked.request, {});
  return !resolution || !prepare(asked.facts, asked.catalog, asked.request, *resolution).transactions.empty();
}

// Without the network: what the package manager answered to the very same question, if it was asked once.
Outcome<Plan> plan_offline(const HostView& machine, Asked asked) {
  const auto resolution = resolve_asked(asked);
  if (!resolution) return tl::unexpected(resolution.error());
  const Preparations preparations = prepare(asked.facts, asked.catalog, asked.request, *resolution);
  if (preparations.transactions.empty())
    return make_plan(asked.facts, asked.catalog, *resolution, preparations, {}, asked.inputs);
  const std::string key =
      closure_key(asked.facts, {.entries = {}, .added = preparations.repositories, .preferences = preparations.holds},
                  preparations.transactions);
  const CachedClosure cached = find_cached_closure(machine, cache_folder(machine), key).value_or(CachedClosure{});
  asked.inputs.metadata.digest = cached.metadata_digest;
  asked.inputs.metadata.fetched_at = cached.fetched_at;
  Plan plan = make_plan(asked.facts, asked.catalog, *resolution, preparations, cached.closure, asked.inputs);
  plan.notices.push_back(
      {.kind = NoticeKind::metadata_offline, .subject = cached.fetched_at.value_or(""), .other = {}, .limit = {}});
  return plan;
}

Outcome<Plan> plan_online(Host& machine, Asked asked, const PlanCommand& options, Terminal& terminal) {
  const Distro* distro = distro_of(asked.facts, asked.catalog);
  if (distro == nullptr) return plan_offline(machine, std::move(asked));
  const PrivateApt apt{.cache_folder = cache_folder(machine),
                       .target_root = options.target.root.value_or("/"),
                       .network = asked.network};
  ConsultedRepositories repositories{.entries = asked.facts.package_facts.repositories,
                                     .added = repositories_to_consult(asked, *distro),
                                     .preferences = {}};
  terminal.transient("reading the package indexes ...");
  auto metadata = fetch_metadata(machine, apt, asked.facts, repositories, packages_of_interest(*distro, asked.facts));
  terminal.settle();
  if (!metadata) return give_up(metadata.error());
  asked.inputs.metadata = std::move(*metadata);
  const auto resolution = resolve_asked(asked);
  if (!resolution) return tl::unexpected(resolution.error());
  const Preparations preparations = prepare(asked.facts, asked.catalog, asked.request, *resolution);
  if (preparations.transactions.empty())
    return make_plan(asked.facts, asked.catalog, *resolution, preparations, {}, asked.inputs);
  repositories.preferences = preparations.holds;
  auto closure = close_packages(machine, apt, asked.facts, repositories, preparations.transactions);
  if (!closure) return give_up(closure.error());
  if (!*closure) return give_up(Refusal{closure->error(), asked.words});
  // Only a convenience for `--offline`: a cache that cannot be written to is no reason to refuse a plan.
  (void)store_closure(
      machine, apt.cache_folder,
      closure_key(asked.facts, {.entries = {}, .added = preparations.repositories, .preferences = preparations.holds},
                  preparations.transactions),
      {.closure = **closure,
       .metadata_digest = asked.inputs.metadata.digest,
       .fetched_at = asked.inputs.metadata.fetched_at});
  return make_plan(asked.facts, asked.catalog, *resolution, preparations, **closure, asked.inputs);
}

}  // namespace

Outcome<Plan> plan_for(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                       Terminal& terminal) {
  auto asked = gather(machine, global, options, format_date(clock.seconds()));
  if (!asked) return tl::unexpected(asked.error());
  const bool ask = !options.offline && can_ask_apt(machine, asked->facts) && needs_packages(*asked);
  return ask ? plan_online(machine, std::move(*asked), options, terminal) : plan_offline(machine, std::move(*asked));
}

}  // namespace nvprov
