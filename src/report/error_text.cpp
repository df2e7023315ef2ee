#include "report/error_text.hpp"

#include <fmt/format.h>

#include "report/layout.hpp"

namespace nvprov {
namespace {

// Where the command in backticks that ends this hint begins, or npos.
std::size_t closing_command(const std::string& hint) {
  if (hint.size() < 3 || hint.back() != '`') return std::string::npos;
  const std::size_t open = hint.rfind('`', hint.size() - 2);
  const bool alone = open == 0 || (open != std::string::npos && hint.substr(0, open).ends_with(": "));
  return alone ? open : std::string::npos;
}

std::string hint_text(const std::string& hint) {
  const std::size_t command = closing_command(hint);
  if (command == std::string::npos) return fmt::format("hint: {}\n", hint);
  const std::string words = command == 0 ? "run" : hint.substr(0, command - 2);
  return fmt::format("hint: {}:\n    {}\n", words, hint.substr(command + 1, hint.size() - command - 2));
}

}  // namespace

std::string error_text(const Error& error) {
  std::string text = fmt::format("error: {}\n", error.message);
  for (const std::string& reason : error.because) text += fmt::format("because: {}\n", reason);
  for (const std::string& hint : error.hints) text += hint_text(hint);
  for (const std::string& doing : error.context) text += fmt::format("while: {}\n", doing);
  return text;
}

std::string diagnostics_text(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& problem : diagnostics) {
    if (!problem.file.empty()) text += problem.file + ": ";
    if (!problem.place.empty()) text += problem.place + ": ";
    text += problem.message;
    if (!problem.hint.empty()) text += "; " + problem.hint;
    text += "\n";
  }
  return text;
}

}  // namespace nvprov
