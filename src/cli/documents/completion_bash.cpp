#include <fmt/format.h>

#include <map>
#include <set>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "cli/documents/completion.hpp"
#include "cli/documents/value_words.hpp"

namespace nvprov {
namespace {

// Words for inside single quotes; none of ours holds one.
std::string bash_words(const std::vector<std::string>& words) { return "'" + join(words, " ") + "'"; }

// The function that offers what can be typed for a value.
std::string bash_offer(const ValueWords& value) {
  switch (value.kind) {
    case ValueKind::anything: return ":";
    case ValueKind::file: return "_nvprov_paths -f";
    case ValueKind::folder: return "_nvprov_paths -d";
    case ValueKind::words: return "_nvprov_words " + bash_words(value.words);
    case ValueKind::list_of_words: return "_nvprov_list " + bash_words(value.words);
  }
  return ":";
}

std::vector<std::string> option_names(const std::vector<OptionDescription>& options) {
  std::vector<std::string> names;
  for (const OptionDescription& option : options) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

// The names of options that take each value.
std::map<std::string, std::vector<std::string>> names_by_value(const CommandLineDescription& described) {
  std::map<std::string, std::vector<std::string>> names;
  const auto add = [&](const CommandDescription& command) {
    for (const OptionDescription& option : command.options)
      if (!option.value.empty()) append_new(names[option.value], option.names);
  };
  add(described.program);
  for (const CommandDescription& command : described.commands) add(command);
  return names;
}

std::string pattern(const std::vector<std::string>& names) { return join(names, " | "); }

// What each name takes, over all commands: mostly the same everywhere.
std::map<std::string, std::set<std::string>> values_by_name(const CommandLineDescription& described) {
  std::map<std::string, std::set<std::string>> values;
  for (const auto& [value, names] : names_by_value(described))
    for (const std::string& name : names) values[name].insert(value);
  return values;
}

// "COMMAND:NAME" of the options that take each value, and "*:NAME" where every command's does.
std::map<std::string, std::vector<std::string>> places_by_value(const CommandLineDescription& described) {
  const auto values = values_by_name(described);
  std::map<std::string, std::vector<std::string>> places;
  const auto add = [&](const CommandDescription& command) {
    for (const OptionDescription& option : command.options)
      for (const std::string& name : option.names)
        if (!option.value.empty())
          append_new(places[option.value], {(values.at(name).size() == 1 ? "*" : command.name) + ":" + name});
  };
  add(described.program);
  for (const CommandDescription& command : described.commands) add(command);
  return places;
}

std::string option_cases(const CommandLineDescription& described, const Catalog& catalog) {
  std::string cases;
  for (const auto& [value, places] : places_by_value(described))
    cases +=
        fmt::format("    {}) {} ;;\n", pattern(places), bash_offer(value_words(value, catalog).value_or(ValueWords{})));
  return cases;
}

std::string argument_cases(const CommandLineDescription& described, const Catalog& catalog) {
  std::string cases;
  for (const CommandDescription& command : described.commands)
    for (std::size_t i = 0; i < command.arguments.size(); ++i)
      cases += fmt::format("    {}:{}) {} ;;\n", command.name, i,
                           bash_offer(value_words(command.arguments[i].value, catalog).value_or(ValueWords{})));
  return cases;
}

std::string command_option_cases(const CommandLineDescription& described) {
  std::string cases;
  for (const CommandDescription& command : described.commands)
    cases += fmt::format("    {}) options+=({}) ;;\n", command.name, join(option_names(command.options), " "));
  return cases;
}

std::string value_taking(const CommandLineDescription& described) {
  std::vector<std::string> all;
  for (const auto& [value, names] : names_by_value(described)) append_new(all, names);
  return pattern(all);
}

constexpr std::string_view bash_script = R"(# Completion of nvprov's command line for bash:
#     source <(nvprov completion bash)

# _nvprov_words 'WORD WORD...'
_nvprov_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

# The same for a list with commas; what stands before the last comma stays.
_nvprov_list() {
  local before=
  [[ $current != *,* ]] || before=${current%,*},
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${current##*,}")
  compopt -o nospace 2>/dev/null || true
}

# _nvprov_paths -f|-d
_nvprov_paths() {
  mapfile -t COMPREPLY < <(compgen "$1" -- "$current")
  compopt -o filenames 2>/dev/null || true
}

_nvprov() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' option='' options=() place=0 word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    # bash makes `--gpu=T4` three words.
    [[ $word != = ]] || continue
    if [[ -n $option ]]; then
      option=''
      continue
    fi
    case $word in
      {value_taking}) option=$word ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=$word; else place=$((place + 1)); fi ;;
    esac
  done
  [[ $current != = ]] || current=''
  case $command:$option in
    *:) ;;
{option_cases}    *) ;;
  esac
  [[ -z $option ]] || return 0
  options=({program_options})
  case $command in
    '') [[ $current == -* ]] || { _nvprov_words {commands}; return 0; } ;;
{command_option_cases}    *) ;;
  esac
  if [[ $current == -* ]]; then
    _nvprov_words "${options[*]}"
    return 0
  fi
  case $command:$place in
{argument_cases}    *) ;;
  esac
}

complete -F _nvprov nvprov
)";

std::vector<std::string> command_names(const CommandLineDescription& described) {
  std::vector<std::string> names;
  for (const CommandDescription& command : described.commands) names.push_back(command.name);
  return names;
}

}  // namespace

std::string bash_completion(const CommandLineDescription& described, const Catalog& catalog) {
  std::string script(bash_script);
  script = replace_all(script, "{value_taking}", value_taking(described));
  script = replace_all(script, "{option_cases}", option_cases(described, catalog));
  script = replace_all(script, "{program_options}", join(option_names(described.program.options), " "));
  script = replace_all(script, "{commands}", bash_words(command_names(described)));
  script = replace_all(script, "{command_option_cases}", command_option_cases(described));
  return replace_all(script, "{argument_cases}", argument_cases(described, catalog));
}

}  // namespace nvprov
