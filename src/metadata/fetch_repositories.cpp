#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/private_folder.hpp"
#include "metadata/apt_keys.hpp"
#include "metadata/fetch_apt.hpp"
#include "metadata/fetched.hpp"
#include "metadata/private_sources.hpp"

namespace nvprov {
namespace {

// As dpkg names it.
std::string deb_architecture(const HostFacts& facts) {
  if (!facts.package_facts.architecture.empty()) return facts.package_facts.architecture;
  if (facts.architecture == "x86_64") return "amd64";
  if (facts.architecture == "aarch64") return "arm64";
  return facts.architecture;
}

// What apt reads of it all.
ConsultedRepositories apt_part(ConsultedRepositories repositories) {
  std::erase_if(repositories.entries, [](const RepositoryEntry& entry) { return entry.format == "repo"; });
  std::erase_if(repositories.added, [](const AddRepository& file) { return file.path.ends_with(".repo"); });
  return repositories;
}

Result<std::vector<KeyedRepository>> keyed_repositories(const ConsultedRepositories& repositories,
                                                        const PrivateApt& place, const TargetFiles& target,
                                                        const HostFacts& facts, Unfetchable& unfetchable) {
  const auto sources = private_sources(apt_part(repositories), target.is_here() ? place.target_root : "/", "keys");
  if (!sources) return fail(sources.error());
  const auto found = apt_repositories(sources->entries, deb_architectures(target, facts), target, unfetchable);
  if (!found) return fail(found.error());
  std::vector<KeyedRepository> keyed;
  for (const AptRepository& repository : *found) {
    const WantedIndexes& first = repository.wanted.front();
    TrustedKeys keys;
    if (const auto absent = absent_key(repository.signed_by, *sources, target); absent && !repository.trusted) {
      unfetchable.push_back({first.file, first.line, mask_credentials(repository.bases.front()),
                             fmt::format("its key {} is a file of a machine that is not here", *absent)});
      continue;
    }
    if (!repository.trusted) {
      auto trusted = apt_keys(repository.signed_by, *sources, target);
      if (!trusted) return fail(trusted.error().in(fmt::format("reading {}, line {}", first.file, first.line)));
      keys = std::move(*trusted);
    }
    keyed.push_back({repository, std::move(keys)});
  }
  return keyed;
}

}  // namespace

std::vector<std::string> deb_architectures(const TargetFiles& target, const HostFacts& facts) {
  std::vector<std::string> names = {deb_architecture(facts)};
  for (const std::string_view line : split_lines(target.read("/var/lib/dpkg/arch").value_or("")))
    if (const std::string name(trim(line)); !name.empty() && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  return names;
}

Result<tl::expected<FetchedMetadata, Unfetchable>> fetch_repositories(Host& machine, const PrivateApt& place,
                                                                      const HostFacts& facts,
                                                                      const ConsultedRepositories& repositories,
                                                                      Downloader& downloader,
                                                                      const FetchOptions& options) {
  const TargetFiles target(machine, place.target_root);
  Unfetchable unfetchable;
  const auto apt = keyed_repositories(repositories, place, target, facts, unfetchable);
  if (!apt) return fail(apt.error());
  if (!unfetchable.empty()) return tl::unexpected<Unfetchable>(std::move(unfetchable));

  const std::string folder = place.cache_folder + "/metadata";
  for (const std::string& each : {place.cache_folder, folder})
    if (const Status made = make_cache_folder(machine, each); !made) return fail(made.error());
  const auto lock = wait_for_lock(machine, folder + "/lock");
  if (!lock) return fail(lock.error());

  const FetchTools tools{.machine = machine,
                         .target = target,
                         .network = place.network,
                         .downloader = downloader,
                         .options = options,
                         .folder = folder,
                         .now = options.now ? options.now() : static_cast<std::int64_t>(std::time(nullptr))};
  FetchedMetadata fetched;
  std::vector<std::string> signed_files;
  if (const Status done = fetch_apt_repositories(tools, *apt, fetched, signed_files); !done) return fail(done.error());
  std::ranges::sort(signed_files);
  fetched.digest = sha256_hex(join(signed_files, ""));
  return fetched;
}

}  // namespace nvprov
