#pragma once

#include "host/host.hpp"
#include "model/concept.hpp"

namespace nvprov {

// The language messages are wanted in, by LC_ALL, LC_MESSAGES or LANG, the first that is set; English where it is none
// of ours.
Language language_of_locale(const HostView& machine);

}  // namespace nvprov
