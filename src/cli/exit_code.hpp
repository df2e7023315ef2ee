#pragma once

#include "base/result.hpp"

namespace nvprov {

// What the caller of nvprov learns from its exit status; the README lists them.
enum class ExitCode {
  done = 0,           // done, or nothing to do
  failed = 1,         // could not be done, lock timeout
  usage = 2,          // usage, not root, invalid input file, GPU or target not nameable
  refused = 3,        // unsatisfiable, a blocker, missing consent, no GPU and none named
  differs = 4,        // the host differs from a saved plan; plan --detailed-exitcode: there is something to do
  not_trusted = 5,    // signature, key, checksum
  reboot_needed = 6,  // done, reboot needed (only with --detailed-exitcode)
  bug = 70,           // a fault of nvprov's own
  interrupted = 130,  // interrupted or declined
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
