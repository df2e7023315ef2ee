#pragma once

#include "base/json.hpp"
#include "model/facts.hpp"
#include "model/journal.hpp"
#include "model/plan.hpp"
#include "report/status_text.hpp"

namespace nvprov {

// The one JSON document of `nvprov --json` ("nvprov.status/1") and of `nvprov apply --json` ("nvprov.apply/1").
Json status_to_json(const HostFacts& facts, const StatusFindings& findings);
Json apply_report_to_json(const ApplyReport& report, const Plan& plan);

}  // namespace nvprov
