#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/version.hpp"
#include "model/source.hpp"

namespace nvprov {

// Kernels that releases of a driver branch do not build on. Kernels change what modules call; a release made before
// such a change fails on the kernels that have it.
struct KernelBreak {
  std::string first_kernel;                 // "6.19"; of a distribution its own number: "5.14.0-687"
  std::optional<std::string> last_kernel;   // inclusive, "6.6" with all of its series; absent: every later one
  std::optional<std::string> distro;        // id, where its kernels have the change at a number that does not tell
  std::vector<std::string> modules;         // flavours
  std::optional<std::string> fixed_in;      // the first release of the branch that builds
  std::optional<std::string> last_failing;  // the last known to fail where `fixed_in` is not known; neither: all fail
  std::vector<Source> sources;

  bool operator==(const KernelBreak&) const = default;
};

// The newest upstream kernel a release, and so every later one of its branch, is known to build on.
struct KernelBuild {
  std::string driver;                          // "580.178.04"
  std::optional<std::string> package_version;  // of packages that bring patches of their own: "550.163.01-2"
  std::optional<std::string> origin;           // whose packages those are: "Debian"
  std::string last_kernel;                     // "7.2"
  std::vector<std::string> modules;            // flavours
  std::vector<Source> sources;

  bool operator==(const KernelBuild&) const = default;
};

// What is known of a branch's modules and kernels. What is in none of the lists is unknown.
struct KernelSupport {
  std::optional<std::string> oldest_kernel;  // upstream: "4.15"
  std::vector<KernelBreak> breaks;
  std::vector<KernelBuild> builds;

  bool operator==(const KernelSupport&) const = default;
};

// The latest security bulletin of NVIDIA's that names a branch.
struct SecurityFloor {
  std::string release;   // releases before this one are affected
  std::string bulletin;  // its number: "5861"
  std::string date;      // YYYY-MM-DD
  std::vector<Source> sources;

  bool operator==(const SecurityFloor&) const = default;
};

// The numbers a kernel release begins with: 5.14.0.687.12.1 of "5.14.0-687.12.1.el9_8.x86_64"; nullopt where there are
// none.
std::optional<Version> kernel_number(std::string_view release);

}  // namespace nvprov
