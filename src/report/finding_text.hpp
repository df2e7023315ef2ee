#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "model/finding.hpp"
#include "report/layout.hpp"

namespace nvprov {

// The words of the check of this id; where there are none, words that say no more than the finding.
const Check& check_of(const std::vector<Check>& checks, const std::string& id);

// The sentence of a finding, in the words of its check.
std::string finding_sentence(const Finding& finding, const Check& check);

// The finding with its hint, and with its sources where they are asked for.
std::string finding_lines(const Finding& finding, const Check& check, const TextOptions& options);

// "1 error, 2 warnings"
std::string counted_findings(const std::vector<Finding>& findings, const std::vector<Check>& checks);

Json finding_to_json(const Finding& finding, const Check& check);

}  // namespace nvprov
