#pragma once

#include <string>

#include "base/diagnostic.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// error: / because: / hint: / while: lines; a command that ends a hint stands alone on its line.
std::string error_text(const Error& error);

// One line per problem: "file: place: message; hint".
std::string diagnostics_text(const Diagnostics& diagnostics);

// The record of an error in a document.
Json error_record(const Error& error);

// The one document on stdout when --json fails ("nvprov.error/1"): the same fields whatever went wrong.
Json error_to_json(const Error& error, int exit_code);
Json error_to_json(const Diagnostics& diagnostics, int exit_code);
Json error_to_json(const Unsatisfiable& refusal, int exit_code, const std::string& asked = {});

}  // namespace nvprov
