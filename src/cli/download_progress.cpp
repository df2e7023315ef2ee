#include "cli/download_progress.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text.hpp"
#include "report/apply_text.hpp"

namespace nvprov {
namespace {

double percent_of(const DownloadProgress& progress) {
  if (progress.total_bytes == 0) return 0;
  return 100.0 * static_cast<double>(progress.done_bytes) / static_cast<double>(progress.total_bytes);
}

}  // namespace

std::function<void(const DownloadProgress&)> progress_on(Terminal& terminal, std::string what) {
  if (!terminal.shows_progress()) return {};
  return [&terminal, what = std::move(what)](const DownloadProgress& progress) {
    const std::string message = fmt::format("{} of {} {}, {}", progress.done_files, progress.total_files, what,
                                            format_bytes(progress.done_bytes));
    terminal.transient(progress_line("download", percent_of(progress), message, terminal.width()));
  };
}

}  // namespace nvprov
