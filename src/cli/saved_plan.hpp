#pragma once

#include <string>
#include <vector>

#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/plan.hpp"

namespace nvprov {

// A plan file, read strictly: an invalid one is a usage error that names file and JSON path.
Outcome<Plan> read_saved_plan(const HostView& machine, const std::string& path);

// Whether the file says that it is a plan; a file that cannot be read does not.
bool is_saved_plan(const HostView& machine, const std::string& path);

// In what a plan made now differs from the saved one; empty when both would do the same. Dates, notices and what the
// catalog knows beside the choice do not count.
std::vector<std::string> differences(const Plan& saved, const Plan& now);

}  // namespace nvprov
