#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"

namespace nvprov {

enum class KernelVerdict { builds, fails, unknown };

// A kernel module as somebody packages it.
struct ModuleBuild {
  std::string driver;                          // "550.163.01"
  std::string flavour;                         // "open" or "proprietary"
  std::optional<std::string> origin;           // whose packages with patches of their own: "Debian"; absent: NVIDIA's
  std::optional<std::string> package_version;  // of those

  bool operator==(const ModuleBuild&) const = default;
};

// A kernel as a host has it.
struct HostKernel {
  std::string release;                  // as uname -r: "6.1.0-53-amd64"
  std::string distro;                   // id; "" where unknown
  std::optional<std::string> upstream;  // "6.12.74", "6.1" where the rest is unknown; absent where the distribution
                                        // brings changes of newer kernels into old numbers, as RHEL does

  bool operator==(const HostKernel&) const = default;
};

struct KernelAnswer {
  KernelVerdict verdict = KernelVerdict::unknown;
  std::optional<std::string> first_driver;  // of one that fails: the release of the branch that builds, where known
  std::vector<Source> sources;

  bool operator==(const KernelAnswer&) const = default;
};

// Whether a module of a branch is known to build on a kernel, or known not to.
KernelAnswer kernel_support(const DriverBranch& branch, const ModuleBuild& module, const HostKernel& kernel);

}  // namespace nvprov
