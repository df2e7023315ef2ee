#pragma once

#include <string>
#include <vector>

namespace nvprov {

// The command line described, read from the definitions that parse it: what --help prints, the manual page and the
// completions say too.

struct OptionDescription {
  std::vector<std::string> names;  // "-o", "--output"
  std::string value;               // "FILE"; "" for a flag
  bool is_repeatable = false;
  std::string group;
  std::string description;

  bool operator==(const OptionDescription&) const = default;
};

// What is given by its place and not by a name.
struct ArgumentDescription {
  std::string value;  // "FORMAT"
  bool is_required = false;
  std::string description;

  bool operator==(const ArgumentDescription&) const = default;
};

struct CommandDescription {
  std::string name;  // "" for the program without a command
  std::string description;
  std::vector<OptionDescription> options;
  std::vector<ArgumentDescription> arguments;
  std::vector<std::string> examples;

  bool operator==(const CommandDescription&) const = default;
};

struct CommandLineDescription {
  CommandDescription program;  // its options go with every command
  std::vector<CommandDescription> commands;

  bool operator==(const CommandLineDescription&) const = default;
};
CommandLineDescription describe_command_line();

}  // namespace nvprov
