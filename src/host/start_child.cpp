#include "host/start_child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/text.hpp"
#include "host/enter_root.hpp"
#include "host/run_command.hpp"

namespace nvprov {
namespace {

// Everything the child needs, made before fork: after it only calls that are safe in a signal handler are made.
struct Launch {
  RootEntry root;
  std::vector<std::string> candidates;  // full paths, tried in order
  std::vector<char*> argv;
  std::vector<char*> environment;
  std::array<int, 4> descriptors = {-1, -1, -1, -1};
  int report = -1;
};

// What the child says when it could not become the program.
struct Failure {
  enum class Stage : int { enter_root, execute };
  Stage stage = Stage::execute;
  int error = 0;
};

struct Pipe {
  FileDescriptor reader;
  FileDescriptor writer;
};

FileDescriptor raise_number(int descriptor) {
  FileDescriptor low(descriptor);
  return FileDescriptor(::fcntl(low.get(), F_DUPFD_CLOEXEC, first_spare_descriptor));
}

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(system_error("make", "a pipe", errno));
  Pipe pipe{raise_number(ends[0]), raise_number(ends[1])};
  if (!pipe.reader.is_open() || !pipe.writer.is_open()) return fail(system_error("make", "a pipe", errno));
  return pipe;
}

std::vector<std::string> candidate_paths(const std::string& program) {
  if (contains(program, "/")) return {program};
  std::vector<std::string> paths;
  for (const std::string& folder : split(plain_program_path, ':')) paths.push_back(folder + "/" + program);
  return paths;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

void close_other_descriptors(int first) {
  // Close-on-exec, not close: the report pipe must live until the program has started.
  if (::syscall(SYS_close_range, static_cast<unsigned>(first), ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
  for (int number = first; number < 4096; ++number) ::fcntl(number, F_SETFD, FD_CLOEXEC);
}

[[noreturn]] void give_up(int report, Failure::Stage stage) {
  const Failure failure{stage, errno};
  (void)!::write(report, &failure, sizeof failure);
  ::_exit(127);
}

// Ours may be blocked or ignored; a program expects them as a shell would leave them.
void reset_signals() {
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  sigset_t none{};
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void become_program(const Launch& launch) {
  reset_signals();
  int next = 0;
  for (const int descriptor : launch.descriptors)
    if (descriptor >= 0) ::dup2(descriptor, next++);
  close_other_descriptors(next);
  if (!enter_root(launch.root)) give_up(launch.report, Failure::Stage::enter_root);
  int error = ENOENT;
  for (const std::string& path : launch.candidates) {
    ::execve(path.c_str(), launch.argv.data(), launch.environment.data());
    if (errno != ENOENT && errno != ENOTDIR) error = errno;  // "not allowed" says more than "not there"
  }
  errno = error;
  give_up(launch.report, Failure::Stage::execute);
}

Error describe(const Failure& failure, const Command& command, const std::string& root) {
  const std::string& program = command.argv.front();
  if (failure.stage == Failure::Stage::enter_root)
    return system_error(fmt::format("run `{}` in the root folder", program), root, failure.error);
  if (failure.error != ENOENT) return system_error("run", fmt::format("`{}`", program), failure.error);
  return Error{.message = root == "/" ? fmt::format("the program `{}` is not on this machine", program)
                                      : fmt::format("the program `{}` is not in {}", program, root),
               .because = {},
               .hints = {},
               .context = {}};
}

// Blocks until the program has started (the pipe closes) or the child has told why it could not.
std::optional<Failure> await_start(const FileDescriptor& report) {
  Failure failure;
  ssize_t count = 0;
  do count = ::read(report.get(), &failure, sizeof failure);
  while (count < 0 && errno == EINTR);
  if (count != static_cast<ssize_t>(sizeof failure)) return std::nullopt;
  return failure;
}

std::vector<std::string> environment_texts(const Command& command) {
  std::vector<std::string> texts;
  for (const EnvironmentVariable& variable : command_environment(command.environment))
    texts.push_back(variable.name + "=" + variable.value);
  return texts;
}

}  // namespace

Result<Child> start_child(const Command& command, const std::string& root, bool with_status) {
  if (command.argv.empty()) return fail("a command without a program cannot be run");
  auto out = make_pipe();
  auto err = make_pipe();
  auto status = with_status ? make_pipe() : Result<Pipe>(Pipe{});
  auto report = make_pipe();
  for (const auto* pipe : {&out, &err, &status, &report})
    if (!*pipe) return fail(pipe->error());
  // Opened here: a bare root may have no /dev/null.
  const FileDescriptor input = raise_number(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!input.is_open()) return fail(system_error("open", "/dev/null", errno));

  std::vector<std::string> arguments = command.argv;
  std::vector<std::string> variables = environment_texts(command);
  const Launch launch{.root = prepare_root_entry(root),
                      .candidates = candidate_paths(command.argv.front()),
                      .argv = pointers(arguments),
                      .environment = pointers(variables),
                      .descriptors = {input.get(), out->writer.get(), err->writer.get(), status->writer.get()},
                      .report = report->writer.get()};
  const pid_t process = ::fork();
  if (process < 0) return fail(system_error("start", fmt::format("`{}`", command.argv.front()), errno));
  if (process == 0) become_program(launch);

  report->writer.close();
  if (const auto failure = await_start(report->reader)) {
    ::waitpid(process, nullptr, 0);
    return fail(describe(*failure, command, root));
  }
  return Child{process, std::move(out->reader), std::move(err->reader), std::move(status->reader)};
}

}  // namespace nvprov
