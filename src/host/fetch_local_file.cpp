#include "host/fetch_local_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/text.hpp"
#include "host/part_file.hpp"

namespace nvprov {
namespace {

constexpr std::string_view file_scheme = "file:";

std::string url_path(std::string_view url) {
  std::string_view path = url.substr(file_scheme.size());
  while (path.starts_with("//")) path.remove_prefix(1);
  return std::string(path);
}

class OfflineDownloader : public Downloader {
 public:
  std::vector<DownloadResult> fetch(const std::vector<Download>& files, const DownloadWatch&) override {
    std::vector<DownloadResult> results;
    for (const Download& file : files)
      results.push_back(is_local_file(file) ? fetch_local_file(file)
                                            : DownloadResult(download_fails(
                                                  DownloadProblem::unreachable,
                                                  fmt::format("{} was not asked for: there is no network in this work",
                                                              mask_credentials(file.url)))));
    return results;
  }
};

DownloadResult copy_bytes(const Download& download, const FileDescriptor& source) {
  PartFile part(download.destination, download.digest ? download.digest->kind : DigestKind::sha256);
  if (const Status opened = part.open_empty(); !opened)
    return download_fails(DownloadProblem::no_place, opened.error());
  std::string bytes(256UL * 1024, '\0');
  for (;;) {
    const ssize_t count = ::read(source.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return download_fails(DownloadProblem::unreachable, system_error("read", download.url, errno));
    if (count == 0) return settle_part(download, part);
    if (part.size() + static_cast<std::uint64_t>(count) > limit_of(download)) {
      part.remove();
      return larger_than_allowed(download);
    }
    if (const Status added = part.add({bytes.data(), static_cast<std::size_t>(count)}); !added) {
      part.remove();
      return download_fails(DownloadProblem::no_place, added.error());
    }
  }
}

Error differs(const Download& download, std::string why) {
  return Error{.kind = ErrorKind::failed,
               .message = fmt::format("{} is not the file that was expected", mask_credentials(download.url)),
               .because = {std::move(why)},
               .hints = {},
               .context = {}};
}

}  // namespace

tl::unexpected<DownloadFailure> download_fails(DownloadProblem problem, Error error) {
  return tl::unexpected<DownloadFailure>(DownloadFailure{.problem = problem, .error = std::move(error)});
}

tl::unexpected<DownloadFailure> download_fails(DownloadProblem problem, std::string message, ErrorKind kind) {
  return download_fails(problem,
                        Error{.kind = kind, .message = std::move(message), .because = {}, .hints = {}, .context = {}});
}

std::uint64_t limit_of(const Download& download) {
  return download.size ? std::min(*download.size, download.max_bytes) : download.max_bytes;
}

tl::unexpected<DownloadFailure> larger_than_allowed(const Download& download) {
  if (download.size && *download.size <= download.max_bytes)
    return download_fails(DownloadProblem::mismatch,
                          differs(download, fmt::format("it is larger than {} bytes", *download.size)));
  return download_fails(DownloadProblem::too_large, fmt::format("{} is larger than {}", mask_credentials(download.url),
                                                                format_bytes(download.max_bytes)));
}

DownloadResult settle_part(const Download& download, PartFile& part) {
  const std::uint64_t size = part.size();
  const FileDigest found{download.digest ? download.digest->kind : DigestKind::sha256, part.finish()};
  std::string why;
  if (download.size && *download.size != size)
    why = fmt::format("it has {} bytes in place of {}", size, *download.size);
  else if (download.digest && *download.digest != found)
    why = fmt::format("its checksum is {} in place of {}", found.hex, download.digest->hex);
  if (!why.empty()) {
    part.remove();
    return tl::unexpected<DownloadFailure>(DownloadFailure{.problem = DownloadProblem::mismatch,
                                                           .error = differs(download, std::move(why)),
                                                           .size_holds = download.size && *download.size == size});
  }
  if (const Status placed = part.take_place(); !placed) {
    part.remove();
    return download_fails(DownloadProblem::no_place, placed.error());
  }
  return Downloaded{.unchanged = false, .bytes = size, .digest = found};
}

bool is_local_file(const Download& download) { return download.url.starts_with(file_scheme); }

DownloadResult fetch_local_file(const Download& download) {
  if (!download.access.allow_file)
    return download_fails(DownloadProblem::not_allowed, fmt::format("{} is not an https address", download.url),
                          ErrorKind::usage);
  const std::string path = url_path(download.url);
  const FileDescriptor source(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!source.is_open() && means_absent(errno))
    return download_fails(DownloadProblem::not_there, fmt::format("{} is not there", path));
  if (!source.is_open() || ::fstat(source.get(), &status) != 0)
    return download_fails(DownloadProblem::unreachable, system_error("read", path, errno));
  if (!S_ISREG(status.st_mode))
    return download_fails(DownloadProblem::refused, fmt::format("could not read {}: it is no regular file", path));
  return copy_bytes(download, source);
}

std::unique_ptr<Downloader> make_offline_downloader() { return std::make_unique<OfflineDownloader>(); }

}  // namespace nvprov
