#pragma once

#include "host/downloader.hpp"

namespace nvprov {

bool is_local_file(const Download& download);
// Copies a "file:" address under the rules of a download. Only host/ includes this.
DownloadResult fetch_local_file(const Download& download);

// What both kinds of fetching end with: the checks of a whole part, then its place.
class PartFile;
DownloadResult settle_part(const Download& download, PartFile& part);
tl::unexpected<DownloadFailure> download_fails(DownloadProblem problem, Error error);
tl::unexpected<DownloadFailure> download_fails(DownloadProblem problem, std::string message,
                                               ErrorKind kind = ErrorKind::failed);
// The largest size that is still right.
std::uint64_t limit_of(const Download& download);
tl::unexpected<DownloadFailure> larger_than_allowed(const Download& download);

}  // namespace nvprov
