#pragma once

#include <array>
#include <string_view>

#include "base/result.hpp"

namespace nvprov {

// What the caller of nvprov learns from its exit status; the README lists them.
enum class ExitCode {
  done = 0,           // done, or nothing to do
  failed = 1,         // could not be done, lock timeout
  usage = 2,          // usage, not root, invalid input file, GPU or target not nameable
  refused = 3,        // unsatisfiable, a blocker, missing consent, no GPU and none named
  differs = 4,        // the host differs from a saved plan; lint or audit found something; plan --detailed-exitcode:
                      // something to do
  not_trusted = 5,    // signature, key, checksum
  reboot_needed = 6,  // done, reboot needed (only with --detailed-exitcode)
  bug = 70,           // a fault of nvprov's own
  interrupted = 130,  // interrupted or declined
};

// What --help and the manual page say of each.
struct ExitCodeMeaning {
  ExitCode code;
  std::string_view meaning;
};
inline constexpr std::array exit_code_meanings = {
    ExitCodeMeaning{ExitCode::done, "done or nothing to do"},
    ExitCodeMeaning{ExitCode::failed, "failed"},
    ExitCodeMeaning{ExitCode::usage, "usage, not root, invalid input"},
    ExitCodeMeaning{ExitCode::refused, "unsatisfiable, a blocker or missing consent"},
    ExitCodeMeaning{ExitCode::differs, "the host differs, or lint, audit or verify found something"},
    ExitCodeMeaning{ExitCode::not_trusted, "not trusted"},
    ExitCodeMeaning{ExitCode::reboot_needed, "reboot needed (`--detailed-exitcode`)"},
    ExitCodeMeaning{ExitCode::bug, "a fault of nvprov's own"},
    ExitCodeMeaning{ExitCode::interrupted, "interrupted or declined"},
};

constexpr ExitCode exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::failed: return ExitCode::failed;
    case ErrorKind::usage: return ExitCode::usage;
    case ErrorKind::not_trusted: return ExitCode::not_trusted;
    case ErrorKind::changed: return ExitCode::differs;
    case ErrorKind::refused: return ExitCode::refused;
  }
  return ExitCode::bug;
}

}  // namespace nvprov
