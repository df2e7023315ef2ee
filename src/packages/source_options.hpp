#pragma once

#include <string>

#include "model/facts.hpp"

namespace nvprov {

// The two formats of a repository entry name and separate some options differently: "arch=amd64,i386" is
// "Architectures: amd64 i386". Names not in the table (see sources.list(5)) differ in letter case only.

// The option as a field of a deb822 stanza: canonical letter case, its own separators.
RepositoryOption deb822_option(const RepositoryOption& option);
// The option as it stands in [brackets].
RepositoryOption one_line_option(const RepositoryOption& option);
// True for a value that is a whole key block: it can stand in a deb822 stanza only.
bool is_embedded_key(const RepositoryOption& option);

}  // namespace nvprov
