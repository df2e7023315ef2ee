#pragma once

#include "model/plan.hpp"

namespace nvprov::report_samples {

// The 75 packages of the T4 plan.
Closure t4_closure();

}  // namespace nvprov::report_samples
