#pragma once

#include <string>

#include "model/plan.hpp"

namespace nvprov {

// A plan in one line: "driver 580.126.09 (branch 580), open module, CUDA 13.0; Debian GNU/Linux 12 (bookworm), x86_64,
// 2x Tesla T4".
std::string plan_summary(const Plan& plan);

}  // namespace nvprov
