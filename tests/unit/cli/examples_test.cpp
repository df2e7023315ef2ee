#include "base/text.hpp"
#include "cli/options.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

std::string help_of(std::vector<std::string> command) {
  command.emplace_back("--help");
  const auto line = parse_command_line(command);
  if (!line || !std::holds_alternative<PrintText>(line->command)) return {};
  return std::get<PrintText>(line->command).text;
}

// The lines between "Examples:" and the next empty one, without `sudo`, the program's name and what the shell does.
std::vector<std::vector<std::string>> examples_in(const std::string& help) {
  std::vector<std::vector<std::string>> examples;
  bool inside = false;
  for (const std::string_view line : split_lines(help)) {
    if (line == "Examples:")
      inside = true;
    else if (trim(line).empty())
      inside = false;
    else if (inside) {
      std::vector<std::string> words = split_words(line.substr(0, line.find_first_of(">|")));
      if (words.front() == "sudo") words.erase(words.begin());
      CHECK(words.front() == "nvprov");
      words.erase(words.begin());
      examples.push_back(std::move(words));
    }
  }
  return examples;
}

}  // namespace

TEST_CASE("the help of every command shows examples that are understood") {
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{{},
                                                                                       {"detect"},
                                                                                       {"plan"},
                                                                                       {"apply"},
                                                                                       {"export"},
                                                                                       {"lock"},
                                                                                       {"audit"},
                                                                                       {"explain"},
                                                                                       {"matrix"},
                                                                                       {"manifest"},
                                                                                       {"completion"},
                                                                                       {"manual"}}) {
    const auto examples = examples_in(help_of(command));
    INFO((command.empty() ? "nvprov" : command.front()));
    CHECK(examples.size() >= 2);
    for (const auto& words : examples) {
      INFO(join(words, " "));
      CHECK(parse_command_line(words).has_value());
    }
  }
}

TEST_CASE("a saved plan and options that shape one exclude each other for export too") {
  const auto both = parse_command_line({"export", "shell", "plan.json", "--gpu", "T4"});
  REQUIRE(!both);
  CHECK(both.error().kind == ErrorKind::usage);
  CHECK(parse_command_line({"export", "shell", "plan.json", "--allow-held", "-o", "x"}).has_value());
  CHECK(!parse_command_line({"export", "tarball"}));
  CHECK(!parse_command_line({"export"}));
}
