#pragma once

#include <string>
#include <tl/expected.hpp>

#include "base/result.hpp"
#include "model/request.hpp"
#include "model/resolution.hpp"
#include "model/why_not.hpp"

namespace nvprov {

// Reads what was typed: a bare value is a driver; the error is of kind usage. Whether the catalog knows the value is
// check_request's to say, of `with_it`.
Result<WhyNotQuestion> read_why_not(const std::string& typed);

// The request that insists on it.
Request with_it(const Request& request, const WhyNotQuestion& question);

// `asked`: what resolve() says to the request; `insisted`: to the request with it.
WhyNot why_not(const WhyNotQuestion& question, const tl::expected<Resolution, Unsatisfiable>& asked,
               const tl::expected<Resolution, Unsatisfiable>& insisted);

}  // namespace nvprov
