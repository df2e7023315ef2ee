#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"

namespace nvprov {

// What a library is wanted for.
struct LibraryQuestion {
  std::string cuda;                         // a major or a release: "12", "12.4"
  std::vector<std::string> capabilities;    // of every GPU that is to run it
  std::optional<std::string> driver;        // the driver it is to run on; absent: not asked
  std::optional<std::string> architecture;  // "x86_64"; absent: not asked
  std::optional<std::string> version = {};  // "9", "9.10", "=9.10.2", ">=9.5 <9.11"; absent: any

  bool operator==(const LibraryQuestion&) const = default;
};

// What speaks against a release, or is not known of it.
enum class LibraryLimit { builds_unknown, no_build, architecture, compute_capability, driver };

struct LibraryRejection {
  std::string version;
  LibraryLimit limit = LibraryLimit::no_build;
  std::string subject;  // the capability, driver, architecture or CUDA that is not served
  std::string needed;   // what it would have to be, where that is known: "7.5"

  bool operator==(const LibraryRejection&) const = default;
};

struct LibraryChoice {
  std::string version;
  LibraryBuild build;
  std::optional<std::string> min_driver;  // the build's own, or that of its CUDA major
  std::vector<std::string> undocumented;  // what of the question is neither said to be served nor not: "10.3"

  bool operator==(const LibraryChoice&) const = default;
};

struct LibraryAnswer {
  std::optional<LibraryChoice> newest;             // the newest nothing known speaks against
  std::optional<LibraryChoice> newest_documented;  // the newest of which all that was asked is known
  std::vector<LibraryRejection> rejected;          // what is newer than `newest`, newest first, and why

  bool operator==(const LibraryAnswer&) const = default;
};

// The newest release of a library for a CUDA, these GPUs and this driver.
LibraryAnswer newest_library(const Catalog& catalog, const CudaLibrary& library, const LibraryQuestion& question);

// Every release nothing known speaks against, newest first.
std::vector<LibraryChoice> suitable_libraries(const Catalog& catalog, const CudaLibrary& library,
                                              const LibraryQuestion& question);

}  // namespace nvprov
