#pragma once

#include <string>
#include <tl/expected.hpp>
#include <variant>

#include "base/diagnostic.hpp"
#include "base/result.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/terminal.hpp"
#include "model/fleet.hpp"
#include "report/layout.hpp"

namespace nvprov {

// Whatever keeps a command from its answer: it could not be done, its input is not valid, or the answer is no.
using Failure = std::variant<Error, Diagnostics, Refusal>;

template <class T>
using Outcome = tl::expected<T, Failure>;

inline tl::unexpected<Failure> give_up(Error error) { return tl::unexpected<Failure>(std::move(error)); }
inline tl::unexpected<Failure> give_up(Diagnostics problems) { return tl::unexpected<Failure>(std::move(problems)); }
inline tl::unexpected<Failure> give_up(Refusal refusal) { return tl::unexpected<Failure>(std::move(refusal)); }

// How text is to look on this terminal.
TextOptions text_options(const Terminal& terminal, const GlobalOptions& options);

// Prints it (stderr, or the one JSON document on stdout) and returns its exit code.
ExitCode print_failure(Terminal& terminal, const GlobalOptions& options, const Failure& failure);

// The same for what a check found in data that loads: exit code 4.
ExitCode print_findings(Terminal& terminal, const GlobalOptions& options, const Diagnostics& findings);

}  // namespace nvprov
