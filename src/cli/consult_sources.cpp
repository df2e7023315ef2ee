#include "cli/consult_sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/append_new.hpp"
#include "cli/engine_setup.hpp"
#include "cli/source_setup.hpp"
#include "host/offline_http_client.hpp"
#include "packages/mirrors.hpp"
#include "plan/make_plan.hpp"
#include "plan/profile_file.hpp"
#include "resolve/container_toolkit.hpp"
#include "resolve/offers.hpp"
#include "resolve/resolve.hpp"

namespace nvprov {
namespace {

// What this system's package manager lacks to obey holds.
void add_hold_packages(SourceSetup& setup, const Distro& distro, const Asked& asked) {
  const RepositoryMetadata& metadata = asked.inputs.metadata;
  for (const std::string& name : distro.hold_packages) {
    if (find_installed(asked.facts, name) != nullptr) continue;
    const bool is_offered = !metadata.known || is_in_repository(metadata, name, "");
    (is_offered ? setup.hold_packages : setup.hold_packages_not_offered).push_back(name);
  }
}

// Addresses of the sources' own repositories and of the container toolkit's, as they are and as mirrors have them.
std::vector<std::string> source_addresses(const Asked& asked) {
  std::vector<std::string> addresses;
  const auto add = [&](const std::vector<Repository>& repositories) {
    for (const Repository& repository : repositories)
      for (const RepositoryAddress& address : repository.addresses) {
        addresses.push_back(address.url);
        addresses.push_back(mirrored(address.url, asked.network.mirrors).url);
      }
  };
  const Distro* distro = distro_of(asked.facts, *asked.catalog);
  if (distro == nullptr) return addresses;
  for (const PackageSource& source : distro->package_sources) add(source.repositories);
  if (const auto& toolkit = asked.catalog->container_toolkit) add(toolkit->offer.repositories);
  return addresses;
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

struct SetupExtent {
  bool of_source = true;  // or of what comes from elsewhere alone
  bool offline = false;
};

// What dnf's holds are made from.
Status add_dnf_holds(SourceSetup& setup, const HostView& target, const Asked& asked, const Distro& distro) {
  const auto dnf = dnf_of(asked.facts);
  if (!dnf) return {};
  const auto locks = target.read_file(versionlock_path(*dnf));
  if (!locks) return fail(locks.error());
  setup.versionlock = locks->value_or("");
  add_hold_packages(setup, distro, asked);
  return {};
}

bool adds_toolkit(const Resolution& resolution) {
  return resolution.container_toolkit && !resolution.container_toolkit->kept;
}

Result<SourceSetup> setup_of(const HostView& target, const HostView& machine, const Asked& asked,
                             const Resolution& resolution, const SetupExtent& extent) {
  const Distro* distro = distro_of(asked.facts, *asked.catalog);
  const PackageSource* source = source_of(asked, resolution.source);
  if (distro == nullptr || source == nullptr) return SourceSetup{};
  const std::vector<std::string> prerequisites =
      resolution.driver && !resolution.driver->kept ? resolution.driver->prerequisites : std::vector<std::string>{};
  std::unique_ptr<HttpClient> http = std::make_unique<OfflineHttpClient>();
  if (!extent.offline) http = asked.web.http_client(machine);
  const SetupQuestion question{.facts = asked.facts,
                               .catalog = *asked.catalog,
                               .distro = *distro,
                               .source = *source,
                               .prerequisites = prerequisites,
                               .network = asked.network,
                               .offline = extent.offline};
  Result<SourceSetup> setup = SourceSetup{};
  if (extent.of_source) setup = source_setup(target, machine, *http, question);
  if (!setup) return setup;
  if (adds_toolkit(resolution)) {
    const ContainerToolkit& toolkit = *asked.catalog->container_toolkit;
    const auto more = toolkit_setup(*toolkit_repository(toolkit, *distro), toolkit, target, machine, *http, question);
    if (!more) return more;
    append_setup(*setup, *more);
  }
  if (asked.catalog->container_toolkit) {
    auto engines = engine_setup(target, {asked.facts, *asked.catalog->container_toolkit, asked.request, resolution});
    if (!engines) return fail(engines.error());
    setup->engines = std::move(*engines);
  }
  if (asked.request.profile_d) {
    const auto present = target.read_file(profile_file_path);
    if (!present) return fail(present.error());
    setup->profile_d = present->value_or("");
  }
  if (const Status held = add_dnf_holds(*setup, target, asked, *distro); !held) return fail(held.error());
  return setup;
}

// Asks the repositories of one more source; the answer speaks for all asked so far.
Status ask_source(PackageAsker& asker, Host& machine, const HostView& target, Asked& asked, const Distro& distro,
                  const Resolution& resolution, Round& round) {
  round.sources.push_back(resolution.source);
  auto setup = setup_of(target, machine, asked, resolution, {});
  if (!setup) return fail(setup.error());
  append_new(round.setup.keys, setup->keys);
  // In the order of the plan: the same repositories are then fetched once.
  append_new(round.setup.repositories, setup->repositories);
  if (const PackageSource* source = find_source(distro, resolution.source))
    if (auto components = needed_components(asked.facts.package_facts, distro, *source, resolution))
      append_new(round.setup.repositories, {std::move(*components)});
  append_new(round.setup.removals, setup->removals);
  append_new(round.setup.enabled, setup->enabled);
  append_new(round.setup.files, setup->files);
  const std::vector<std::string> silent = others(distro, round.sources);
  auto metadata = asker.fetch_metadata(asked.facts, consulted(asked, round.setup),
                                       packages_of_interest(*asked.catalog, distro, asked.facts, silent));
  if (!metadata) return fail(metadata.error());
  asked.inputs.metadata = std::move(*metadata);
  asked.inputs.metadata.silent_about = silent;
  return {};
}

}  // namespace

Result<SourceSetup> setup_for(const HostView& target, const HostView& machine, const Asked& asked,
                              const Resolution& resolution, bool offline) {
  const PackageSource* source = source_of(asked, resolution.source);
  const bool of_source = source != nullptr && installs_from_source(asked.facts, *source, resolution);
  return setup_of(target, machine, asked, resolution, {.of_source = of_source, .offline = offline});
}

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

Outcome<Resolution> resolve_with_metadata(PackageAsker& asker, Host& machine, const HostView& target, Asked& asked,
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
    for (const MetadataWarning& warning : asker.warnings())
      terminal.note(fmt::format("warning: {}: {}\n", warning.repository, warning.message));
  }
}
}  // namespace nvprov
