#pragma once

#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "host/host.hpp"

namespace nvprov {

// The whole program: reads the arguments (without the program's name), runs the command, prints, returns the status.
ExitCode run(Host& machine, const Clock& clock, const std::vector<std::string>& arguments);

}  // namespace nvprov
