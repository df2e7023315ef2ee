#include "host/lock_holder.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>

#include "base/text.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

// Another process that holds an fcntl lock on a file, as dpkg does, until this goes.
class LockingProcess {
 public:
  explicit LockingProcess(const std::string& path) {
    std::array<int, 2> ready{};
    REQUIRE(pipe(ready.data()) == 0);
    pid_ = fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) hold(path, ready[1]);
    char byte = 0;
    REQUIRE(read(ready[0], &byte, 1) == 1);
    close(ready[0]);
    close(ready[1]);
  }
  ~LockingProcess() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  LockingProcess(const LockingProcess&) = delete;
  LockingProcess& operator=(const LockingProcess&) = delete;
  pid_t pid() const { return pid_; }

 private:
  [[noreturn]] static void hold(const std::string& path, int ready) {
    const int file = open(path.c_str(), O_RDWR);
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    if (fcntl(file, F_SETLK, &lock) != 0 || write(ready, "x", 1) != 1) _exit(1);
    for (;;) pause();
  }
  pid_t pid_ = -1;
};

struct TemporaryFile {
  std::string path = "/tmp/nvprov-lock-XXXXXX";
  TemporaryFile() { close(mkstemp(path.data())); }
  ~TemporaryFile() { unlink(path.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
};

}  // namespace

TEST_CASE("the process that holds a lock as dpkg does is named with its pid, and only while it holds it") {
  const TemporaryFile file;
  CHECK(file_lock_holder(file.path) == std::nullopt);
  {
    const LockingProcess process(file.path);
    const auto holder = file_lock_holder(file.path);
    REQUIRE(holder);
    REQUIRE(*holder);
    CHECK((*holder)->ends_with(" (pid " + std::to_string(process.pid()) + ")"));
  }
  CHECK(file_lock_holder(file.path) == std::nullopt);
}

TEST_CASE("nobody holds a lock file that is not there") {
  CHECK(file_lock_holder("/nonexistent/lock-frontend") == std::nullopt);
}

TEST_CASE("a lock file that cannot be looked at is an error") {
  const TemporaryFile file;
  CHECK(!file_lock_holder(file.path + "/lock"));
}
