#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalog.hpp"
#include "model/resolution.hpp"
#include "resolve/forward_compatibility.hpp"

namespace nvprov {

// Which way programs of a CUDA release run on a driver release, or why they do not.
enum class CudaOnDriverReason {
  meets_minimum,   // the driver is the one the release asks for, or newer; limit: that one
  branch_has_it,   // no minimum was published, but the driver's branch has this release; limit: the branch
  same_major,      // older than the release asks for, but new enough for its major; limit: the floor of the major
  compat_package,  // too old for all that, but a compatibility package goes over it; limit: the package
  driver_too_old,  // nothing helps but a newer driver; limit: the oldest that does, or "unknown"
};

struct CudaOnDriver {
  CudaSupport support = CudaSupport::none;
  CudaOnDriverReason reason = CudaOnDriverReason::driver_too_old;
  std::string limit;
  CompatUse compat = CompatUse::unknown;         // the release's compatibility package over this driver
  std::optional<std::string> compat_package;     // where it works: lifts what running within a major leaves out
  bool is_base_new_feature = false;              // NVIDIA calls new feature branches no supported base of it
  const std::vector<Source>* sources = nullptr;  // in the catalog

  bool operator==(const CudaOnDriver&) const = default;
};

// The minimum driver of an update; of one without a row of its own that of the update before it in the release.
std::optional<std::string> minimum_driver(const CudaRelease& cuda, const CudaUpdate& update);

// Judges the driver alone: whether a GPU runs the release, and may load a compatibility package, is not looked at.
CudaOnDriver cuda_on_driver(const Catalog& catalog, const CudaRelease& cuda, const CudaUpdate& update,
                            std::string_view driver_version);

// The same where no compatibility package is installed: none is chosen by itself.
CudaSupport support_without_package(const Catalog& catalog, const CudaRelease& cuda, const CudaUpdate& update,
                                    std::string_view driver_version);

}  // namespace nvprov
