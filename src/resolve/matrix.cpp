#include "resolve/matrix.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/version.hpp"
#include "resolve/cuda_choice.hpp"
#include "resolve/cuda_on_driver.hpp"
#include "resolve/driver_candidates.hpp"
#include "resolve/gpu_rules.hpp"

namespace nvprov {
namespace {

bool is_for(const std::vector<std::string>& architectures, const std::string& arch) {
  return arch.empty() || std::ranges::find(architectures, arch) != architectures.end();
}

Conflict conflict(ConflictReason reason, std::string subject, std::string other, std::string limit,
                  std::vector<Source> sources) {
  return {.reason = reason,
          .subject = std::move(subject),
          .other = std::move(other),
          .limit = std::move(limit),
          .sources = std::move(sources)};
}

std::optional<std::string> newest_minimum(const CudaRelease& cuda) {
  return cuda.updates.empty() ? std::nullopt : minimum_driver(cuda, cuda.updates.back());
}

Conflict too_old_for(const CudaRelease& cuda, const std::string& driver) {
  const auto floor = cuda.minor_compat_min_driver ? cuda.minor_compat_min_driver : newest_minimum(cuda);
  return conflict(ConflictReason::cuda_needs_newer_driver, cuda.release, driver, floor.value_or(""), cuda.sources);
}

// The newest release of a branch the distribution has, or that there is where none is named.
std::string newest_release(const DriverBranch& branch, const Distro* distro, const std::string& arch) {
  if (distro == nullptr) return branch.releases.empty() ? "" : branch.releases.back().version;
  std::string newest;
  for (const PackageSource& source : distro->package_sources)
    for (const DriverOffer& offer : source.drivers)
      if (offer.branch == branch.branch && is_for(offer.architectures, arch) &&
          (newest.empty() || compare_versions(offer.version, newest) > 0))
        newest = offer.version;
  return newest;
}

// What the question names, looked up once.
struct Asked {
  const Catalog& catalog;
  const MatrixQuestion& question;
  const Distro* distro;
  const CudaRelease* cuda;
  std::string arch;
};

bool is_asked_for(const Asked& asked, const DriverBranch& branch) {
  const auto& driver = asked.question.driver;
  if (!driver || *driver == branch.branch) return true;
  return std::ranges::find(branch.releases, *driver, &DriverRelease::version) != branch.releases.end();
}

MatrixDriver driver_row(const Asked& asked, const DriverBranch& branch) {
  MatrixDriver row{.branch = branch.branch,
                   .release = newest_release(branch, asked.distro, asked.arch),
                   .type = branch.type,
                   .end_of_life = branch.end_of_life,
                   .flavours = {},
                   .cuda = {},
                   .sources = {},
                   .conflicts = {}};
  const auto& driver = asked.question.driver;
  if (driver && *driver != branch.branch) row.release = *driver;
  row.flavours = flavours_for(asked.question.gpus, branch, asked.catalog, row.conflicts);
  if (asked.distro != nullptr) {
    row.sources = sources_of_branch(*asked.distro, asked.arch, branch.branch);
    if (row.sources.empty())
      row.conflicts.push_back(
          conflict(ConflictReason::driver_not_offered, branch.branch, asked.distro->name, {}, asked.distro->sources));
  }
  if (row.release.empty() && !branch.releases.empty()) row.release = branch.releases.back().version;
  row.cuda = cuda_ceiling(asked.catalog, row.release);
  if (asked.cuda != nullptr && support_on(asked.catalog, *asked.cuda, row.release) == CudaSupport::none)
    row.conflicts.push_back(too_old_for(*asked.cuda, driver && *driver == row.release ? row.release : branch.branch));
  return row;
}

// The best that a driver in question does, and the newest of them for the reason where none does anything.
void judge_by_drivers(MatrixCuda& row, const Catalog& catalog, const CudaRelease& cuda,
                      const std::vector<MatrixDriver>& drivers) {
  const MatrixDriver* newest = nullptr;
  for (const MatrixDriver& driver : drivers) {
    if (!driver.conflicts.empty()) continue;
    if (newest == nullptr) newest = &driver;
    const CudaSupport support = support_on(catalog, cuda, driver.release);
    row.support = std::min(row.support, support);  // the enumerators stand best first
  }
  if (newest != nullptr && row.support == CudaSupport::none)
    row.conflicts.push_back(too_old_for(cuda, newest->release));
}

MatrixCuda cuda_row(const Asked& asked, const CudaRelease& cuda, const std::vector<MatrixDriver>& drivers) {
  MatrixCuda row{.release = cuda.release,
                 .update = cuda.updates.empty() ? "" : cuda.updates.back().version,
                 .min_driver = newest_minimum(cuda),
                 .minor_compat_min_driver = cuda.minor_compat_min_driver,
                 .support = CudaSupport::none,
                 .sources = {},
                 .conflicts = capability_conflicts(cuda, asked.question.gpus, asked.catalog)};
  if (asked.distro != nullptr) {
    row.sources = sources_of_cuda(*asked.distro, asked.arch, cuda.release);
    if (row.sources.empty())
      row.conflicts.push_back(
          conflict(ConflictReason::cuda_not_offered, cuda.release, asked.distro->name, {}, asked.distro->sources));
  }
  judge_by_drivers(row, asked.catalog, cuda, drivers);
  return row;
}

}  // namespace

std::vector<std::string> flavours_for(const std::vector<Gpu>& gpus, const DriverBranch& branch, const Catalog& catalog,
                                      std::vector<Conflict>& conflicts) {
  for (const Gpu& gpu : distinct_gpus(gpus))
    if (auto found = gpu_not_served(gpu, branch, catalog)) conflicts.push_back(std::move(*found));
  std::vector<std::string> flavours;
  std::optional<Conflict> why_none;
  for (const auto& [flavour, is_there] :
       {std::pair("open", branch.has_open_module), std::pair("proprietary", branch.has_proprietary_module)}) {
    if (!is_there) continue;
    if (auto conflict = no_common_flavour(gpus, {flavour}, "branch " + branch.branch, catalog))
      why_none = std::move(conflict);
    else
      flavours.emplace_back(flavour);
  }
  if (flavours.empty() && conflicts.empty() && why_none) conflicts.push_back(std::move(*why_none));
  return flavours;
}

CudaSupport support_on(const Catalog& catalog, const CudaRelease& cuda, const std::string& driver_version) {
  if (cuda.updates.empty()) return CudaSupport::none;
  return cuda_on_driver(catalog, cuda, cuda.updates.back(), driver_version).support;
}

std::vector<std::string> sources_of_branch(const Distro& distro, const std::string& arch, const std::string& branch) {
  std::vector<std::string> ids;
  for (const PackageSource& source : distro.package_sources)
    for (const DriverOffer& offer : source.drivers)
      if (offer.branch == branch && is_for(offer.architectures, arch)) append_new(ids, {source.id});
  return ids;
}

std::vector<std::string> sources_of_cuda(const Distro& distro, const std::string& arch, const std::string& release) {
  std::vector<std::string> ids;
  for (const PackageSource& source : distro.package_sources)
    for (const CudaOffer& offer : source.cuda)
      if (offer.release == release && is_for(offer.architectures, arch)) append_new(ids, {source.id});
  return ids;
}

Matrix make_matrix(const Catalog& catalog, const MatrixQuestion& question) {
  Matrix matrix{.question = question, .catalog_date = catalog.date, .drivers = {}, .cuda = {}};
  const Asked asked{.catalog = catalog,
                    .question = matrix.question,
                    .distro = question.distro ? find_distro(catalog, *question.distro) : nullptr,
                    .cuda = question.cuda ? find_cuda(catalog, *question.cuda) : nullptr,
                    .arch = question.arch.value_or("")};
  for (auto branch = catalog.drivers.rbegin(); branch != catalog.drivers.rend(); ++branch)
    if (is_asked_for(asked, *branch)) matrix.drivers.push_back(driver_row(asked, *branch));
  for (auto cuda = catalog.cuda.rbegin(); cuda != catalog.cuda.rend(); ++cuda)
    if (asked.cuda == nullptr || asked.cuda == &*cuda) matrix.cuda.push_back(cuda_row(asked, *cuda, matrix.drivers));
  return matrix;
}

}  // namespace nvprov
