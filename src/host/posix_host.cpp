#include "host/posix_host.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>

#include "host/lock_holder.hpp"
#include "host/posix_file.hpp"
#include "host/rooted_path.hpp"
#include "host/run_command.hpp"

namespace nvprov {
namespace {

class PosixHost : public Host {
 public:
  explicit PosixHost(std::string root) : root_(std::move(root)) {}

  bool is_live() const override { return root_ == "/"; }

  Result<std::optional<std::string>> read_file(const std::string& path) const override {
    const auto real = for_reading(path, true);
    if (!real) return fail(real.error());
    return read_real_file(*real, path);
  }

  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override {
    const auto real = for_reading(path, true);
    if (!real) return fail(real.error());
    return list_real_directory(*real, path);
  }

  Result<std::optional<FileInfo>> link_info(const std::string& path) const override {
    const auto real = for_reading(path, false);
    if (!real) return fail(real.error());
    return real_file_info(*real, path, false);
  }

  Result<std::optional<FileInfo>> file_info(const std::string& path) const override {
    const auto real = for_reading(path, true);
    if (!real) return fail(real.error());
    return real_file_info(*real, path, true);
  }

  Result<std::optional<std::string>> read_link(const std::string& path) const override {
    const auto real = for_reading(path, false);
    if (!real) return fail(real.error());
    return read_real_link(*real, path);
  }

  Result<Uname> uname() const override {
    if (!is_live()) return fail(not_the_targets("kernel", "--kernel RELEASE"));
    utsname names{};
    if (::uname(&names) != 0) return fail(system_error("ask for", "the kernel's name", errno));
    return Uname{.release = names.release, .machine = names.machine};
  }

  Result<std::uint32_t> effective_user() const override {
    if (!is_live()) return fail(fmt::format("{} is a folder; no user runs in it", root_));
    return ::geteuid();
  }

  std::optional<std::string> environment(const std::string& name) const override {
    const char* value = is_live() ? std::getenv(name.c_str()) : nullptr;
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
  }

  Result<CommandOutput> query(const Command& command) const override {
    if (const Status allowed = check_read_only(command); !allowed) return fail(allowed.error());
    return run_command(command, {.root = root_}, {});
  }

  Status write_file(const std::string& path, std::string_view content, std::uint32_t mode) override {
    const auto real = rooted_path(root_, path, true);
    if (!real) return fail(real.error());
    return replace_real_file(*real, path, content, mode);
  }

  Status remove_file(const std::string& path) override {
    const auto real = rooted_path(root_, path, false);
    if (!real) return fail(real.error());
    return remove_real_file(*real, path);
  }

  Status make_directory(const std::string& path, std::uint32_t mode) override {
    const auto real = rooted_path(root_, path, true);
    if (!real) return fail(real.error());
    return make_real_directory(*real, path, mode);
  }

  Result<CommandOutput> run(const Command& command, const RunOptions& options) override {
    if (options.log_path.empty()) return run_command(command, {.root = root_}, options);
    const auto log = open_log(options.log_path);
    if (!log) return fail(log.error());
    return run_command(command, {.root = root_, .log = log->get()}, options);
  }

  Result<CommandOutput> run_carried(std::string_view program) override {
    if (!is_live()) return fail(fmt::format("{} is a folder; nothing runs in it", root_));
    return run_from_memory(program);
  }

  Result<std::unique_ptr<HostLock>> lock(const std::string& path) override {
    const auto real = rooted_path(root_, path, true);
    if (!real) return fail(real.error());
    return lock_real_file(*real, path);
  }

  Result<std::optional<std::string>> lock_holder(const std::string& path) override {
    const auto real = rooted_path(root_, path, true);
    if (!real) return fail(real.error());
    return file_lock_holder(*real);
  }

 private:
  // The live root needs no walk: the kernel resolves the path as the target does.
  Result<std::string> for_reading(const std::string& path, bool follow_last) const {
    if (is_live()) return path;
    return rooted_path(root_, path, follow_last);
  }

  Result<FileDescriptor> open_log(const std::string& path) const {
    const auto real = rooted_path(root_, path, true);
    if (!real) return fail(real.error());
    const std::string folder = real->substr(0, real->rfind('/'));
    if (const Status made = make_real_directory(folder.empty() ? "/" : folder, path, 0755); !made)
      return fail(made.error());
    // Not for everybody: what a package manager prints may name proxies and their passwords.
    FileDescriptor file(::open(real->c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (!file.is_open()) return fail(system_error("open the log", path, errno));
    return file;
  }

  Error not_the_targets(std::string_view what, std::string_view flag) const {
    return Error{.message = fmt::format("the {} of this machine is not that of {}", what, root_),
                 .because = {},
                 .hints = {fmt::format("name it with {}", flag)},
                 .context = {}};
  }

  std::string root_;  // without a slash at its end, unless it is "/"
};

std::string without_end_slashes(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

std::unique_ptr<Host> make_posix_host(const std::string& root) {
  return std::make_unique<PosixHost>(root.empty() ? "/" : without_end_slashes(root));
}

Clock system_clock() {
  return Clock{.seconds = [] { return static_cast<std::int64_t>(std::time(nullptr)); }};
}

}  // namespace nvprov
