#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/facts.hpp"
#include "model/gpu_kind.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// What a compatibility table is narrowed to; what is absent narrows nothing.
struct MatrixQuestion {
  std::vector<Gpu> gpus;              // all of one host
  std::optional<std::string> cuda;    // release: "12.4"
  std::optional<std::string> driver;  // branch or release: "550", "550.54.14"
  std::optional<std::string> distro;  // id
  std::optional<std::string> arch;    // of the distribution: "x86_64"

  bool operator==(const MatrixQuestion&) const = default;
};

// A driver branch, judged by one release: the newest that may be had.
struct MatrixDriver {
  std::string branch;
  std::string release;
  std::optional<std::string> type;
  std::optional<std::string> end_of_life;  // NVIDIA's, YYYY-MM-DD
  std::vector<std::string> flavours;       // modules that may be used for these GPUs: "open", "proprietary"
  std::optional<std::string> cuda;         // newest release it runs fully
  std::vector<std::string> sources;        // of the distribution, ids: where the release comes from
  std::vector<Conflict> conflicts;         // why it is out of the question; none: it is not

  bool operator==(const MatrixDriver&) const = default;
};

// A CUDA release with the best that the drivers in question do for it.
struct MatrixCuda {
  std::string release;
  std::string update;                     // newest
  std::optional<std::string> min_driver;  // of the newest update whose floor is known: full support from here on
  std::optional<std::string> minor_compat_min_driver;
  CudaSupport support = CudaSupport::none;
  std::vector<std::string> sources;  // of the distribution, ids
  std::vector<Conflict> conflicts;

  bool operator==(const MatrixCuda&) const = default;
};

struct Matrix {
  MatrixQuestion question;
  std::string catalog_date;           // YYYY-MM-DD
  std::vector<MatrixDriver> drivers;  // newest first
  std::vector<MatrixCuda> cuda;       // newest first

  bool operator==(const Matrix&) const = default;
};

struct GridDistro {
  std::string id;
  std::string name;
  std::vector<std::vector<std::string>> drivers;  // of each driver of the grid: the sources that offer it
  std::vector<std::vector<std::string>> cuda;     // of each CUDA release of the grid

  bool operator==(const GridDistro&) const = default;
};

// Every table at once, cell by cell: whatever is chosen, the table is what its cells allow together.
struct MatrixGrid {
  std::string catalog_date;
  std::vector<MatrixDriver> drivers;  // newest first, narrowed by nothing
  std::vector<MatrixCuda> cuda;
  std::vector<GpuKind> kinds;
  std::vector<GpuModel> gpus;                                     // of all kinds, sorted by name
  std::vector<std::vector<std::optional<Conflict>>> gpu_driver;   // [kind][driver]
  std::vector<std::vector<std::vector<std::string>>> gpu_module;  // [kind][driver]: flavours
  std::vector<std::vector<std::optional<Conflict>>> gpu_cuda;     // [kind][cuda]
  std::vector<std::vector<CudaSupport>> cuda_driver;              // [cuda][driver]
  std::vector<GridDistro> distros;

  bool operator==(const MatrixGrid&) const = default;
};

}  // namespace nvprov
