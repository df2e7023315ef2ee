#pragma once

#include "model/facts.hpp"
#include "model/journal.hpp"
#include "model/plan.hpp"

// Hand-built values that the texts of report/ are tested with.
namespace nvprov::report_samples {

// A fresh Debian 12 server with two T4: the closure is apt's answer of 2026-11-22, the mirror's name is invented.
Plan t4_plan();
// The same host after apply.
Plan nothing_to_do_plan();
// A target known by flags only: no package indexes, so no versions.
Plan unknown_closure_plan();
// A host with a held package, a driver in use and a package that would go.
Plan blocked_plan();
// Libraries for a container image.
Plan image_plan();
// V100 and B200 in one host.
Unsatisfiable v100_and_b200();
ApplyReport t4_report();

Gpu t4(const std::string& address);
HostFacts t4_host();
// What --root DIR shows of a disk: nothing of the machine nvprov runs on.
HostFacts disk_under_root();

}  // namespace nvprov::report_samples
