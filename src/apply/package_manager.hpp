#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "apply/apply.hpp"
#include "base/result.hpp"
#include "host/host.hpp"
#include "model/plan.hpp"

namespace nvprov {

// What running the package manager needs beside its arguments.
struct PackageManagerRun {
  const ApplyOptions& options;
  const ApplyEvents& events;
  const std::string& log;                               // path of the file that gets its full output
  const std::vector<PackageChange>* closure = nullptr;  // what was agreed to: tells dnf architectures
};

struct LoggedOutput {
  int exit_status = 0;
  std::string text;               // stdout and stderr
  bool touched_packages = false;  // dpkg or rpm began to change packages
};

// Waits until nobody holds a lock of dpkg or apt, telling who does; fails naming the holder after lock_timeout.
Status wait_for_package_locks(const PackageManagerRun& run, Host& host);

// Between two tries for a lock; tests replace it by options.pause.
void pause_a_second(const ApplyOptions& options);

// Runs dnf to its end like run_logged(), and as long as another process has its lock again after a second, telling who
// does; fails naming the holder after lock_timeout.
Result<LoggedOutput> run_dnf_when_free(Host& host, const std::vector<std::string>& argv, const PackageManagerRun& run);

// The arguments with what this run alone needs: its apt.conf, its folders.
std::vector<std::string> for_this_run(std::vector<std::string> argv, const ApplyOptions& options);

// Runs a program to its end, its output to the log, its progress to the events.
Result<LoggedOutput> run_logged(Host& host, const std::vector<std::string>& argv, const PackageManagerRun& run);

// Paths of logs that DKMS names where it could not build a module.
std::vector<std::string> build_logs_in(std::string_view text);

// The error for a program that ended badly: its last lines, and where the rest is.
Error failed_program(std::string message, const LoggedOutput& output, const PackageManagerRun& run);

// The last lines of a text that are not empty, at most `count`.
std::vector<std::string> last_lines(std::string_view text, std::size_t count);

}  // namespace nvprov
