#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace nvprov {

// The command that was typed, or the program itself where none was.
const CLI::App& chosen_command(const CLI::App& app);

// CLI11's complaint in nvprov's words, with the nearest known name and the help to look at.
Error usage_error(const CLI::App& app, const CLI::ParseError& problem, const std::vector<std::string>& arguments);

}  // namespace nvprov
