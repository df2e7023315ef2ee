#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "closure/closure.hpp"
#include "closure/dnf_folder.hpp"
#include "host/private_folder.hpp"
#include "packages/dnf.hpp"

namespace nvprov {
namespace {

Error error_of(const DnfProblem& problem, const DnfFolder& folder) {
  const auto error = [&](ErrorKind kind, std::string message, std::string hint) {
    return Error{.kind = kind,
                 .message = std::move(message),
                 .because = {problem.detail},
                 .hints = {std::move(hint)},
                 .context = {}};
  };
  switch (problem.failure) {
    case DnfFailure::not_trusted:
      return error(ErrorKind::not_trusted, "the signature of a repository does not hold; nothing of it is used",
                   "look at the entry and its key before anything else; older metadata is not used instead");
    case DnfFailure::mismatch:
      return error(ErrorKind::not_trusted, "metadata differs from its checksum",
                   "the mirror or a proxy on the way is being updated or broken; try again later");
    case DnfFailure::not_found:
    case DnfFailure::unreachable:
      return error(ErrorKind::failed, "a repository cannot be reached",
                   "check the network, the proxy and the entry; without network use `--offline`");
    case DnfFailure::no_space:
      return error(ErrorKind::failed, fmt::format("the disk that holds {} is full", folder.path),
                   "make room, or let XDG_CACHE_HOME name another disk");
    case DnfFailure::locked:
      return error(ErrorKind::failed, fmt::format("another dnf works in {}", folder.path), "wait until it has ended");
    case DnfFailure::filtered:
    case DnfFailure::unsatisfiable:
    case DnfFailure::other: break;
  }
  return error(ErrorKind::failed, "dnf could not refresh its metadata", "see whether `dnf makecache` says more");
}

// Over the files whose signatures vouch for all others.
Result<std::string> signed_digest(const Host& machine, const DnfFolder& folder) {
  const std::string cache = folder.path + "/cache";
  const auto names = machine.list_directory(cache);
  if (!names) return fail(names.error());
  std::string digests;
  for (const std::string& name : names->value_or(std::vector<std::string>())) {
    const auto content = machine.read_file(fmt::format("{}/{}/repodata/repomd.xml", cache, name));
    if (content && *content) digests += fmt::format("{}  {}\n", sha256_hex(**content), name);
  }
  return sha256_hex(digests);
}

// dnf takes the newest; offers are sorted by name and version.
void mark_candidates(std::vector<PackageOffer>& offers) {
  for (std::size_t i = 0; i < offers.size(); ++i)
    offers[i].candidate = i + 1 == offers.size() || offers[i + 1].name != offers[i].name;
}

Result<std::vector<PackageOffer>> offers_in(Host& machine, const DnfFolder& folder,
                                            const std::vector<std::string>& names) {
  if (names.empty()) return std::vector<PackageOffer>();
  const auto output = run_dnf(machine, folder, repoquery_argv(folder.generation, names, true));
  if (!output) return fail(output.error());
  if (output->exit_status != 0) return fail(error_of(classify_dnf_failure(output->out + output->err), folder));
  auto offers = parse_repoquery(output->out);
  if (offers) mark_candidates(*offers);
  return offers;
}

Result<RepositoryMetadata> ask(Host& machine, const PrivateApt& where, const HostFacts& facts,
                               const ConsultedRepositories& repositories, const std::vector<std::string>& names) {
  const auto folder = open_dnf_folder(machine, where, facts, repositories);
  if (!folder) return fail(folder.error());
  const auto fetched = fetch_metadata_of(machine, *folder);
  if (!fetched) return fail(fetched.error());
  auto digest = signed_digest(machine, *folder);
  if (!digest) return fail(digest.error());
  auto offers = offers_in(machine, *folder, names);
  if (!offers) return fail(offers.error());
  return RepositoryMetadata{.known = true,
                            .silent_about = {},
                            .digest = std::move(*digest),
                            .fetched_at = format_timestamp(*fetched),
                            .offers = std::move(*offers)};
}

}  // namespace

Result<std::int64_t> fetch_metadata_of(Host& machine, const DnfFolder& folder) {
  const std::int64_t now = std::time(nullptr);
  const auto fetched = read_stamp(machine, folder.stamp());
  if (fetched && is_fresh(*fetched, now)) return *fetched;
  if (const Status removed = machine.remove_file(folder.stamp()); !removed) return fail(removed.error());
  const auto output = run_dnf(machine, folder, makecache_argv(folder.generation));
  if (!output) return fail(output.error());
  if (output->exit_status != 0) return fail(error_of(classify_dnf_failure(output->out + output->err), folder));
  if (const Status stamped = write_stamp(machine, folder.stamp(), now); !stamped) return fail(stamped.error());
  return now;
}

Result<RepositoryMetadata> fetch_dnf_metadata(Host& machine, const PrivateApt& where, const HostFacts& facts,
                                              const ConsultedRepositories& repositories,
                                              const std::vector<std::string>& names) {
  auto metadata = ask(machine, where, facts, repositories, names);
  if (!metadata) return fail(metadata.error().in("asking the repositories which versions they offer"));
  return metadata;
}

}  // namespace nvprov
