#include "bundle/fetch_packages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "bundle/mirror_path.hpp"
#include "host/file_digest.hpp"
#include "host/private_folder.hpp"

namespace nvprov {
namespace {

constexpr std::uint64_t largest_package = std::uint64_t{16} << 30;
constexpr std::string_view digest_begin = "sha256:";

struct WantedPackage {
  const LockedPackage* package = nullptr;
  Download download;
};

bool is_known(const LockedPackage& package) {
  return package.repository && package.path && package.digest && package.digest->starts_with(digest_begin);
}

Download download_of(const LockedPackage& package, const FetchRecord& record, const std::string& folder) {
  const std::string hex = package.digest->substr(digest_begin.size());
  Download file{.url = *package.repository + *package.path,
                .destination = fmt::format("{}/{}", folder, hex),
                .max_bytes = largest_package,
                .digest = FileDigest{DigestKind::sha256, hex}};
  if (auto way = record.way_to(file.url)) {
    file.url = std::move(way->url);
    file.access = std::move(way->access);
  }
  return file;
}

Result<bool> is_there(const Download& file) {
  const auto found = digest_file(file.destination, DigestKind::sha256);
  if (!found) return fail(found.error());
  return *found && (*found)->digest == *file.digest;
}

Error not_fetched(const LockedPackage& package, const DownloadFailure& failure) {
  Error error = failure.error.in(fmt::format("fetching the package {} {}", package.name, package.version));
  if (failure.problem == DownloadProblem::mismatch) error.kind = ErrorKind::not_trusted;
  if (failure.problem == DownloadProblem::not_there)
    error.hints.emplace_back("the repository has no such file any more; make a new plan or lock");
  return error;
}

Result<BundlePart> part_of(const WantedPackage& wanted) {
  const std::string url = without_credentials(wanted.download.url);
  const auto path = mirror_path(url);
  if (!path) return fail(fmt::format("{} can have no place in a bundle", mask_credentials(url)));
  return BundlePart{
      .path = *path, .role = BundleRole::package, .mode = 0644, .url = url, .file = wanted.download.destination};
}

}  // namespace

Result<FetchedPackages> fetch_packages(Host& machine, const Lockfile& lock, const FetchRecord& record,
                                       const std::string& folder, Downloader& downloader, const DownloadWatch& watch) {
  if (const Status made = make_cache_folder(machine, folder); !made) return fail(made.error());
  FetchedPackages fetched;
  std::vector<WantedPackage> wanted;
  std::vector<WantedPackage> missing;
  for (const LockedPackage& package : lock.packages) {
    if (!is_known(package)) {
      fetched.left_out.push_back(package.name);
      continue;
    }
    wanted.push_back({&package, download_of(package, record, folder)});
    const auto there = is_there(wanted.back().download);
    if (!there) return fail(there.error());
    if (!*there) missing.push_back(wanted.back());
  }
  std::vector<Download> downloads;
  for (const WantedPackage& each : missing) downloads.push_back(each.download);
  const std::vector<DownloadResult> results = downloader.fetch(downloads, watch);
  for (std::size_t i = 0; i < results.size(); ++i)
    if (!results[i]) return fail(not_fetched(*missing[i].package, results[i].error()));
  for (const WantedPackage& each : wanted) {
    auto part = part_of(each);
    if (!part) return fail(part.error());
    fetched.parts.push_back(std::move(*part));
  }
  return fetched;
}

}  // namespace nvprov
