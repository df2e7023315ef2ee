#include "cli/interrupt.hpp"

#include "cli/failure.hpp"

namespace nvprov {
namespace {

volatile std::sig_atomic_t was_signalled = 0;

void remember(int) { was_signalled = 1; }

struct sigaction handle(int signal_number) {
  struct sigaction before {};
  struct sigaction action {};
  action.sa_handler = remember;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, &before);
  return before;
}

}  // namespace

InterruptGuard::InterruptGuard() : before_int_(handle(SIGINT)), before_term_(handle(SIGTERM)) {}

InterruptGuard::~InterruptGuard() {
  sigaction(SIGINT, &before_int_, nullptr);
  sigaction(SIGTERM, &before_term_, nullptr);
}

bool InterruptGuard::was_interrupted() const { return was_signalled != 0; }

ExitCode interrupted(Terminal& terminal, const GlobalOptions& global) {
  (void)print_failure(terminal, global,
                      Failure{Error{.message = "interrupted; nothing was changed",
                                    .because = {},
                                    .hints = {},
                                    .context = {}}});
  return ExitCode::interrupted;
}

}  // namespace nvprov
