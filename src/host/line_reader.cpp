#include "host/line_reader.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "host/posix_file.hpp"

namespace nvprov {
namespace {

constexpr std::size_t piece_bytes = 1 << 16;

// Appends what comes next; false at the end.
Result<bool> read_piece(int descriptor, std::string& text) {
  const std::size_t used = text.size();
  text.resize(used + piece_bytes);
  ssize_t count = 0;
  do count = ::read(descriptor, text.data() + used, piece_bytes);
  while (count < 0 && errno == EINTR);
  const int error = errno;
  text.resize(used + static_cast<std::size_t>(count > 0 ? count : 0));
  if (count < 0) return fail(system_error("read", "standard input", error));
  return count > 0;
}

}  // namespace

Result<bool> LineReader::fill() {
  buffer_.erase(0, used_);
  used_ = 0;
  return read_piece(descriptor_, buffer_);
}

Result<std::optional<InputLine>> LineReader::next() {
  InputLine line{.number = ++number_, .text = {}, .is_too_long = false};
  for (;;) {
    const std::size_t end = buffer_.find('\n', used_);
    const bool is_whole = end != std::string::npos;
    const std::size_t stop = is_whole ? end : buffer_.size();
    line.is_too_long = line.is_too_long || line.text.size() + (stop - used_) > longest_;
    if (line.is_too_long)
      line.text.clear();
    else
      line.text.append(buffer_, used_, stop - used_);
    used_ = is_whole ? stop + 1 : stop;
    if (is_whole) break;
    const auto more = fill();
    if (!more) return fail(more.error());
    if (*more) continue;
    if (line.text.empty() && !line.is_too_long) return std::nullopt;
    break;
  }
  if (line.text.ends_with('\r')) line.text.pop_back();
  return line;
}

Result<std::string> read_standard_input(std::size_t most) {
  std::string text;
  for (;;) {
    const auto more = read_piece(STDIN_FILENO, text);
    if (!more) return fail(more.error());
    if (text.size() > most)
      return fail(ErrorKind::usage, fmt::format("standard input holds more than {} MiB", most >> 20));
    if (!*more) return text;
  }
}

}  // namespace nvprov
