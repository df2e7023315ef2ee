#include "verify/parts.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace nvprov {
namespace {

// timeout(1): ended because its time was over, or killed because it did not end then.
constexpr int time_is_over = 124;
constexpr int killed = 137;
constexpr int program_not_there = 127;

}  // namespace

std::string first_line(std::string_view text) {
  for (const std::string& line : split(text, '\n'))
    if (const auto words = trim(line); !words.empty()) return std::string(words);
  return {};
}

ProgramAnswer ask(Host& host, const std::vector<std::string>& argv, int seconds) {
  Command command{.argv = {"timeout", "-k", "5", fmt::format("{}", seconds)}, .environment = {}};
  command.argv.insert(command.argv.end(), argv.begin(), argv.end());
  const auto output = host.run(command, {});
  if (!output) return {.end = ProgramAnswer::End::not_there, .out = {}, .words = output.error().message};
  std::string words = first_line(output->err);
  if (words.empty()) words = first_line(output->out);
  switch (output->exit_status) {
    case 0: return {.end = ProgramAnswer::End::done, .out = output->out, .words = {}};
    case time_is_over:
    case killed:
      return {.end = ProgramAnswer::End::silent, .out = output->out, .words = fmt::format("{} seconds", seconds)};
    case program_not_there:
      return {.end = ProgramAnswer::End::not_there, .out = output->out, .words = std::move(words)};
    default: break;
  }
  if (words.empty()) words = fmt::format("exit status {}", output->exit_status);
  return {.end = ProgramAnswer::End::failed, .out = output->out, .words = std::move(words)};
}

VerifyResult not_checked(VerifySubject subject, NotCheckedReason reason, std::string detail) {
  return {.subject = subject,
          .name = {},
          .seen = {},
          .not_checked = NotChecked{.reason = reason, .detail = std::move(detail)},
          .findings = {}};
}

VerifyResult found(VerifySubject subject, Finding finding) {
  return {.subject = subject, .name = {}, .seen = {}, .not_checked = {}, .findings = {std::move(finding)}};
}

VerifyResult sound(VerifySubject subject, std::string seen) {
  return {.subject = subject, .name = {}, .seen = std::move(seen), .not_checked = {}, .findings = {}};
}

}  // namespace nvprov
