#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/append_new.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/private_folder.hpp"
#include "metadata/apt_keys.hpp"
#include "metadata/consulted_entries.hpp"
#include "metadata/fetch_apt.hpp"
#include "metadata/fetch_rpm.hpp"
#include "metadata/fetched.hpp"

namespace nvprov {
namespace {

bool is_held(const AptRepository& repository, const FetchOptions& options) {
  if (!options.holds) return true;
  return std::ranges::any_of(repository.bases, [&](const std::string& base) {
    return options.holds(release_url(repository, base, "InRelease")) ||
           options.holds(release_url(repository, base, "Release"));
  });
}

bool is_held(const RpmRepository& repository, const FetchOptions& options) {
  if (!options.holds) return true;
  return std::ranges::any_of(addresses_to_ask(repository), [&](const std::string& address) {
    return options.holds(repository.bases.empty() ? address : address + "repodata/repomd.xml");
  });
}

Result<std::vector<KeyedRepository>> keyed_repositories(const ConsultedRepositories& repositories,
                                                        const PrivateApt& place, const TargetFiles& target,
                                                        const HostFacts& facts, const FetchOptions& options,
                                                        Unfetchable& unfetchable) {
  const auto found =
      consulted_apt(repositories, target.is_here() ? place.target_root : "/", target, facts, "keys", unfetchable);
  if (!found) return fail(found.error());
  const TargetFiles files = files_with_keys(target);
  std::vector<KeyedRepository> keyed;
  for (const AptRepository& repository : found->repositories) {
    if (!is_held(repository, options)) continue;
    const WantedIndexes& first = repository.wanted.front();
    TrustedKeys keys;
    const auto absent = target.is_here() ? std::nullopt : absent_key(repository.signed_by, found->sources, files);
    if (absent && !repository.trusted) {
      unfetchable.push_back(
          {first.file, first.line, mask_credentials(repository.bases.front()),
           fmt::format("its key {} is a file of a machine that is not here, and this one has none of that name",
                       *absent)});
      continue;
    }
    if (!repository.trusted) {
      auto trusted = apt_keys(repository.signed_by, found->sources, files);
      if (!trusted) return fail(trusted.error().in(fmt::format("reading {}, line {}", first.file, first.line)));
      keys = std::move(*trusted);
    }
    keyed.push_back({repository, std::move(keys)});
  }
  return keyed;
}

// A name for the copies of planned files: they are looked up by it and never written there.
const std::string name_of_copies = "/nvprov-copies";

Status refuse_unsigned(const std::string& repository) {
  return fail(ErrorKind::not_trusted, fmt::format("nothing in this copy vouches for {}", repository),
              {"its lists are not signed, and over the network https alone speaks for them"});
}

Status check_signed(const FetchedMetadata& fetched) {
  for (const DebIndex& index : fetched.deb)
    if (index.trust != MetadataTrust::signature) return refuse_unsigned(mask_credentials(index.base));
  for (const RpmIndex& index : fetched.rpm)
    if (index.trust != MetadataTrust::signature && !index.packages_signed) return refuse_unsigned(index.id);
  return {};
}

}  // namespace

Result<tl::expected<FetchedMetadata, Unfetchable>> fetch_repositories(Host& machine, const PrivateApt& place,
                                                                      const HostFacts& facts,
                                                                      const ConsultedRepositories& repositories,
                                                                      Downloader& downloader,
                                                                      const FetchOptions& options) {
  const TargetFiles target(machine, place.target_root);
  Unfetchable unfetchable;
  const auto apt = keyed_repositories(repositories, place, target, facts, options, unfetchable);
  if (!apt) return fail(apt.error());
  ConsultedRpm rpm = consulted_rpm(repositories, target, facts, name_of_copies, unfetchable);
  std::erase_if(rpm.repositories, [&](const RpmRepository& each) { return !is_held(each, options); });
  // What cannot be fetched is in no copy either.
  if (!unfetchable.empty() && !options.holds) return tl::unexpected<Unfetchable>(std::move(unfetchable));

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
  if (const Status done =
          fetch_rpm_repositories(tools, rpm.repositories, rpm.copies, name_of_copies, fetched, signed_files);
      !done)
    return fail(done.error());
  if (options.only_signed)
    if (const Status good = check_signed(fetched); !good) return fail(good.error());
  // What was asked for twice was warned of twice.
  std::vector<MetadataWarning> once;
  append_new(once, fetched.warnings);
  fetched.warnings = std::move(once);
  std::ranges::sort(signed_files);
  fetched.digest = sha256_hex(join(signed_files, ""));
  return fetched;
}

}  // namespace nvprov
