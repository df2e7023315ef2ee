#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/append_new.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "host/private_folder.hpp"
#include "metadata/apt_keys.hpp"
#include "metadata/dnf_sources.hpp"
#include "metadata/fetch_apt.hpp"
#include "metadata/fetch_rpm.hpp"
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

// A name for the copies of planned files: they are looked up by it and never written there.
const std::string name_of_copies = "/nvprov-copies";

std::vector<std::string> sections_of(const TargetFiles& target, const std::vector<RepositoryEntry>& entries) {
  std::vector<std::string> sections;
  for (const RepositoryEntry& entry : entries)
    sections.push_back(section_at(target.read(entry.file).value_or(""), entry.line));
  return sections;
}

// dnf_sources() takes the files added as they are, and those of apt's kind are none of dnf's.
ConsultedRepositories dnf_part(ConsultedRepositories repositories) {
  std::erase_if(repositories.added, [](const AddRepository& file) { return !file.path.ends_with(".repo"); });
  return repositories;
}

// Where the entry of this id stands.
void tell_place(RpmRepository& repository, const ConsultedRepositories& repositories) {
  for (const RepositoryEntry& entry : repositories.entries) {
    if (entry.format != "repo" || entry.id != repository.id) continue;
    repository.file = entry.file;
    repository.line = entry.line;
  }
  for (const AddRepository& file : repositories.added)
    if (contains(file.content, "[" + repository.id + "]")) repository.file = file.path;
}

// What is asked for that only another machine, or another program, can give.
std::optional<std::string> why_not(const RpmRepository& repository, const TargetFiles& target,
                                   const std::vector<PlannedCopy>& copies) {
  const auto is_planned = [&](const std::string& key) {
    return std::ranges::any_of(copies, [&](const PlannedCopy& copy) { return key.ends_with("/" + copy.name); });
  };
  for (const std::string& key : repository.keys)
    if (repository.metadata_signed && !target.is_here() && !key.starts_with("https://") && !is_planned(key))
      return fmt::format("its key {} is a file of a machine that is not here", key);
  if (repository.access.credentials && contains(*repository.access.credentials, ":***"))
    return "its password is not among the facts";
  for (const std::string& address : addresses_to_ask(repository)) {
    const std::string scheme = lower(address.substr(0, address.find(':')));
    if (scheme == "file" && !target.is_here())
      return fmt::format("it is a {} of a machine that is not here", repository.bases.empty() ? "file" : "folder");
    if (scheme != "https" && scheme != "http" && scheme != "file")
      return fmt::format("nvprov does not speak {}", scheme);
  }
  return std::nullopt;
}

struct RpmPart {
  std::vector<RpmRepository> repositories;
  std::vector<PlannedCopy> copies;
};

RpmPart rpm_part(const ConsultedRepositories& repositories, const TargetFiles& target, const HostFacts& facts,
                 Unfetchable& unfetchable) {
  const ConsultedRepositories own = dnf_part(repositories);
  DnfSources sources = dnf_sources(own, sections_of(target, own.entries), name_of_copies);
  RpmPart part{.repositories = rpm_repositories(sources.repositories, target.read("/etc/dnf/dnf.conf").value_or(""),
                                                rpm_variables(facts, target)),
               .copies = std::move(sources.copies)};
  for (RpmRepository& repository : part.repositories) {
    tell_place(repository, own);
    const std::vector<std::string> addresses = addresses_to_ask(repository);
    if (const auto why = why_not(repository, target, part.copies))
      unfetchable.push_back({repository.file, repository.line,
                             addresses.empty() ? std::string() : mask_credentials(addresses.front()), *why});
  }
  return part;
}

}  // namespace

std::vector<std::string> deb_architectures(const TargetFiles& target, const HostFacts& facts) {
  std::vector<std::string> names = {deb_architecture(facts)};
  const std::string foreign = target.read("/var/lib/dpkg/arch").value_or("");
  for (const std::string_view line : split_lines(foreign))
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
  const RpmPart rpm = rpm_part(repositories, target, facts, unfetchable);
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
  if (const Status done =
          fetch_rpm_repositories(tools, rpm.repositories, rpm.copies, name_of_copies, fetched, signed_files);
      !done)
    return fail(done.error());
  // What was asked for twice was warned of twice.
  std::vector<MetadataWarning> once;
  append_new(once, fetched.warnings);
  fetched.warnings = std::move(once);
  std::ranges::sort(signed_files);
  fetched.digest = sha256_hex(join(signed_files, ""));
  return fetched;
}

}  // namespace nvprov
