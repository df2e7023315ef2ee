#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/documents/completion.hpp"
#include "cli/documents/value_words.hpp"

namespace nvprov {
namespace {

std::string fish_quoted(std::string_view text) {
  return "'" + replace_all(replace_all(std::string(text), "\\", "\\\\"), "'", "\\'") + "'";
}

// How fish completes a value: `-x` takes one and no file, `-r` takes one.
std::string fish_action(const ValueWords& value) {
  switch (value.kind) {
    case ValueKind::anything: return "-x";
    case ValueKind::file: return "-r -F";
    case ValueKind::folder: return "-x -a '(__fish_complete_directories)'";
    case ValueKind::words: return "-x -a " + fish_quoted(join(value.words, " "));
    case ValueKind::list_of_words:
      return "-x -a " + fish_quoted(fmt::format("(__fish_append , {})", join(value.words, " ")));
  }
  return "-x";
}

std::string fish_value(const std::string& value, const Catalog& catalog) {
  return fish_action(value_words(value, catalog).value_or(ValueWords{}));
}

std::string fish_option(const OptionDescription& option, std::string_view condition, const Catalog& catalog) {
  std::string line = fmt::format("complete -c nvprov{}", condition);
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2)) : fmt::format(" -s {}", name.substr(1));
  if (!option.value.empty()) line += " " + fish_value(option.value, catalog);
  return fmt::format("{} -d {}\n", line, fish_quoted(option.description));
}

// An argument is offered where as many words stand before it: the program's name, the command, the arguments before.
std::string fish_argument(const CommandDescription& command, std::size_t index, const Catalog& catalog) {
  const std::string before = fmt::format("__nvprov_at {} {}", command.name, index);
  const std::string action = fish_value(command.arguments[index].value, catalog);
  const std::string_view without_value = std::string_view(action).substr(3);  // an argument takes no `-x` or `-r`
  return fmt::format("complete -c nvprov -n {} {}\n", fish_quoted(before), without_value);
}

std::string fish_command(const CommandDescription& command, const Catalog& catalog) {
  std::string lines = fmt::format("\ncomplete -c nvprov -n __nvprov_needs_command -a {} -d {}\n", command.name,
                                  fish_quoted(command.description));
  const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
  for (const OptionDescription& option : command.options) lines += fish_option(option, condition, catalog);
  for (std::size_t i = 0; i < command.arguments.size(); ++i) lines += fish_argument(command, i, catalog);
  return lines;
}

std::string value_names(const CommandLineDescription& described) {
  std::vector<std::string> names;
  const auto add = [&](const CommandDescription& command) {
    for (const OptionDescription& option : command.options)
      if (!option.value.empty()) names.insert(names.end(), option.names.begin(), option.names.end());
  };
  add(described.program);
  for (const CommandDescription& command : described.commands) add(command);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return join(names, " ");
}

constexpr std::string_view fish_start = R"(# Completion of nvprov's command line for fish:
#     nvprov completion fish | source

# The words typed so far that are neither options nor their values.
function __nvprov_words
    set -l after_option 0
    for word in (commandline -opc)[2..-1]
        if test $after_option = 1
            set after_option 0
        else if contains -- $word {value_names}
            set after_option 1
        else if not string match -q -- '-*' $word
            echo $word
        end
    end
end

function __nvprov_needs_command
    test (count (__nvprov_words)) = 0
end

# __nvprov_at COMMAND N: N arguments of the command have been typed.
function __nvprov_at
    set -l words (__nvprov_words)
    test (count $words) = (math 1 + $argv[2]); and test $words[1] = $argv[1]
end

complete -c nvprov -f
)";

}  // namespace

std::string fish_completion(const CommandLineDescription& described, const Catalog& catalog) {
  std::string script = replace_all(std::string(fish_start), "{value_names}", value_names(described));
  for (const OptionDescription& option : described.program.options) script += fish_option(option, "", catalog);
  for (const CommandDescription& command : described.commands) script += fish_command(command, catalog);
  return script;
}

}  // namespace nvprov
