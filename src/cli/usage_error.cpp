#include "cli/usage_error.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace nvprov {
namespace {

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

}  // namespace

const CLI::App& chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

Error usage_error(const CLI::App& app, const CLI::ParseError& problem, const std::vector<std::string>& arguments) {
  const CLI::App& command = chosen_command(app);
  std::string message = problem.what();
  Error error{.kind = ErrorKind::usage, .message = {}, .because = {}, .hints = {}, .context = {}};
  std::vector<std::string> known = option_names(command);
  for (const std::string& name : option_names(app)) known.push_back(name);
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(each->get_name());
  if (dynamic_cast<const CLI::ExtrasError*>(&problem) != nullptr) {
    const auto extras = app.remaining(true);
    const std::string unknown =
        extras.empty() ? (arguments.empty() ? "" : arguments.back()) : split(extras.front(), '=').front();
    message = fmt::format("`{}` is not understood{}", unknown,
                          &command == &app ? "" : fmt::format(" by `nvprov {}`", command.get_name()));
    if (const auto suggestion = did_you_mean(unknown, known))
      error.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  }
  if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr)
    message = fmt::format("`nvprov {}` needs a {}", command.get_name(), split_words(message).front());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr)
    message = fmt::format("`{}` needs a value", split(message, ':').front());
  error.message = std::move(message);
  error.hints.push_back(&command == &app ? "`nvprov --help`" : fmt::format("`nvprov {} --help`", command.get_name()));
  return error;
}

}  // namespace nvprov
