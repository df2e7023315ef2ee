#pragma once

#include <csignal>

#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"

namespace nvprov {

// While this lives, SIGINT and SIGTERM do not end nvprov: the command it runs (in the same process group) gets them
// too and ends in good order, the journal is closed, and nvprov leaves with exit code 130.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  bool was_interrupted() const;

 private:
  struct sigaction before_int_ {};
  struct sigaction before_term_ {};
};

// What a command that changed nothing says and returns after an interrupt.
ExitCode interrupted(Terminal& terminal, const GlobalOptions& global);

}  // namespace nvprov
