#include "apply/package_manager.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"

using namespace nvprov;

namespace {

struct Waiting {
  int seconds = 0;
  std::vector<std::string> told;
};

Status wait(MemoryHost& host, int timeout, Waiting& waiting) {
  ApplyOptions options;
  options.lock_timeout = timeout;
  options.pause = [&] { ++waiting.seconds; };
  ApplyEvents events;
  events.waiting_for_lock = [&](std::string_view holder) { waiting.told.emplace_back(holder); };
  const std::string log = "/var/log/nvprov/x.log";
  return wait_for_package_locks({.options = options, .events = events, .log = log}, host);
}

}  // namespace

TEST_CASE("a free dpkg lock is not waited for") {
  MemoryHost host;
  Waiting waiting;
  CHECK(wait(host, 600, waiting));
  CHECK(waiting.seconds == 0);
  CHECK(waiting.told.empty());
}

TEST_CASE("a held dpkg lock is waited for, and each holder is told once") {
  MemoryHost host;
  host.lock_holders["/var/lib/dpkg/lock-frontend"] = {"apt-get (pid 7)", "apt-get (pid 7)", "dpkg (pid 8)", {}};
  host.lock_holders["/var/lib/apt/lists/lock"] = {"apt-get (pid 9)", {}};
  Waiting waiting;
  CHECK(wait(host, 600, waiting));
  CHECK(waiting.seconds == 4);
  CHECK(waiting.told == std::vector<std::string>{"apt-get (pid 7)", "dpkg (pid 8)", "apt-get (pid 9)"});
}

TEST_CASE("a dpkg lock that stays held fails after the timeout, naming its holder and the flag") {
  MemoryHost host;
  host.lock_holders["/var/lib/dpkg/lock-frontend"] = {"unattended-upgr (pid 4711)"};
  Waiting waiting;
  const auto waited = wait(host, 30, waiting);
  REQUIRE(!waited);
  CHECK(waited.error() ==
        Error{.kind = ErrorKind::failed,
              .message = "/var/lib/dpkg/lock-frontend is held by unattended-upgr (pid 4711), after waiting 30 seconds",
              .because = {},
              .hints = {"let it end, or wait longer with `--lock-timeout SECONDS`"},
              .context = {}});
  CHECK(waiting.seconds == 30);
}
