#pragma once

#include "base/result.hpp"
#include "cli/command_tree.hpp"

namespace nvprov {

// Makes the words after `nvprov manifest` one of its commands; each action takes others.
Status set_manifest_command(Typed& typed);

}  // namespace nvprov
