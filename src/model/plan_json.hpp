#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "base/json.hpp"
#include "model/journal.hpp"
#include "model/plan.hpp"
#include "model/why_not.hpp"

namespace nvprov {

// The versioned JSON forms ("nvprov.plan/2", "nvprov.journal/1"): every field always there, null for unknown.
Json plan_to_json(const Plan& plan);
tl::expected<Plan, Diagnostics> plan_from_json(std::string_view text, std::string_view file);
Json journal_to_json(const Journal& journal);
tl::expected<Journal, Diagnostics> journal_from_json(std::string_view text, std::string_view file);

// A refusal as JSON: {"requirements": [...], "conflicts": [...], "remedies": [...]}.
Json unsatisfiable_to_json(const Unsatisfiable& refusal);
// `plan --why-not` ("nvprov.why-not/1").
Json why_not_to_json(const WhyNot& answer);
// A closure on its own ("nvprov.closure/1"), for the cache of plan --offline.
Json closure_to_json(const Closure& closure);
tl::expected<Closure, Diagnostics> closure_from_json(std::string_view text, std::string_view file);

}  // namespace nvprov
