#include "cli/documents/manual_page.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

#include "base/append_new.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"

namespace nvprov {
namespace {

struct Named {
  std::string_view name;
  std::string_view text;
};

constexpr std::array read_variables = {
    Named{"https_proxy, all_proxy, no_proxy", "The proxy, where neither --proxy nor the set-up names one."},
    Named{"XDG_CACHE_HOME", "An ordinary user's cache is below it; without it, below ~/.cache."},
    Named{"NO_COLOR", "Text has no colour."},
};

constexpr std::array kept_files = {
    Named{"/etc/nvprov/config.json", "Mirrors, certificates and the proxy of this site."},
    Named{"/etc/nvprov/manifests, /etc/nvprov/distros", "Records that replace or add to the catalog in the program."},
    Named{"/var/lib/nvprov", "The journal of every step, with what it replaced."},
    Named{"/var/log/nvprov", "The package manager's whole output."},
    Named{"/var/cache/nvprov, ~/.cache/nvprov", "Indexes and answers of repositories, safe to remove."},
};

// A hyphen is written so that what is copied from the page is one.
std::string roff_words(std::string_view text) {
  std::string words;
  for (const char c : text) {
    if (c == '\\')
      words += "\\(rs";
    else if (c == '-')
      words += "\\-";
    else
      words += c;
  }
  return words;
}

// Running text; what stands in backticks is bold.
std::string roff_text(std::string_view text) {
  std::string line;
  bool is_bold = false;
  for (const std::string& part : split(text, '`')) {
    line += is_bold ? fmt::format("\\fB{}\\fR", roff_words(part)) : roff_words(part);
    is_bold = !is_bold;
  }
  return line.starts_with('.') || line.starts_with('\'') ? "\\&" + line : line;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff_words(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", roff_words(text)); }

std::string tagged(std::string_view tag, std::string_view text) {
  return fmt::format(".TP\n{}\n{}\n", tag, roff_text(text));
}

std::string option_entry(const OptionDescription& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back(bold(name));
  const std::string value = option.value.empty() ? std::string{} : " " + italic(option.value);
  return tagged(join(names, ", ") + value, option.description);
}

// The group of options without one of their own, as CLI11 calls it.
constexpr std::string_view no_group = "Options";

std::vector<std::string> groups_of(const CommandDescription& command) {
  std::vector<std::string> groups = {std::string(no_group)};
  for (const OptionDescription& option : command.options) append_new(groups, {option.group});
  return groups;
}

std::string option_entries(const CommandDescription& command) {
  std::string entries;
  for (const ArgumentDescription& argument : command.arguments)
    entries += tagged(italic(argument.value), argument.description);
  for (const std::string& group : groups_of(command)) {
    if (group != no_group) entries += ".PP\n" + roff_text(group) + ":\n";
    for (const OptionDescription& option : command.options)
      if (option.group == group && option.names.back() != "--help") entries += option_entry(option);
  }
  return entries;
}

std::string synopsis(const CommandDescription& command) {
  const std::string_view blank = command.name.empty() ? "" : " ";
  std::string line = bold(fmt::format("nvprov{}{}", blank, command.name)) + " [" + italic("options") + "]";
  for (const ArgumentDescription& argument : command.arguments)
    line += argument.is_required ? " " + italic(argument.value) : " [" + italic(argument.value) + "]";
  return line + "\n";
}

std::string example_lines(const CommandDescription& command) {
  std::string lines = ".PP\nExamples:\n.PP\n.nf\n";
  for (const std::string& example : command.examples) lines += ".RS 4\n" + roff_text(example) + "\n.RE\n";
  return lines + ".fi\n";
}

std::string named_entries(std::span<const Named> entries) {
  std::string text;
  for (const Named& each : entries) text += tagged(bold(each.name), each.text);
  return text;
}

std::string exit_status() {
  std::string text;
  for (const ExitCodeMeaning& each : exit_code_meanings)
    text += tagged(bold(std::to_string(static_cast<int>(each.code))), each.meaning);
  return text;
}

// The program's first sentence, as whatis(1) lists it.
std::string purpose(const CommandDescription& program) {
  std::string line(split_lines(program.description).front());
  line.front() = lower(line.substr(0, 1)).front();
  if (line.ends_with('.')) line.pop_back();
  return line;
}

}  // namespace

std::string manual_page(const CommandLineDescription& described, std::string_view version) {
  std::string page = fmt::format(".TH NVPROV 1 \"\" \"nvprov {}\" \"User Commands\"\n", version);
  page += ".SH NAME\nnvprov \\- " + roff_text(purpose(described.program)) + "\n";
  page += ".SH SYNOPSIS\n" + synopsis(described.program);
  for (const CommandDescription& command : described.commands) page += ".br\n" + synopsis(command);
  page += ".SH DESCRIPTION\n";
  for (const std::string_view line : split_lines(described.program.description)) page += roff_text(line) + "\n";
  page += example_lines(described.program);
  page += ".SH COMMANDS\n";
  for (const CommandDescription& command : described.commands)
    page += fmt::format(".SS {}\n{}.\n", roff_words(command.name), roff_text(command.description)) +
            option_entries(command) + example_lines(command);
  page += ".SH OPTIONS OF EVERY COMMAND\n" + option_entries(described.program);
  page += ".SH EXIT STATUS\n" + exit_status();
  page += ".SH ENVIRONMENT\n" + named_entries(read_variables);
  page += ".SH FILES\n" + named_entries(kept_files);
  page += ".SH SEE ALSO\n" + bold("apt-get") + "(8), " + bold("dnf") + "(8), " + bold("nvidia-smi") + "(1)\n";
  return page;
}

}  // namespace nvprov
