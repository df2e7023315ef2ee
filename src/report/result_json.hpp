#pragma once

#include <span>

#include "base/json.hpp"
#include "model/facts.hpp"
#include "model/journal.hpp"
#include "model/linked_component.hpp"
#include "model/plan.hpp"
#include "report/status_text.hpp"

namespace nvprov {

// The one JSON document of `nvprov --json` ("nvprov.status/1"), of `nvprov apply --json` ("nvprov.apply/1"), and of
// `nvprov --version --licenses --json` ("nvprov.licenses/1").
Json status_to_json(const HostFacts& facts, const StatusFindings& findings);
Json apply_report_to_json(const ApplyReport& report, const Plan& plan);
Json licenses_to_json(std::span<const LinkedComponent> components);

}  // namespace nvprov
