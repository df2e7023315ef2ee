#pragma once

#include "base/result.hpp"
#include "cli/command_tree.hpp"

namespace nvprov {

// What was typed after `bundle` as a command: one bundle is made or one is verified, and each has options the other has
// not.
Status set_bundle_command(Typed& typed, const CLI::App& command);

}  // namespace nvprov
