#include "resolve/cuda_on_driver.hpp"

#include "base/version.hpp"

namespace nvprov {
namespace {

const DriverBranch* branch_of_driver(const Catalog& catalog, std::string_view version) {
  return find_branch(catalog, version.substr(0, version.find('.')));
}

// By its published minimum and the floor of its major.
CudaSupport cuda_support(const CudaRelease& cuda, const std::optional<std::string>& minimum,
                         std::string_view driver_version) {
  if (minimum && compare_versions(driver_version, *minimum) >= 0) return CudaSupport::full;
  const auto& floor = cuda.minor_compat_min_driver;
  return floor && compare_versions(driver_version, *floor) >= 0 ? CudaSupport::minor_version : CudaSupport::none;
}

// By what NVIDIA says of the branch as a whole.
bool has_release(const DriverBranch* branch, const CudaRelease& cuda) {
  return branch != nullptr && branch->cuda && compare_versions(*branch->cuda, cuda.release) >= 0;
}

CudaOnDriver without_package(const CudaRelease& cuda, const std::optional<std::string>& minimum,
                             const DriverBranch* branch, std::string_view driver_version) {
  CudaOnDriver answer;
  answer.sources = &cuda.sources;
  answer.support = cuda_support(cuda, minimum, driver_version);
  if (!minimum && has_release(branch, cuda)) {
    answer.support = CudaSupport::full;
    answer.reason = CudaOnDriverReason::branch_has_it;
    answer.limit = branch->branch;
    answer.sources = &branch->sources;
  } else if (answer.support == CudaSupport::full) {
    answer.reason = CudaOnDriverReason::meets_minimum;
    answer.limit = minimum.value_or("unknown");
  } else {
    if (answer.support == CudaSupport::minor_version) answer.reason = CudaOnDriverReason::same_major;
    answer.limit = cuda.minor_compat_min_driver.value_or(minimum.value_or("unknown"));
  }
  return answer;
}

// A package that goes over the driver is named wherever it does something: it lifts the limits of running within a
// major, too.
void add_package(CudaOnDriver& answer, const ForwardCompatibility& forward, const CudaRelease& cuda,
                 const DriverBranch* branch) {
  if (branch == nullptr || answer.support == CudaSupport::full) return;
  answer.compat = compat_use(forward, cuda.release, branch->branch);
  if (answer.compat != CompatUse::works) return;
  answer.compat_package = compat_package(forward, cuda.release);
  answer.is_base_new_feature = branch->type == "new-feature";
  if (answer.support != CudaSupport::none) return;
  answer.support = CudaSupport::forward;
  answer.reason = CudaOnDriverReason::compat_package;
  answer.limit = *answer.compat_package;
  answer.sources = &find_compat_release(forward, cuda.release)->sources;
}

}  // namespace

std::optional<std::string> minimum_driver(const CudaRelease& cuda, const CudaUpdate& update) {
  std::optional<std::string> minimum;
  for (const CudaUpdate& each : cuda.updates)
    if (each.min_driver && compare_versions(each.version, update.version) <= 0) minimum = each.min_driver;
  return minimum;
}

CudaOnDriver cuda_on_driver(const Catalog& catalog, const CudaRelease& cuda, const CudaUpdate& update,
                            std::string_view driver_version) {
  const DriverBranch* branch = branch_of_driver(catalog, driver_version);
  CudaOnDriver answer = without_package(cuda, minimum_driver(cuda, update), branch, driver_version);
  add_package(answer, catalog.forward_compatibility, cuda, branch);
  return answer;
}

CudaSupport support_without_package(const Catalog& catalog, const CudaRelease& cuda, const CudaUpdate& update,
                                    std::string_view driver_version) {
  const CudaSupport support = cuda_on_driver(catalog, cuda, update, driver_version).support;
  return support == CudaSupport::forward ? CudaSupport::none : support;
}

}  // namespace nvprov
