#include <algorithm>

#include "resolve/cuda_choice.hpp"
#include "resolve/gpu_kinds.hpp"
#include "resolve/matrix.hpp"
#include "resolve/named_gpus.hpp"

namespace nvprov {
namespace {

// In place of the example's name in reasons that hold of all its kind.
constexpr const char* any_gpu = "this GPU";

std::vector<Gpu> example_of(const GpuKind& kind, const Catalog& catalog) {
  auto named = name_devices({"10de:" + kind.example.device_id}, catalog);
  if (!named) return {};
  for (Gpu& gpu : named->gpus) gpu.name = any_gpu;
  return std::move(named->gpus);
}

std::optional<Conflict> first_of(std::vector<Conflict> conflicts) {
  if (conflicts.empty()) return std::nullopt;
  conflicts.front().sources.clear();
  return std::move(conflicts.front());
}

void add_kind(MatrixGrid& grid, const GpuKind& kind, const Catalog& catalog) {
  const std::vector<Gpu> gpus = example_of(kind, catalog);
  auto& drivers = grid.gpu_driver.emplace_back();
  auto& modules = grid.gpu_module.emplace_back();
  for (const MatrixDriver& driver : grid.drivers) {
    std::vector<Conflict> conflicts;
    modules.push_back(flavours_for(gpus, *find_branch(catalog, driver.branch), catalog, conflicts));
    drivers.push_back(first_of(std::move(conflicts)));
  }
  auto& releases = grid.gpu_cuda.emplace_back();
  for (const MatrixCuda& cuda : grid.cuda)
    releases.push_back(first_of(capability_conflicts(*find_cuda(catalog, cuda.release), gpus, catalog)));
}

GridDistro grid_distro(const MatrixGrid& grid, const Distro& distro) {
  GridDistro row{.id = distro.id, .name = distro.name, .drivers = {}, .cuda = {}};
  for (const MatrixDriver& driver : grid.drivers) row.drivers.push_back(sources_of_branch(distro, "", driver.branch));
  for (const MatrixCuda& cuda : grid.cuda) row.cuda.push_back(sources_of_cuda(distro, "", cuda.release));
  return row;
}

}  // namespace

MatrixGrid make_matrix_grid(const Catalog& catalog) {
  Matrix all = make_matrix(catalog, {});
  MatrixGrid grid;
  grid.catalog_date = catalog.date;
  grid.drivers = std::move(all.drivers);
  grid.cuda = std::move(all.cuda);
  grid.kinds = gpu_kinds(catalog);
  grid.gpus = catalog.gpus;
  std::ranges::stable_sort(grid.gpus, {}, &GpuModel::name);
  for (const GpuKind& kind : grid.kinds) add_kind(grid, kind, catalog);
  for (const MatrixCuda& cuda : grid.cuda) {
    auto& row = grid.cuda_driver.emplace_back();
    for (const MatrixDriver& driver : grid.drivers)
      row.push_back(support_on(catalog, *find_cuda(catalog, cuda.release), driver.release));
  }
  for (const Distro& distro : catalog.distros) grid.distros.push_back(grid_distro(grid, distro));
  return grid;
}

}  // namespace nvprov
