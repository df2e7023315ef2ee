#pragma once

#include <string>

#include "base/result.hpp"
#include "model/catalog.hpp"
#include "model/plan.hpp"

namespace nvprov {

// The same plan in other words, for machines without nvprov. Each fails where check_exportable() does; `distro` is the
// record the plan was made with.

// A POSIX shell script for root. It stops before it changes anything on a machine of another distribution or
// architecture, and at the first command that fails.
Result<std::string> export_shell(const Plan& plan, const Distro& distro);

// ENV and RUN lines of a Dockerfile, one layer; an error of kind usage for a plan for a host.
Result<std::string> export_dockerfile(const Plan& plan, const Distro& distro);

// User data for cloud-init that runs the shell script at first boot; an error of kind usage for a plan for an image.
Result<std::string> export_cloud_init(const Plan& plan, const Distro& distro);

}  // namespace nvprov
