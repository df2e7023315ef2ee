#pragma once

#include <string>

#include "model/resolution.hpp"
#include "report/layout.hpp"

namespace nvprov {

// "<asked> cannot be set up"; `asked` is what was asked for in words: "profile deploy on Debian 12".
std::string refusal_headline(const std::string& asked);

// A correct no in the shape of every message: error, because, what would help; commands alone on their lines. With
// verbosity the sources of each fact follow it.
std::string refusal_text(const Unsatisfiable& refusal, const std::string& asked, const TextOptions& options = {});

// The same without the headline.
std::string refusal_body(const Unsatisfiable& refusal, const TextOptions& options);

}  // namespace nvprov
