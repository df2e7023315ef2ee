#include "cli/usage_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/append_new.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

// What was said of the problem, and what to do about it.
struct Complained {
  std::string message;
  std::vector<std::string> hints;
};

bool is_command(const CLI::App& command, const CLI::App& app) { return &command != &app; }

std::vector<std::string> known_names(const CLI::App& command, const CLI::App& app) {
  std::vector<std::string> known = option_names(command);
  append_new(known, option_names(app));
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(each->get_name());
  return known;
}

// `help` means `--help`; otherwise the nearest name.
std::optional<std::string> meant(const std::string& typed, const std::vector<std::string>& known) {
  if (std::ranges::find(known, "--" + typed) != known.end()) return "--" + typed;
  return did_you_mean(typed, known);
}

Complained not_understood(const CLI::App& command, const CLI::App& app, const std::vector<std::string>& arguments) {
  const auto extras = app.remaining(true);
  const std::string unknown =
      extras.empty() ? (arguments.empty() ? "" : arguments.back()) : split(extras.front(), '=').front();
  const std::string by = is_command(command, app) ? fmt::format(" by `nvprov {}`", command.get_name()) : "";
  Complained said{.message = fmt::format("`{}` is not understood{}", unknown, by), .hints = {}};
  const std::vector<std::string> of_command = option_names(command);
  if (is_command(command, app) && std::ranges::find(of_command, unknown) != of_command.end())
    return {.message = fmt::format("`{}` stands before the command", unknown),
            .hints = {fmt::format("write it after the command: `nvprov {} {} ...`", command.get_name(), unknown)}};
  if (const auto suggestion = meant(unknown, known_names(command, app)))
    said.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  return said;
}

// "format: dockerfle not in {cloud-init,dockerfile,shell}", as CLI11 says it.
Complained not_valid(const std::string& said) {
  const std::size_t name_end = said.find(": ");
  const std::size_t words = said.find(" not in {");
  if (name_end == std::string::npos || words == std::string::npos || !said.ends_with('}')) return {said, {}};
  const std::string value = said.substr(name_end + 2, words - name_end - 2);
  const std::size_t first = words + std::string_view(" not in {").size();
  const std::vector<std::string> known = split(said.substr(first, said.size() - first - 1), ',');
  Complained complained{.message = fmt::format("there is no {} `{}`", said.substr(0, name_end), value), .hints = {}};
  if (said.starts_with('-')) complained.message = fmt::format("`{}` takes no `{}`", said.substr(0, name_end), value);
  if (const auto suggestion = did_you_mean(value, known))
    complained.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  complained.hints.push_back("known: " + join(known, ", "));
  return complained;
}

Complained needs(const CLI::App& command, const std::string& what) {
  const std::string_view article = contains("aeiou", what.substr(0, 1)) ? "an" : "a";
  return {fmt::format("`nvprov {}` needs {} {}", command.get_name(), article, what), {}};
}

Complained complained(const CLI::App& command, const CLI::App& app, const CLI::ParseError& problem,
                      const std::vector<std::string>& arguments) {
  const std::string said = problem.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&problem) != nullptr) return not_understood(command, app, arguments);
  if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr)
    return needs(command, split_words(said).front());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr)
    return {fmt::format("`{}` needs a value", split(said, ':').front()), {}};
  if (dynamic_cast<const CLI::ValidationError*>(&problem) != nullptr) return not_valid(said);
  return {said, {}};
}

}  // namespace

const CLI::App& chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

Error usage_error(const CLI::App& app, const CLI::ParseError& problem, const std::vector<std::string>& arguments) {
  const CLI::App& command = chosen_command(app);
  Complained said = complained(command, app, problem, arguments);
  said.hints.push_back(is_command(command, app) ? fmt::format("`nvprov {} --help`", command.get_name())
                                                : "`nvprov --help`");
  return {.kind = ErrorKind::usage,
          .message = std::move(said.message),
          .because = {},
          .hints = std::move(said.hints),
          .context = {}};
}

}  // namespace nvprov
