#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// Where programs are looked for, and their PATH.
inline constexpr std::string_view plain_program_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// The environment every command gets, whatever the caller's: fixed words, proxies passed through, then `extra`.
std::vector<EnvironmentVariable> command_environment(std::span<const EnvironmentVariable> extra);

// Where and how a command runs.
struct CommandPlace {
  std::string root = "/";  // anything else: through chroot, which only root may do
  int log = -1;            // an open file all output is written to; -1: it is collected
};

// Runs a program to its end, input from /dev/null, no descriptor of ours passed on but 0, 1, 2 and (for on_status) 3.
// An error when it could not be started; a program that fails is a CommandOutput.
Result<CommandOutput> run_command(const Command& command, const CommandPlace& place, const RunOptions& options);

// Refuses a command that is not on the read-only list or whose arguments would change something.
Status check_read_only(const Command& command);

// Runs a program that is there as bytes alone, with no arguments, on this machine.
Result<CommandOutput> run_from_memory(std::string_view program);

}  // namespace nvprov
