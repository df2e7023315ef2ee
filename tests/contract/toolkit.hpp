#pragma once

#include "cli/source_setup.hpp"
#include "contract/bare_root.hpp"

namespace nvprov::test {

// What nvprov would add to reach NVIDIA's container-toolkit repository (tests/recorded/container-toolkit), which lies
// in the root at /srv/toolkit as a mirror's would.
SourceSetup toolkit_setup(Host& root, const std::vector<RepositoryEntry>& entries);

// Copies the repository into a root.
void add_toolkit(const BareRoot& root);

}  // namespace nvprov::test
