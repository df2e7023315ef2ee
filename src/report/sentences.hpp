#pragma once

#include <string>
#include <string_view>

#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// Each is one sentence for somebody who does not know nvprov: the subject named, why, what to do; no final full stop.
// Where a consent flag lifts the conflict, the sentence ends with it.
std::string sentence(const Conflict& conflict);
std::string sentence(const Remedy& remedy);
std::string sentence(const Notice& notice);
std::string sentence(const Reason& reason);
// Not a sentence but its subject: "CUDA 12.4".
std::string sentence(const Requirement& requirement);
std::string sentence(const Loss& loss);
std::string sentence(const Alternative& alternative);

// Only why, for a line that already names the subject and what was chosen.
std::string reason_words(const Reason& reason);

// A package source by what it is, not by its id: "the distribution's own archive".
std::string source_words(std::string_view source);

// What is typed for a remedy (a flag or a command), or "" where nothing is.
std::string remedy_command(const Remedy& remedy);

}  // namespace nvprov
