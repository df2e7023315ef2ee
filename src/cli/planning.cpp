#include "cli/planning.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "cli/config.hpp"
#include "cli/load_data.hpp"
#include "cli/source_setup.hpp"
#include "cli/target_facts.hpp"
#include "closure/closure.hpp"
#include "closure/closure_cache.hpp"
#include "host/curl_http_client.hpp"
#include "host/posix_host.hpp"
#include "host/rooted_path.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"
#include "packages/mirrors.hpp"
#include "plan/leftovers.hpp"
#include "plan/make_plan.hpp"
#include "resolve/offers.hpp"
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
  if (options.offline) inputs.emplace_back("--offline");
  return inputs;
}

// Who does not know what is installed would plan it anew. A user may lack the right to look; root does not.
Status check_packages_are_known(const HostView& machine, const HostFacts& facts) {
  const bool is_here = facts.origin == "live" || facts.origin == "root";
  const auto user = machine.effective_user();
  if (!is_here || !dnf_generation(facts.package_facts.manager.value_or("")) || !user || *user != 0) return {};
  const auto unknown = std::ranges::find(facts.diagnostics, "package_facts.packages", &Diagnostic::place);
  if (unknown == facts.diagnostics.end() || !facts.package_facts.packages.empty()) return {};
  return fail(ErrorKind::failed, "what is installed cannot be read", {unknown->message},
              {"see whether `rpm -qa` lists the packages; `rpm --rebuilddb` mends a database that is damaged"});
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
  if (const Status known = check_packages_are_known(machine, *facts); !known) return give_up(known.error());
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

std::optional<DnfGeneration> dnf_of(const HostFacts& facts) {
  return dnf_generation(facts.package_facts.manager.value_or(""));
}

bool is_there(const HostView& machine, const std::string& path) {
  const auto info = machine.file_info(path);
  return info && info->has_value();
}

// The real package manager can be asked for this machine and for a disk in a folder, not for a machine that is only
// described. A folder's own dnf is run through chroot, which only root may do.
bool can_ask(const HostView& machine, const HostView& target, const HostFacts& facts) {
  const bool is_here = facts.origin == "live" || facts.origin == "root";
  if (!is_here || !facts.package_facts.manager) return false;
  if (!dnf_of(facts)) return facts.package_facts.manager == "apt" && is_there(machine, apt_program);
  const auto user = machine.effective_user();
  const bool may_run = facts.origin == "live" || (user && *user == 0);
  return may_run && is_there(target, "/usr/bin/" + *facts.package_facts.manager);
}

// Where a folder's own dnf keeps what it fetches: it cannot reach the caller's cache from within.
std::string folder_inside_root() { return fmt::format("/var/cache/nvprov-{}", ::getpid()); }

// Takes that folder away again when the plan is made, so that the plan leaves nothing inside the target.
class InsideRootGuard {
 public:
  InsideRootGuard(Host& machine, std::optional<std::string> root) : machine_(machine), root_(std::move(root)) {}
  ~InsideRootGuard() {
    if (!root_) return;
    if (const auto path = rooted_path(*root_, folder_inside_root(), false))
      (void)machine_.run({.argv = {"rm", "-rf", "--one-file-system", "--", *path}, .environment = {}}, {});
  }
  InsideRootGuard(const InsideRootGuard&) = delete;
  InsideRootGuard& operator=(const InsideRootGuard&) = delete;

 private:
  Host& machine_;
  std::optional<std::string> root_;
};

// Where the package manager is asked: dnf works for the system it is part of.
struct Asker {
  Host& machine;
  PrivateApt place;
};
Asker asker_for(Host& machine, Host* root, const HostFacts& facts, const PlanCommand& options,
                const NetworkSettings& network) {
  if (dnf_of(facts) && root != nullptr)
    return {*root, {.cache_folder = folder_inside_root(), .target_root = "/", .network = network}};
  return {
      machine,
      {.cache_folder = cache_folder(machine), .target_root = options.target.root.value_or("/"), .network = network}};
}

// What an answer is kept under: what the plan adds, and what it asks for before any repository was asked.
ConsultedRepositories question_of(const Preparations& preparations) {
  return {.entries = {},
          .added = preparations.setup.repositories,
          .preferences = preparations.holds,
          .keys = {},
          .removed = {},
          .enabled = {},
          .files = {},
          .unfiltered = {}};
}

// The machine the plan is for, as far as it can be read.
struct TargetView {
  std::unique_ptr<Host> root;
  const HostView& view;
};
TargetView target_of(const HostView& machine, const TargetOptions& options) {
  auto root = options.root ? make_posix_host(*options.root) : nullptr;
  const HostView& view = root ? static_cast<const HostView&>(*root) : machine;
  return {std::move(root), view};
}

const PackageSource* source_of(const Asked& asked, const std::string& id) {
  const Distro* distro = distro_of(asked.facts, asked.catalog);
  return distro != nullptr ? find_source(*distro, id) : nullptr;
}

// What this system's package manager lacks to obey holds.
void add_hold_packages(SourceSetup& setup, const Distro& distro, const Asked& asked) {
  const RepositoryMetadata& metadata = asked.inputs.metadata;
  for (const std::string& name : distro.hold_packages) {
    if (find_installed(asked.facts, name) != nullptr) continue;
    const bool is_offered = !metadata.known || is_in_repository(metadata, name, "");
    (is_offered ? setup.hold_packages : setup.hold_packages_not_offered).push_back(name);
  }
}

// What the target lacks to reach the source this resolution takes its packages from.
Result<SourceSetup> setup_for(const HostView& target, const HostView& machine, const Asked& asked,
                              const Resolution& resolution, bool offline) {
  const Distro* distro = distro_of(asked.facts, asked.catalog);
  const PackageSource* source = source_of(asked, resolution.source);
  if (distro == nullptr || source == nullptr) return SourceSetup{};
  const std::vector<std::string> prerequisites =
      resolution.driver && !resolution.driver->kept ? resolution.driver->prerequisites : std::vector<std::string>{};
  const auto http = make_curl_http_client();
  auto setup = source_setup(target, machine, *http,
                            {.facts = asked.facts,
                             .catalog = asked.catalog,
                             .distro = *distro,
                             .source = *source,
                             .prerequisites = prerequisites,
                             .network = asked.network,
                             .offline = offline});
  if (const auto dnf = dnf_of(asked.facts); setup && dnf) {
    const auto locks = target.read_file(versionlock_path(*dnf));
    if (!locks) return fail(locks.error());
    setup->versionlock = locks->value_or("");
    add_hold_packages(*setup, *distro, asked);
  }
  return setup;
}

template <class T>
void append(std::vector<T>& all, const std::vector<T>& more) {
  for (const T& item : more)
    if (std::ranges::find(all, item) == all.end()) all.push_back(item);
}

// Addresses of the sources' own repositories, as they are and as mirrors have them.
std::vector<std::string> source_addresses(const Asked& asked) {
  std::vector<std::string> addresses;
  const Distro* distro = distro_of(asked.facts, asked.catalog);
  if (distro == nullptr) return addresses;
  for (const PackageSource& source : distro->package_sources)
    for (const Repository& repository : source.repositories)
      for (const RepositoryAddress& address : repository.addresses) {
        addresses.push_back(address.url);
        addresses.push_back(mirrored(address.url, asked.network.mirrors).url);
      }
  return addresses;
}

// What the plan would add is consulted beside what the host has.
ConsultedRepositories consulted(const Asked& asked, const SourceSetup& setup) {
  return {.entries = asked.facts.package_facts.repositories,
          .added = setup.repositories,
          .preferences = {},
          .keys = setup.keys,
          .removed = setup.removals,
          .enabled = setup.enabled,
          .files = setup.files,
          .unfiltered = source_addresses(asked)};
}

// A plan that needs nothing of a repository needs no metadata either.
bool needs_packages(const Asked& asked) {
  const auto resolution = resolve(asked.facts, asked.catalog, asked.request, {});
  return !resolution || !prepare(asked.facts, asked.catalog, asked.request, *resolution, {}).transactions.empty();
}

// The name answers to this question are kept under: what would be asked without any repository's word. "" where there
// is no answer without it.
std::string question_key(const HostView& target, const HostView& machine, const Asked& asked) {
  const auto blind = resolve(asked.facts, asked.catalog, asked.request, {});
  if (!blind) return {};
  const auto setup = setup_for(target, machine, asked, *blind, true);
  if (!setup) return {};
  const Preparations preparations = prepare(asked.facts, asked.catalog, asked.request, *blind, *setup);
  return closure_key(asked.facts, question_of(preparations), preparations.transactions);
}

// Without the network: what the package manager answered to the very same question, if it was asked once.
Outcome<Plan> plan_offline(const HostView& machine, Asked asked, const PlanCommand& options) {
  const auto resolution = resolve_asked(asked);
  if (!resolution) return tl::unexpected(resolution.error());
  const TargetView target = target_of(machine, options.target);
  const auto setup = setup_for(target.view, machine, asked, *resolution, true);
  if (!setup) return give_up(setup.error());
  const Preparations preparations = prepare(asked.facts, asked.catalog, asked.request, *resolution, *setup);
  if (preparations.transactions.empty())
    return make_plan(asked.facts, asked.catalog, *resolution, preparations, {}, asked.inputs);
  const std::string key = closure_key(asked.facts, question_of(preparations), preparations.transactions);
  const auto found = find_cached_closure(machine, cache_folder(machine), key);
  CachedClosure cached = found.value_or(CachedClosure{});
  if (!found) cached.resolution = *resolution;
  asked.inputs.metadata.digest = cached.metadata_digest;
  asked.inputs.metadata.fetched_at = cached.fetched_at;
  const Preparations again = prepare(asked.facts, asked.catalog, asked.request, cached.resolution, *setup);
  Plan plan = make_plan(asked.facts, asked.catalog, cached.resolution, again, cached.closure, asked.inputs);
  plan.notices.push_back(
      {.kind = NoticeKind::metadata_offline, .subject = cached.fetched_at.value_or(""), .other = {}, .limit = {}});
  return plan;
}

// Sources whose repositories have been asked, and what they need on the target.
struct Round {
  std::vector<std::string> sources;
  SourceSetup setup;
};

std::vector<std::string> others(const Distro& distro, const std::vector<std::string>& sources) {
  std::vector<std::string> silent;
  for (const PackageSource& source : distro.package_sources)
    if (std::ranges::find(sources, source.id) == sources.end()) silent.push_back(source.id);
  return silent;
}

bool is_about_suites(const Failure& failure) {
  const auto* refusal = std::get_if<Refusal>(&failure);
  return refusal != nullptr && std::ranges::any_of(refusal->refusal.conflicts, [](const Conflict& conflict) {
           return conflict.reason == ConflictReason::suite_not_enabled;
         });
}

// Asks the repositories of one more source; the answer speaks for all asked so far.
Status ask_source(const Asker& asker, Host& machine, const HostView& target, Asked& asked, const Distro& distro,
                  const Resolution& resolution, Round& round) {
  round.sources.push_back(resolution.source);
  auto setup = setup_for(target, machine, asked, resolution, false);
  if (!setup) return fail(setup.error());
  append(round.setup.keys, setup->keys);
  // In the order of the plan: the same repositories are then fetched once.
  append(round.setup.repositories, setup->repositories);
  if (const PackageSource* source = find_source(distro, resolution.source))
    if (auto components = component_repository(asked.facts.package_facts, distro, *source))
      append(round.setup.repositories, {std::move(*components)});
  append(round.setup.removals, setup->removals);
  append(round.setup.enabled, setup->enabled);
  append(round.setup.files, setup->files);
  const std::vector<std::string> silent = others(distro, round.sources);
  auto metadata = fetch_metadata(asker.machine, asker.place, asked.facts, consulted(asked, round.setup),
                                 packages_of_interest(distro, asked.facts, silent));
  if (!metadata) return fail(metadata.error());
  asked.inputs.metadata = std::move(*metadata);
  asked.inputs.metadata.silent_about = silent;
  return {};
}

// Resolves, asks the repositories of the source that would be taken, and resolves again with what they hold, until the
// answer rests on repositories that were asked.
Outcome<Resolution> resolve_with_metadata(const Asker& asker, Host& machine, const HostView& target, Asked& asked,
                                          const Distro& distro, Terminal& terminal) {
  Round round;
  for (;;) {
    auto resolution = resolve_asked(asked);
    const bool is_blind = !asked.inputs.metadata.known;
    if (!resolution && !(is_blind && is_about_suites(resolution.error()))) return resolution;
    Resolution next;
    if (resolution)
      next = *resolution;
    else
      next.source = distro.package_sources.back().id;  // the distribution's own: its suites are in question
    if (std::ranges::find(round.sources, next.source) != round.sources.end()) return resolution;
    terminal.transient("reading the package indexes ...");
    const Status done = ask_source(asker, machine, target, asked, distro, next, round);
    terminal.settle();
    if (!done) return give_up(done.error());
  }
}

using ClosureAnswer = tl::expected<Closure, Unsatisfiable>;

// The closure in which every part of the driver has its version and nothing of another driver is left beside it:
// parts that would drift are asked for by name, those that would be left are asked to leave.
Result<ClosureAnswer> close_at_one_version(const Asker& asker, const Asked& asked,
                                           const ConsultedRepositories& repositories, const Resolution& resolution,
                                           std::vector<InstallPackages>& transactions) {
  constexpr int rounds = 8;
  for (int i = 1;; ++i) {
    auto closure = close_packages(asker.machine, asker.place, asked.facts, repositories, transactions);
    if (!closure || !*closure || i == rounds) return closure;
    const auto more = one_version_requests(**closure, resolution);
    const auto left = leftovers(asked.facts, asked.catalog, resolution, **closure);
    if (more.empty() && left.empty()) return closure;
    append(transactions.back().packages, more);
    append(transactions.back().leaving, left);
  }
}

Outcome<Plan> plan_online(Host& machine, Asked asked, const PlanCommand& options, Terminal& terminal) {
  const Distro* distro = distro_of(asked.facts, asked.catalog);
  if (distro == nullptr) return plan_offline(machine, std::move(asked), options);
  const TargetView target = target_of(machine, options.target);
  const InsideRootGuard guard(machine, dnf_of(asked.facts) ? options.target.root : std::nullopt);
  const Asker asker = asker_for(machine, target.root.get(), asked.facts, options, asked.network);
  const auto resolution = resolve_with_metadata(asker, machine, target.view, asked, *distro, terminal);
  if (!resolution) return tl::unexpected(resolution.error());
  const auto setup = setup_for(target.view, machine, asked, *resolution, false);
  if (!setup) return give_up(setup.error());
  Preparations preparations = prepare(asked.facts, asked.catalog, asked.request, *resolution, *setup);
  if (preparations.transactions.empty())
    return make_plan(asked.facts, asked.catalog, *resolution, preparations, {}, asked.inputs);
  ConsultedRepositories repositories = consulted(asked, preparations.setup);
  repositories.preferences = preparations.holds;
  auto closure = close_at_one_version(asker, asked, repositories, *resolution, preparations.transactions);
  if (!closure) return give_up(closure.error());
  if (!*closure) return give_up(Refusal{closure->error(), asked.words});
  // Only a convenience for `--offline`: a cache that cannot be written to is no reason to refuse a plan.
  if (const std::string key = question_key(target.view, machine, asked); !key.empty())
    (void)store_closure(machine, cache_folder(machine), key,
                        {.resolution = *resolution,
                         .closure = **closure,
                         .metadata_digest = asked.inputs.metadata.digest,
                         .fetched_at = asked.inputs.metadata.fetched_at});
  return make_plan(asked.facts, asked.catalog, *resolution, preparations, **closure, asked.inputs);
}

}  // namespace

Outcome<Plan> plan_for(Host& machine, const GlobalOptions& global, const PlanCommand& options, const Clock& clock,
                       Terminal& terminal) {
  auto asked = gather(machine, global, options, format_date(clock.seconds()));
  if (!asked) return tl::unexpected(asked.error());
  const bool ask = !options.offline && can_ask(machine, target_of(machine, options.target).view, asked->facts) &&
                   needs_packages(*asked);
  return ask ? plan_online(machine, std::move(*asked), options, terminal)
             : plan_offline(machine, std::move(*asked), options);
}

}  // namespace nvprov
