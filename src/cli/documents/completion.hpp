#pragma once

#include <string>

#include "cli/documents/description.hpp"
#include "cli/options.hpp"
#include "model/catalog.hpp"

namespace nvprov {

// What makes a shell complete nvprov's command line: commands, options, and the values the catalog knows. The script
// needs nothing but the shell, and does not run nvprov.
std::string completion_script(Shell shell, const CommandLineDescription& described, const Catalog& catalog);

std::string bash_completion(const CommandLineDescription& described, const Catalog& catalog);
std::string zsh_completion(const CommandLineDescription& described, const Catalog& catalog);
std::string fish_completion(const CommandLineDescription& described, const Catalog& catalog);

}  // namespace nvprov
