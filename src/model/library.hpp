#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/source.hpp"

namespace nvprov {

// What a build of a library for one CUDA serves. A release may have two records for one CUDA: what it serves from a
// newer driver on. Absent and empty are "unknown".
struct LibraryBuild {
  std::string cuda;                               // "12", or the release it was built with: "12.9"
  std::vector<std::string> architectures;         // "x86_64", as uname -m
  std::optional<std::string> min_driver;          // as documented for this very release; Linux
  std::optional<std::string> min_capability;      // the range of compute capabilities it has code for
  std::optional<std::string> max_capability;      //
  std::vector<std::string> compute_capabilities;  // every one its support matrix lists

  bool operator==(const LibraryBuild&) const = default;
};

struct LibraryRelease {
  std::string version;                      // "9.10.2"
  std::optional<std::string> full_version;  // as packages have it: "9.10.2.21"
  std::optional<std::string> date;          // YYYY-MM-DD
  bool builds_complete = false;             // whether all builds there are stand in `builds`
  std::vector<LibraryBuild> builds;         // empty: not known

  bool operator==(const LibraryRelease&) const = default;
};

// For which releases there are builds for one CUDA major, and which driver each of them needs at least.
struct LibraryCudaMajor {
  std::string major;  // "12"
  std::string first_release;
  std::optional<std::string> last_release;  // absent: until today
  std::optional<std::string> min_driver;

  bool operator==(const LibraryCudaMajor&) const = default;
};

// The names of a library's packages for a span of its releases. Templates hold {cuda_major}, {cuda_release} and
// {version}, the release's full version.
struct LibraryPackages {
  std::string manager;                       // "deb", "rpm", "pypi"
  std::optional<std::string> first_release;  // absent: not known
  std::optional<std::string> last_release;
  std::vector<std::string> runtime;
  std::vector<std::string> development;
  std::optional<std::string> version;  // "{version}-1+cuda{cuda_release}"

  bool operator==(const LibraryPackages&) const = default;
};

// A library that stands beside CUDA and has releases of its own: cuDNN, NCCL.
struct CudaLibrary {
  std::string id;     // "cudnn"
  std::string title;  // "NVIDIA cuDNN"
  std::vector<LibraryCudaMajor> cuda_majors;
  std::vector<LibraryPackages> packages;
  std::vector<LibraryRelease> releases;  // oldest first
  std::vector<Source> sources;

  bool operator==(const CudaLibrary&) const = default;
};

}  // namespace nvprov
