#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What a module that is built on the host needs of kernel headers.
struct HeadersAnswer {
  std::vector<std::string> kernels;   // releases the module must be there for, the one that boots next first
  std::vector<std::string> packages;  // header packages to ask for
  std::vector<Notice> notices;
  std::vector<Conflict> blockers;

  bool operator==(const HeadersAnswer&) const = default;
};

// Headers by the meta package that follows the kernel's own, and the exact ones of a kernel that lacks them.
HeadersAnswer kernel_headers(const HostFacts& facts, const Distro& distro, const RepositoryMetadata& metadata);

}  // namespace nvprov
