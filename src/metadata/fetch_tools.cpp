#include "metadata/fetch_tools.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "base/text.hpp"

namespace nvprov {

TargetFiles files_with_keys(const TargetFiles& target) {
  return target.is_here() ? target : TargetFiles(target.machine(), "/");
}

void pause_before_retry(const FetchTools& tools) {
  std::this_thread::sleep_for(std::chrono::milliseconds(tools.options.pause_milliseconds));
}

namespace {

// A file of the very size that was signed, which stays another one: that is how a forgery looks, not an update.
Error forged_error(const std::string& repository, const DownloadFailure& failure) {
  Error error{.kind = ErrorKind::not_trusted,
              .message = fmt::format("an index of {} was changed after it was signed, also at try {}",
                                     mask_credentials(repository), stale_tries),
              .because = {failure.error.message},
              .hints = {"look at the mirror and the proxy before anything else"},
              .context = {}};
  error.because.insert(error.because.end(), failure.error.because.begin(), failure.error.because.end());
  return error;
}

}  // namespace

Error stale_error(const std::string& repository, const DownloadFailure& failure) {
  if (failure.size_holds) return forged_error(repository, failure);
  Error error{.kind = ErrorKind::failed,
              .message = fmt::format("the indexes of {} do not match its index of them, also at try {}",
                                     mask_credentials(repository), stale_tries),
              .because = {failure.error.message},
              .hints = {"the mirror is being updated, or a cache on the way holds an older file; try again later"},
              .context = {}};
  error.because.insert(error.because.end(), failure.error.because.begin(), failure.error.because.end());
  return error;
}

Status keep_validators_of(Host& machine, const std::string& incoming, const std::string& kept) {
  const auto text = machine.read_file(validators_path(incoming));
  if (!text) return fail(text.error());
  if (!*text) return machine.remove_file(validators_path(kept));
  return machine.write_file(validators_path(kept), **text, 0644);
}

Result<std::string> read_whole(const HostView& machine, const std::string& path) {
  const auto text = machine.read_file(path);
  if (!text) return fail(text.error());
  if (!*text) return fail(fmt::format("{} is not there", path));
  return **text;
}

std::string file_name_of(std::string_view path) { return replace_all(std::string(path), "/", "_"); }

}  // namespace nvprov
