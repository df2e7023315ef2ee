#pragma once

#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/plan.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// The flavour of this kernel (the longest suffix that fits), or nullptr.
const KernelFlavour* kernel_flavour_of(const std::string& kernel, const std::string& architecture,
                                       const Distro& distro);
// The release without the architecture at its end: "5.14.0-570.12.1.el9_6.x86_64" is "5.14.0-570.12.1.el9_6".
std::string kernel_evr(const std::string& release, const std::string& architecture);

// What a module that is built on the host needs of kernel headers.
struct HeadersAnswer {
  std::vector<std::string> kernels;      // releases the module must be there for, the one that boots next first
  std::vector<PackageRequest> packages;  // header packages to ask for
  std::vector<Notice> notices;
  std::vector<Conflict> blockers;

  bool operator==(const HeadersAnswer&) const = default;
};

// Headers by the meta package that follows the kernel's own, and the exact ones of a kernel that lacks them.
HeadersAnswer kernel_headers(const HostFacts& facts, const Distro& distro, const RepositoryMetadata& metadata);

}  // namespace nvprov
