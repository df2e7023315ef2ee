#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/documents/completion.hpp"
#include "cli/documents/value_words.hpp"

namespace nvprov {
namespace {

// For inside an `_arguments` specification in single quotes: what ends a part of it is escaped.
std::string zsh_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\'')
      escaped += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\')
      escaped += {'\\', c};
    else
      escaped += c;
  }
  return escaped;
}

std::string zsh_action(const ValueWords& value) {
  switch (value.kind) {
    case ValueKind::anything: return " ";
    case ValueKind::file: return "_files";
    case ValueKind::folder: return "_files -/";
    case ValueKind::words: return fmt::format("({})", join(value.words, " "));
    case ValueKind::list_of_words: return fmt::format("_sequence compadd - {}", join(value.words, " "));
  }
  return " ";
}

std::string zsh_value(const std::string& value, const Catalog& catalog) {
  return fmt::format(":{}:{}", zsh_text(value), zsh_action(value_words(value, catalog).value_or(ValueWords{})));
}

// One specification: '*--gpu=[words]:GPU:(T4 H100)', or '(-o --output)'{-o,--output=}'[words]:FILE:_files'.
std::string zsh_option(const OptionDescription& option, const Catalog& catalog) {
  std::vector<std::string> names;
  for (const std::string& name : option.names)
    names.push_back(!option.value.empty() && name.starts_with("--") ? name + "=" : name);
  std::string rest = fmt::format("[{}]", zsh_text(option.description));
  if (!option.value.empty()) rest += zsh_value(option.value, catalog);
  const std::string_view star = option.is_repeatable ? "*" : "";
  if (names.size() == 1) return fmt::format("'{}{}{}'", star, names.front(), rest);
  const std::string exclusion = option.is_repeatable ? "*" : fmt::format("({})", join(option.names, " "));
  return fmt::format("'{}'{{{}}}'{}'", exclusion, join(names, ","), rest);
}

std::string zsh_specifications(const CommandDescription& command, const Catalog& catalog) {
  std::string lines;
  for (const OptionDescription& option : command.options)
    lines += fmt::format("        {}\n", zsh_option(option, catalog));
  for (const ArgumentDescription& argument : command.arguments)
    lines += fmt::format("        '{}{}'\n", argument.is_required ? "" : ":", zsh_value(argument.value, catalog));
  return lines;
}

constexpr std::string_view zsh_script = R"(#compdef nvprov
# Completion of nvprov's command line for zsh: a file `_nvprov` in a folder of $fpath, or
#     source <(nvprov completion zsh)

_nvprov() {
  local context state state_descr line
  local -A opt_args
  local -a commands general specific
  commands=(
{commands}  )
  general=(
{program_options}  )
  _arguments -C -s $general ':command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
{command_cases}      esac
      _arguments -s $general $specific
      ;;
  esac
}

if [[ $funcstack[1] == _nvprov ]]; then
  _nvprov "$@"
else
  compdef _nvprov nvprov
fi
)";

}  // namespace

std::string zsh_completion(const CommandLineDescription& described, const Catalog& catalog) {
  std::string commands;
  std::string cases;
  for (const CommandDescription& command : described.commands) {
    commands += fmt::format("    '{}:{}'\n", command.name, zsh_text(command.description));
    cases +=
        fmt::format("        {}) specific=(\n{}        ) ;;\n", command.name, zsh_specifications(command, catalog));
  }
  std::string script(zsh_script);
  script = replace_all(script, "{commands}", commands);
  script = replace_all(script, "{program_options}", zsh_specifications(described.program, catalog));
  return replace_all(script, "{command_cases}", cases);
}

}  // namespace nvprov
