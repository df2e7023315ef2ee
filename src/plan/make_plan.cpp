#include "plan/make_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "model/facts_json.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"
#include "plan/driver_services.hpp"
#include "plan/image_environment.hpp"
#include "plan/leftovers.hpp"
#include "plan/package_marks.hpp"
#include "plan/plan_facts.hpp"
#include "plan/profile_file.hpp"

namespace nvprov {
namespace {

const Distro* distro_named(const Catalog& catalog, const std::string& id) { return find_distro(catalog, id); }

// A package is there already: at the version asked for, or at any where none is asked for.
bool is_satisfied(const HostFacts& facts, const PackageRequest& request) {
  const InstalledPackage* package = find_installed(facts, request.name);
  return package != nullptr && (!request.version || package->version == *request.version);
}

bool is_requested(const std::vector<PackageRequest>& requests, const std::string& name) {
  return std::ranges::find(requests, name, &PackageRequest::name) != requests.end();
}

void add_request(std::vector<PackageRequest>& requests, const HostFacts& facts, PackageRequest request) {
  if (!is_requested(requests, request.name) && !is_satisfied(facts, request)) requests.push_back(std::move(request));
}

// The version a package of the driver must have; nullopt for one with a version of its own, or where it is unknown.
std::optional<std::string> version_of(const DriverChoice& driver, const std::string& name) {
  if (std::ranges::find(driver.driver_versioned, name) == driver.driver_versioned.end()) return std::nullopt;
  const auto known = std::ranges::find(driver.versions, name, &PackageRequest::name);
  const bool is_known = known != driver.versions.end();
  if (is_known && (driver.kept || driver.package_version.empty())) return known->version;
  return driver.package_version.empty() ? std::nullopt : std::optional(driver.package_version);
}

// Where the packages' own version is not known yet, another driver's package of the same name is no answer.
bool is_of_another_release(const HostFacts& facts, const DriverChoice& driver, const std::string& name) {
  const InstalledPackage* package = find_installed(facts, name);
  return package != nullptr && upstream_version(package->version) != driver.version;
}

void add_driver_request(std::vector<PackageRequest>& requests, const HostFacts& facts, const DriverChoice& driver,
                        const std::string& name) {
  const auto version = version_of(driver, name);
  const bool versioned = std::ranges::find(driver.driver_versioned, name) != driver.driver_versioned.end();
  const bool is_open = versioned && !version && !driver.kept;
  if (is_open && !is_requested(requests, name) && is_of_another_release(facts, driver, name))
    requests.push_back({.name = name, .version = {}});
  else
    add_request(requests, facts, {.name = name, .version = version});
}

// Parts of another release of the same packages move along: none stays behind at the old version.
void add_installed_parts(std::vector<PackageRequest>& requests, const HostFacts& facts, const PackageSource& source,
                         const DriverChoice& driver) {
  for (const std::string& name : driver.driver_versioned) {
    const InstalledPackage* package = find_installed(facts, name);
    const auto version = version_of(driver, name);
    if (package != nullptr && version && !is_of_other_module(source, driver, name))
      add_request(requests, facts, {.name = name, .version = version});
  }
}

// All of the source's own that is asked for by name and not there; driver-versioned packages at exactly the driver's
// version.
std::vector<PackageRequest> missing_of_source(const HostFacts& facts, const PackageSource& source,
                                              const Resolution& resolution) {
  std::vector<PackageRequest> requests;
  for (const PackageRequest& headers : resolution.headers) add_request(requests, facts, headers);
  if (resolution.driver) {
    const DriverChoice& driver = *resolution.driver;
    for (const std::string& name : driver.packages) add_driver_request(requests, facts, driver, name);
    if (!driver.kept) add_installed_parts(requests, facts, source, driver);
  }
  for (const AdditionChoice& addition : resolution.additions)
    for (const PackageRequest& package : addition.packages) add_request(requests, facts, package);
  for (const CudaChoice& cuda : resolution.cuda)
    for (const std::string& name : cuda.packages) add_request(requests, facts, {.name = name, .version = {}});
  return requests;
}

// Everything asked for by name that is not there.
std::vector<PackageRequest> missing_packages(const HostFacts& facts, const PackageSource& source,
                                             const Resolution& resolution) {
  std::vector<PackageRequest> requests = missing_of_source(facts, source, resolution);
  if (resolution.container_toolkit)
    for (const PackageRequest& package : resolution.container_toolkit->packages) add_request(requests, facts, package);
  for (const CudaChoice& cuda : resolution.cuda)
    if (cuda.compiler) add_request(requests, facts, {.name = cuda.compiler->package, .version = {}});
  for (const EngineChoice& engine : resolution.engines)
    if (engine.package) add_request(requests, facts, {.name = *engine.package, .version = {}});
  return requests;
}

// A host whose own repositories are https already has what https needs.
bool uses_https(const std::vector<AddRepository>& added) {
  return std::ranges::any_of(added, [](const AddRepository& file) { return contains(file.content, "https://"); });
}

std::vector<PackageRequest> missing_prerequisites(const HostFacts& facts, const PackageSource& source,
                                                  const std::vector<AddRepository>& added,
                                                  const std::vector<std::string>& hold_packages) {
  std::vector<PackageRequest> requests;
  for (const std::string& name : hold_packages) add_request(requests, facts, {.name = name, .version = {}});
  if (uses_https(added))
    for (const std::string& name : source.https_prerequisites)
      add_request(requests, facts, {.name = name, .version = {}});
  return requests;
}

// What the hold lets through: nothing but this version, or the whole branch.
std::string hold_pattern(const DriverChoice& driver, Hold hold) {
  switch (hold) {
    case Hold::version: return driver.package_version.empty() ? driver.version + "-*" : driver.package_version;
    case Hold::branch: return driver.branch + ".*";
    case Hold::none: return {};
  }
  return {};
}

// Of a driver that stays any of its own versions will do: which one its packages have in the repositories may have been
// unknown when the file was written, or be unknown now.
bool is_held_so(const HostFacts& facts, const WriteFile& preferences, const std::string& pattern,
                const DriverChoice& driver) {
  return std::ranges::any_of(facts.package_facts.pins, [&](const PackagePin& pin) {
    if (pin.file != preferences.path) return false;
    const bool is_of_version = driver.kept && pattern.starts_with(driver.version + "-");
    return pin.pin == "version " + pattern ||
           (is_of_version && pin.pin.starts_with(fmt::format("version {}-", driver.version)));
  });
}

// A driver that stays keeps the hold it has, unless the user names one.
std::vector<WriteFile> hold_files(const HostFacts& facts, const Request& request, const Resolution& resolution) {
  if (!resolution.driver || resolution.driver->driver_versioned.empty()) return {};
  const DriverChoice& driver = *resolution.driver;
  if ((driver.kept && !request.hold) || facts.package_facts.manager != "apt") return {};
  const std::string pattern = hold_pattern(driver, request.hold.value_or(Hold::version));
  if (pattern.empty()) return {};
  const std::string purpose = fmt::format("hold the driver at {}", pattern);
  WriteFile preferences = hold_preferences(driver.driver_versioned, pattern, purpose);
  if (is_held_so(facts, preferences, pattern, driver)) return {};
  return {std::move(preferences), unattended_guard(driver.driver_versioned, purpose)};
}

// What dnf's file of holds lets through. Parts of the driver may differ in epoch and release, so that each known part
// has a line of its own version; a whole branch is held by the parts' common beginning.
std::vector<VersionLock> version_locks(const DriverChoice& driver, Hold hold) {
  std::vector<VersionLock> locks;
  for (const std::string& name : driver.driver_versioned) {
    const auto version = version_of(driver, name);
    if (!version) continue;
    const std::string upstream = upstream_rpm_version(*version);
    const std::string epoch = version->substr(0, version->find(upstream));
    const std::string held = hold == Hold::version ? *version : epoch + driver.branch + ".*";
    const auto same = std::ranges::find(locks, held, &VersionLock::version);
    if (same == locks.end())
      locks.push_back({.packages = {name}, .version = held});
    else
      same->packages.push_back(name);
  }
  return locks;
}

// Whether lines of ours hold the driver at the same. Which packages have which epoch is known from the repositories
// alone, so that lines for a driver that stays are not judged without.
bool is_for_the_same(const std::string& there, const std::string& wanted) {
  return there.substr(0, there.find('\n')) == wanted.substr(0, wanted.find('\n'));
}

// The lines of ours in dnf's file of holds, where they are not there already. A driver that stays keeps the hold it
// has, unless the user names one.
std::vector<HoldPackages> hold_lines(const HostFacts& facts, const Request& request, const Resolution& resolution,
                                     const SourceSetup& setup) {
  const auto dnf = dnf_generation(facts.package_facts.manager.value_or(""));
  if (!dnf || !setup.versionlock || !resolution.driver) return {};
  const DriverChoice& driver = *resolution.driver;
  const Hold hold = request.hold.value_or(Hold::version);
  if ((driver.kept && !request.hold) || hold == Hold::none) return {};
  const std::vector<VersionLock> locks = version_locks(driver, hold);
  if (locks.empty()) return {};
  const std::string purpose =
      fmt::format("hold the driver at {}", hold == Hold::version ? driver.version : driver.branch + ".*");
  HoldPackages step{.path = versionlock_path(*dnf),
                    .content = merge_versionlock(*setup.versionlock, *dnf, locks, purpose),
                    .purpose = purpose};
  if (step.content == *setup.versionlock) return {};
  if (driver.kept && is_for_the_same(our_versionlock(*setup.versionlock), our_versionlock(step.content))) return {};
  return {std::move(step)};
}

std::vector<Conflict> closure_blockers(const Closure& closure, const Resolution& resolution) {
  std::vector<Conflict> blockers;
  const auto block = [&](ConflictReason reason, const PackageChange& package, std::string other, std::string limit) {
    blockers.push_back({.reason = reason,
                        .subject = package.name,
                        .other = std::move(other),
                        .limit = std::move(limit),
                        .sources = {}});
  };
  for (const PackageChange& package : closure.packages) {
    const std::string version = package.version.value_or("");
    const std::string old_version = package.old_version.value_or("");
    if (package.action == PackageAction::remove) block(ConflictReason::removal_needed, package, old_version, {});
    if (package.action == PackageAction::downgrade)
      block(ConflictReason::downgrade_needed, package, old_version, version);
    if (package.held && package.action != PackageAction::keep)
      block(ConflictReason::held_package, package, old_version, version);
    const bool other_version = closure.known && resolution.driver && package.driver_versioned &&
                               package.action != PackageAction::remove &&
                               upstream_version(version) != resolution.driver->version;
    if (other_version) block(ConflictReason::closure_mixed_versions, package, version, resolution.driver->version);
  }
  return blockers;
}

// The closure knows nothing of drivers or licences: what the catalog says of its packages is added here.
Closure with_catalog_facts(Closure closure, const Catalog& catalog, const Resolution& resolution,
                           const PackageSource* source) {
  const auto& toolkit = catalog.container_toolkit;
  for (PackageChange& package : closure.packages) {
    if (resolution.driver) {
      const auto& versioned = resolution.driver->driver_versioned;
      package.driver_versioned = std::ranges::find(versioned, package.name) != versioned.end();
    }
    if (source != nullptr) package.license = license_of(*source, package.name);
    if (toolkit &&
        std::ranges::find(toolkit->one_version_packages, package.name) != toolkit->one_version_packages.end())
      package.license = toolkit->license;
  }
  return closure;
}

// Without metadata only what is asked for by name is known.
Closure unknown_closure(const Preparations& preparations, const HostFacts& facts) {
  Closure closure;
  for (const InstallPackages& transaction : preparations.transactions)
    for (const PackageRequest& request : transaction.packages) {
      const InstalledPackage* installed = find_installed(facts, request.name);
      PackageChange change;
      change.name = request.name;
      change.requested = true;
      change.held = installed != nullptr && installed->held;
      if (installed != nullptr) change.old_version = installed->version;
      closure.packages.push_back(std::move(change));
    }
  std::ranges::sort(closure.packages, {}, &PackageChange::name);
  return closure;
}

template <class T>
void append_steps(std::vector<Step>& steps, const std::vector<T>& more) {
  for (const T& step : more) steps.emplace_back(step);
}

std::vector<Step> ordered_steps(const Preparations& preparations) {
  std::vector<Step> steps;
  const SourceSetup& setup = preparations.setup;
  const bool refresh = !preparations.transactions.empty();
  append_steps(steps, setup.removals);  // while entries conflict, the package manager reads nothing at all
  for (const InstallPackages& transaction : preparations.transactions) {
    if (transaction.purpose != "prerequisites") continue;
    steps.emplace_back(RefreshMetadata{});
    steps.emplace_back(transaction);
  }
  append_steps(steps, setup.files);
  append_steps(steps, setup.keys);
  append_steps(steps, setup.repositories);
  append_steps(steps, setup.enabled);
  append_steps(steps, preparations.holds);
  append_steps(steps, preparations.locks);
  append_steps(steps, preparations.streams);
  append_steps(steps, preparations.marks);  // before anything may take away what drew them in
  if (refresh) steps.emplace_back(RefreshMetadata{});
  for (const InstallPackages& transaction : preparations.transactions)
    if (transaction.purpose != "prerequisites") steps.emplace_back(transaction);
  append_steps(steps, preparations.services);
  append_steps(steps, preparations.alternatives);  // once there is what they lead to
  append_steps(steps, preparations.profile_files);
  append_steps(steps, preparations.engines.files);  // once the runtime they name is there
  append_steps(steps, preparations.engines.services);
  return steps;
}

// Lines dnf does not read.
std::vector<Notice> unobeyed_holds(const Preparations& preparations) {
  std::vector<Notice> notices;
  for (const HoldPackages& lock : preparations.locks)
    for (const std::string& name : preparations.setup.hold_packages_not_offered)
      notices.push_back({.kind = NoticeKind::hold_not_obeyed, .subject = name, .other = lock.path, .limit = {}});
  return notices;
}

// What the link of CUDA releases side by side is to lead to, where it does not by somebody's choice already.
std::vector<SetAlternative> needed_alternatives(const HostFacts& facts, const Resolution& resolution) {
  if (!resolution.default_cuda) return {};
  const DefaultCudaChoice& choice = *resolution.default_cuda;
  const auto& now = facts.cuda_alternative;
  if (now && now->by_hand && now->target == choice.target) return {};
  return {{.name = choice.alternative,
           .link = choice.link,
           .target = choice.target,
           .former = now && now->by_hand ? std::optional(now->target) : std::nullopt}};
}

// The stream that shows the driver's packages, where the host has not enabled it.
std::vector<SetModuleStream> needed_streams(const HostFacts& facts, const Distro& distro,
                                            const Resolution& resolution) {
  if (!distro.modularity || !resolution.driver || !resolution.driver->module || !resolution.driver->stream) return {};
  SetModuleStream step{.module = *resolution.driver->module, .stream = *resolution.driver->stream, .previous = {}};
  for (const ModuleState& state : facts.package_facts.modules) {
    if (state.name != step.module || state.state != "enabled") continue;
    if (state.stream == step.stream) return {};
    step.previous = state.stream;
  }
  return {std::move(step)};
}

}  // namespace

void append_setup(SourceSetup& setup, const SourceSetup& more) {
  append_new(setup.keys, more.keys);
  append_new(setup.removals, more.removals);
  append_new(setup.repositories, more.repositories);
  append_new(setup.enabled, more.enabled);
  append_new(setup.files, more.files);
  append_new(setup.blockers, more.blockers);
  append_new(setup.notices, more.notices);
}

bool installs_from_source(const HostFacts& facts, const PackageSource& source, const Resolution& resolution) {
  return !missing_of_source(facts, source, resolution).empty();
}

std::optional<AddRepository> needed_components(const PackageFacts& packages, const Distro& distro,
                                               const PackageSource& source, const Resolution& resolution) {
  const bool is_vendor = !source.repositories.empty();
  if (is_vendor && !resolution.driver) return std::nullopt;
  return component_repository(packages, distro, source);
}

Preparations prepare(const HostFacts& facts, const Catalog& catalog, const Request& request,
                     const Resolution& resolution, const SourceSetup& setup) {
  Preparations preparations;
  const Distro* distro = distro_named(catalog, resolution.distro);
  const PackageSource* source = distro != nullptr ? find_source(*distro, resolution.source) : nullptr;
  if (source == nullptr) return preparations;
  const std::vector<PackageRequest> wanted = missing_packages(facts, *source, resolution);
  preparations.holds = hold_files(facts, request, resolution);
  preparations.locks = hold_lines(facts, request, resolution, setup);
  preparations.engines = setup.engines;
  preparations.services = driver_services(facts, *source, resolution);
  preparations.marks = package_marks(facts, *source, resolution);
  preparations.alternatives = needed_alternatives(facts, resolution);
  preparations.profile_files = profile_files(request, *source, setup.profile_d);
  preparations.setup.hold_packages_not_offered = setup.hold_packages_not_offered;
  if (wanted.empty()) return preparations;
  preparations.setup = setup;
  preparations.streams = needed_streams(facts, *distro, resolution);
  const bool has_more = installs_from_source(facts, *source, resolution);
  if (auto repository = needed_components(facts.package_facts, *distro, *source, resolution); repository && has_more)
    preparations.setup.repositories.push_back(std::move(*repository));
  const auto hold_packages = preparations.locks.empty() ? std::vector<std::string>() : setup.hold_packages;
  if (auto prerequisites = missing_prerequisites(facts, *source, preparations.setup.repositories, hold_packages);
      !prerequisites.empty())
    preparations.transactions.push_back(
        {.purpose = "prerequisites", .packages = std::move(prerequisites), .leaving = {}});
  const bool has_driver = resolution.driver && !resolution.driver->kept;
  preparations.transactions.push_back({.purpose = has_driver ? "driver"
                                                  : has_more ? "libraries"
                                                             : "container toolkit",
                                       .packages = wanted,
                                       .leaving = retired_packages(facts, catalog, resolution)});
  return preparations;
}

std::vector<PackageRequest> exact_versions(const Resolution& resolution) {
  std::vector<PackageRequest> versions;
  if (!resolution.driver) return versions;
  for (const std::string& name : resolution.driver->driver_versioned)
    if (auto version = version_of(*resolution.driver, name)) versions.push_back({.name = name, .version = version});
  return versions;
}

std::vector<PackageRequest> one_version_requests(const Closure& closure, const Resolution& resolution) {
  std::vector<PackageRequest> requests;
  if (!resolution.driver) return requests;
  const DriverChoice& driver = *resolution.driver;
  for (const PackageChange& package : closure.packages) {
    const auto wanted = version_of(driver, package.name);
    if (package.action != PackageAction::remove && wanted && package.version && *package.version != *wanted)
      requests.push_back({.name = package.name, .version = wanted});
  }
  return requests;
}

Plan make_plan(const HostFacts& facts, const Catalog& catalog, const Resolution& resolution,
               const Preparations& preparations, const Closure& closure, const PlanInputs& inputs) {
  const Distro* distro = distro_named(catalog, resolution.distro);
  const PackageSource* source = distro != nullptr ? find_source(*distro, resolution.source) : nullptr;
  Plan plan;
  plan.tool_version = inputs.tool_version;
  plan.catalog_date = catalog.date;
  plan.catalog_digest = catalog.digest;
  if (inputs.with_fingerprint) plan.facts_fingerprint = facts_fingerprint(facts);
  plan.metadata_digest = inputs.metadata.digest;
  plan.metadata_fetched_at = inputs.metadata.fetched_at;
  plan.architecture = facts.architecture;
  plan.host = host_name(facts);
  plan.gpus = gpu_names(facts, resolution.target);
  plan.request = inputs.request;
  plan.resolution = resolution;
  plan.steps = ordered_steps(preparations);
  plan.closure =
      with_catalog_facts(closure.known ? closure : unknown_closure(preparations, facts), catalog, resolution, source);
  plan.blockers = plan.steps.empty() ? std::vector<Conflict>{} : resolution.blockers;
  const SourceSetup& setup = preparations.setup;
  plan.blockers.insert(plan.blockers.end(), setup.blockers.begin(), setup.blockers.end());
  append(plan.blockers, preparations.engines.blockers);
  for (Conflict& blocker : closure_blockers(plan.closure, resolution)) plan.blockers.push_back(std::move(blocker));
  plan.usable = usable_when(facts, resolution, plan.steps);
  if (plan.usable == Usable::now) start_services_now(plan.steps);
  plan.environment = image_environment(catalog, resolution);
  plan.notices = plan_notices(facts, catalog, resolution);
  plan.notices.insert(plan.notices.end(), setup.notices.begin(), setup.notices.end());
  append(plan.notices, preparations.engines.notices);
  for (Notice& notice : unobeyed_holds(preparations)) plan.notices.push_back(std::move(notice));
  if (source != nullptr && inputs.request.profile_d && !source->alternative)
    plan.notices.push_back({.kind = NoticeKind::programs_on_path, .subject = source->title, .other = {}, .limit = {}});
  plan.unknowns = unknown_facts(facts, plan);
  plan.inputs = inputs.inputs;
  const std::string manager = facts.package_facts.manager.value_or("apt");
  plan.equivalent = equivalent_commands(plan, manager);
  plan.undo = undo_commands(plan, manager);
  return plan;
}

}  // namespace nvprov
