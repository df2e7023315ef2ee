#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "base/json.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The versioned JSON form ("schema": "nvprov.facts/1"): every field always there, null for "absent".
Json facts_to_json(const HostFacts& facts);
// Strict; facts_from_json(facts_to_json(f)) == f.
tl::expected<HostFacts, Diagnostics> facts_from_json(std::string_view text, std::string_view file);
// The same for a document that is part of another, at this JSON path ("" = the whole).
tl::expected<HostFacts, Diagnostics> facts_of_document(const Json& document, std::string_view file,
                                                       std::string_view path = "");

// sha256 over what a plan depends on: all but observed_on, diagnostics' wording and origins of foreign packages.
std::string facts_fingerprint(const HostFacts& facts);

}  // namespace nvprov
