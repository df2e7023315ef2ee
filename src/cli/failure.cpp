#include "cli/failure.hpp"

#include "report/error_text.hpp"
#include "report/refusal_text.hpp"

namespace nvprov {
namespace {

ExitCode exit_code_of(const Failure& failure) {
  struct Visitor {
    ExitCode operator()(const Error& error) const { return nvprov::exit_code_of(error.kind); }
    ExitCode operator()(const Diagnostics&) const { return ExitCode::usage; }
    ExitCode operator()(const Refusal&) const { return ExitCode::refused; }
  };
  return std::visit(Visitor{}, failure);
}

Json to_json(const Failure& failure, int code) {
  struct Visitor {
    int code;
    Json operator()(const Error& error) const { return error_to_json(error, code); }
    Json operator()(const Diagnostics& problems) const { return error_to_json(problems, code); }
    Json operator()(const Refusal& refusal) const { return error_to_json(refusal.refusal, code, refusal.asked); }
  };
  return std::visit(Visitor{code}, failure);
}

std::string to_text(const Failure& failure, const TextOptions& options) {
  struct Visitor {
    const TextOptions& options;
    std::string operator()(const Error& error) const { return error_text(error); }
    std::string operator()(const Diagnostics& problems) const { return diagnostics_text(problems); }
    std::string operator()(const Refusal& refusal) const {
      return refusal_text(refusal.refusal, refusal.asked, options);
    }
  };
  return std::visit(Visitor{options}, failure);
}

ExitCode print(Terminal& terminal, const GlobalOptions& options, const Failure& failure, ExitCode code) {
  if (options.json)
    terminal.answer(format_json(to_json(failure, static_cast<int>(code))));
  else
    terminal.error(to_text(failure, text_options(terminal, options)));
  return code;
}

}  // namespace

TextOptions text_options(const Terminal& terminal, const GlobalOptions& options) {
  return {.colour = terminal.has_colour(), .verbosity = options.verbosity, .width = terminal.width()};
}

ExitCode print_failure(Terminal& terminal, const GlobalOptions& options, const Failure& failure) {
  return print(terminal, options, failure, exit_code_of(failure));
}

ExitCode print_findings(Terminal& terminal, const GlobalOptions& options, const Diagnostics& findings) {
  return print(terminal, options, findings, ExitCode::differs);
}

}  // namespace nvprov
