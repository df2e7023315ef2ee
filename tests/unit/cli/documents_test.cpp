#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "cli/documents/completion.hpp"
#include "cli/documents/manual_page.hpp"
#include "cli/documents/value_words.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const Catalog& embedded() {
  static const Catalog& catalog = whole_catalog();
  return catalog;
}

std::vector<std::string> offered(std::string_view value) {
  return value_words(value, embedded()).value_or(ValueWords{}).words;
}

// What CLI11 itself prints: the names at the beginning of the lines of options.
std::vector<std::string> names_in_help(const std::string& command) {
  std::vector<std::string> words = {"--help"};
  if (!command.empty()) words.insert(words.begin(), command);
  const auto line = parse_command_line(words);
  REQUIRE(line.has_value());
  std::vector<std::string> names;
  const std::string& help = std::get<PrintText>(line->command).text;
  for (const std::string_view each : split_lines(help)) {
    if (!each.starts_with("  -")) continue;
    for (const std::string& name : split(split_words(each).front(), ',')) names.push_back(name);
  }
  return names;
}

std::vector<std::string> commands_in_help() {
  const auto line = parse_command_line({"--help"});
  REQUIRE(line.has_value());
  const std::string& help = std::get<PrintText>(line->command).text;
  const std::string from = help.substr(help.find("Subcommands:"));
  std::vector<std::string> names;
  const std::string section = from.substr(0, from.find("\n\n"));
  for (const std::string_view each : split_lines(section))
    if (each.starts_with("  ") && each.at(2) != ' ') names.push_back(split_words(each).front());
  return names;
}

// The text from one mark to the next after it; "" where it is not there.
std::string between(const std::string& text, const std::string& first, const std::string& last) {
  const std::size_t begin = text.find(first);
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find(last, begin + first.size()) - begin);
}

std::string lines_with(const std::string& text, const std::string& part) {
  std::string lines;
  for (const std::string_view line : split_lines(text))
    if (contains(line, part)) lines += std::string(line) + "\n";
  return lines;
}

// One document, and where in it the options of a command stand.
struct Document {
  std::string name;
  std::string program_part;
  std::map<std::string, std::string> command_parts;
};

std::vector<Document> documents() {
  const CommandLineDescription described = describe_command_line();
  const std::string bash = bash_completion(described, embedded());
  const std::string zsh = zsh_completion(described, embedded());
  const std::string fish = fish_completion(described, embedded());
  const std::string page = manual_page(described, "9.9");
  std::vector<Document> all = {{"bash", between(bash, "  options=(", ")"), {}},
                               {"zsh", between(zsh, "  general=(\n", "\n  )"), {}},
                               {"fish", between(fish, "complete -c nvprov -f", "\n\n"), {}},
                               {"manual", between(page, ".SH OPTIONS OF EVERY", ".SH "), {}}};
  for (const std::string& command : commands_in_help()) {
    all[0].command_parts[command] = between(bash, "    " + command + ") options+=(", ")");
    all[1].command_parts[command] = between(zsh, "        " + command + ") specific=(", ") ;;");
    all[2].command_parts[command] = lines_with(fish, "'__fish_seen_subcommand_from " + command + "'");
    all[3].command_parts[command] = between(page, ".SS " + command + "\n", "\n.S");
  }
  return all;
}

// The name as a whole word of that document.
bool names_option(const Document& document, const std::string& text, const std::string& name) {
  const std::string bare = name.substr(name.find_first_not_of('-'));
  if (document.name == "fish") return contains(text, (name.starts_with("--") ? " -l " : " -s ") + bare + " ");
  if (document.name == "manual") return contains(text, "\\fB" + replace_all(name, "-", "\\-") + "\\fR");
  const std::size_t at = text.find(name);
  for (std::size_t i = at; i != std::string::npos; i = text.find(name, i + 1)) {
    const char after = i + name.size() < text.size() ? text[i + name.size()] : ' ';
    if (!contains("abcdefghijklmnopqrstuvwxyz-", std::string_view(&after, 1)) && (i == 0 || text[i - 1] != '-'))
      return true;
  }
  return false;
}

}  // namespace

TEST_CASE("completions and the manual page have every command and option that --help has") {
  const auto commands = commands_in_help();
  REQUIRE(commands.size() >= 6);
  for (const Document& document : documents()) {
    for (const std::string& name : names_in_help("")) {
      INFO(document.name << " " << name);
      if (document.name != "manual" || name != "--help")
        CHECK((name == "-h" || names_option(document, document.program_part, name)));
    }
    for (const std::string& command : commands) {
      const auto names = names_in_help(command);
      for (const std::string& name : names) {
        INFO(document.name << " " << command << " " << name);
        if (name != "-h" && name != "--help") CHECK(names_option(document, document.command_parts.at(command), name));
      }
    }
  }
}

TEST_CASE("every value an option or argument takes is known to the completions") {
  const CommandLineDescription described = describe_command_line();
  std::vector<CommandDescription> all = described.commands;
  all.push_back(described.program);
  for (const CommandDescription& command : all) {
    for (const OptionDescription& option : command.options) {
      INFO(command.name << " " << option.names.back());
      if (!option.value.empty()) CHECK(value_words(option.value, embedded()).has_value());
    }
    for (const ArgumentDescription& argument : command.arguments) {
      INFO(command.name << " " << argument.value);
      CHECK(value_words(argument.value, embedded()).has_value());
    }
  }
}

TEST_CASE("the words offered are words that are understood") {
  const auto understood = [](const std::vector<std::string>& words) { return parse_command_line(words).has_value(); };
  for (const std::string& word : offered("TARGET")) CHECK(understood({"plan", "--target", word}));
  for (const std::string& word : offered("HOLD")) CHECK(understood({"plan", "--hold", word}));
  for (const std::string& word : offered("FORMAT")) CHECK(understood({"export", word}));
  for (const std::string& word : offered("LOCKFORMAT")) CHECK(understood({"lock", "--format", word}));
  for (const std::string& word : offered("SHELL")) CHECK(understood({"completion", word}));
  for (const std::string& word : offered("ID")) CHECK(find_distro(embedded(), word) != nullptr);
  for (const std::string& word : offered("PROFILE")) CHECK(find_profile(embedded(), word) != nullptr);
}
