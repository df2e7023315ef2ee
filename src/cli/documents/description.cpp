#include "cli/documents/description.hpp"

#include "cli/command_tree.hpp"

namespace nvprov {
namespace {

// "TARGET" of "TARGET:{host,image}": CLI11 adds what is accepted.
std::string value_name(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

OptionDescription describe_option(const CLI::Option& option) {
  OptionDescription described;
  for (const std::string& name : option.get_snames()) described.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) described.names.push_back("--" + name);
  const bool is_flag = option.get_expected_max() == 0;
  if (!is_flag) described.value = value_name(option);
  described.is_repeatable = !is_flag && option.get_expected_max() > 1;
  described.group = option.get_group();
  described.description = option.get_description();
  return described;
}

CommandDescription describe_command(const CLI::App& command, const std::string& name) {
  CommandDescription described;
  described.name = name;
  described.description = command.get_description();
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional())
      described.arguments.push_back({value_name(*option), option->get_required(), option->get_description()});
    else
      described.options.push_back(describe_option(*option));
  }
  for (const std::string_view line : examples_of(name)) described.examples.emplace_back(line);
  return described;
}

}  // namespace

CommandLineDescription describe_command_line() {
  Typed typed;
  CLI::App app;
  add_commands(app, typed);
  CommandLineDescription described;
  described.program = describe_command(app, "");
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    described.commands.push_back(describe_command(*command, command->get_name()));
  return described;
}

}  // namespace nvprov
