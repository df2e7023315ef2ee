#include "host/run_command.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include "host/line_splitter.hpp"
#include "host/start_child.hpp"

namespace nvprov {
namespace {

// A service started by a maintainer script may keep our pipe open for ever: so often we look whether the program
// itself has ended.
constexpr int look_again_ms = 200;

// One pipe, and what is done with what comes out of it.
struct Stream {
  FileDescriptor* pipe = nullptr;
  std::string* collected = nullptr;
  int log = -1;
  LineSplitter lines;
};

void take(Stream& stream, std::string_view piece) {
  if (stream.collected != nullptr) stream.collected->append(piece);
  // A log that cannot be written (full disk) must not stop a package manager half-way.
  if (stream.log >= 0) (void)write_all(stream.log, piece);
  stream.lines.add(piece);
}

// Reads what is there; closes the pipe at its end.
void read_some(Stream& stream) {
  std::array<char, 65536> piece;  // NOLINT: filled by read
  const ssize_t count = ::read(stream.pipe->get(), piece.data(), piece.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (count > 0) return take(stream, std::string_view(piece.data(), static_cast<std::size_t>(count)));
  stream.pipe->close();
}

// Waits up to `timeout_ms` and reads from whatever has something; false when nothing came.
bool read_ready(std::span<Stream> streams, int timeout_ms) {
  std::array<pollfd, 3> waits{};
  for (std::size_t i = 0; i < streams.size(); ++i) waits[i] = {streams[i].pipe->get(), POLLIN, 0};
  const int ready = ::poll(waits.data(), streams.size(), timeout_ms);
  if (ready < 0 && errno == EINTR) return true;
  if (ready <= 0) return false;
  for (std::size_t i = 0; i < streams.size(); ++i)
    if (waits[i].revents != 0) read_some(streams[i]);
  return true;
}

bool any_open(std::span<const Stream> streams) {
  return std::ranges::any_of(streams, [](const Stream& stream) { return stream.pipe->is_open(); });
}

int exit_status(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

// True once the program has ended; blocks only if told to.
bool has_ended(pid_t process, bool block, int& wait_status) {
  pid_t ended = 0;
  do ended = ::waitpid(process, &wait_status, block ? 0 : WNOHANG);
  while (ended < 0 && errno == EINTR);
  return ended != 0;
}

int follow(Child& child, std::span<Stream> streams) {
  int wait_status = 0;
  bool ended = false;
  while (any_open(streams)) {
    if (read_ready(streams, ended ? 0 : look_again_ms)) continue;
    if (ended) break;  // what it left in the pipes is read
    ended = has_ended(child.process, false, wait_status);
  }
  if (!ended) has_ended(child.process, true, wait_status);
  return exit_status(wait_status);
}

}  // namespace

std::vector<EnvironmentVariable> command_environment(std::span<const EnvironmentVariable> extra) {
  std::vector<EnvironmentVariable> variables = {
      {"LC_ALL", "C"},
      {"DEBIAN_FRONTEND", "noninteractive"},
      {"PATH", std::string(plain_program_path)},
      {"HOME", "/root"},
      {"TERM", "dumb"},
  };
  for (const char* name : {"http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
                           "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY", "NO_PROXY"})
    if (const char* value = std::getenv(name)) variables.push_back({name, value});
  for (const EnvironmentVariable& variable : extra) {
    std::erase_if(variables, [&](const EnvironmentVariable& known) { return known.name == variable.name; });
    variables.push_back(variable);
  }
  return variables;
}

Result<CommandOutput> run_command(const Command& command, const CommandPlace& place, const RunOptions& options) {
  auto child = start_child(command, place.root, static_cast<bool>(options.on_status));
  if (!child) return fail(child.error());
  CommandOutput output;
  const bool collect = place.log < 0;
  std::array<Stream, 3> streams = {
      Stream{&child->out, collect ? &output.out : nullptr, place.log, LineSplitter(options.on_output)},
      Stream{&child->err, collect ? &output.err : nullptr, place.log, LineSplitter(options.on_output)},
      Stream{&child->status, nullptr, -1, LineSplitter(options.on_status)},
  };
  output.exit_status = follow(*child, streams);
  for (Stream& stream : streams) stream.lines.finish();
  return output;
}

// The child finds the file by its number, which stays the same: it lies above those the child uses itself.
Result<CommandOutput> run_from_memory(std::string_view program) {
  const FileDescriptor made(::memfd_create("nvprov-probe", MFD_CLOEXEC));
  if (!made.is_open()) return fail(system_error("make", "a file in memory", errno));
  const FileDescriptor file(::fcntl(made.get(), F_DUPFD_CLOEXEC, first_spare_descriptor));
  if (!file.is_open()) return fail(system_error("make", "a file in memory", errno));
  if (const int error = write_all(file.get(), program); error != 0)
    return fail(system_error("write", "a file in memory", error));
  auto output = run_command({.argv = {fmt::format("/proc/self/fd/{}", file.get())}, .environment = {}}, {}, {});
  if (!output)
    return fail(ErrorKind::failed, "a program that nvprov carries could not be started", {output.error().message});
  return output;
}

}  // namespace nvprov
