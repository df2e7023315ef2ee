// Which way CUDA releases run on driver releases, by NVIDIA's tables as the program carries them.
#include "resolve/cuda_on_driver.hpp"

#include <algorithm>

#include "catalog/catalog.hpp"
#include "support/catch.hpp"

using namespace nvprov;

namespace {

struct Way {
  CudaSupport support = CudaSupport::none;
  CudaOnDriverReason reason = CudaOnDriverReason::driver_too_old;
  std::string limit;
  CompatUse compat = CompatUse::unknown;

  bool operator==(const Way&) const = default;
};

CudaOnDriver judge(std::string_view update, std::string_view driver) {
  static const Catalog catalog = embedded_catalog();
  for (const CudaRelease& cuda : catalog.cuda)
    for (const CudaUpdate& each : cuda.updates)
      if (each.version == update) return cuda_on_driver(catalog, cuda, each, driver);
  FAIL("no update " << update);
  return {};
}

Way way(std::string_view update, std::string_view driver) {
  const CudaOnDriver answer = judge(update, driver);
  CHECK_FALSE(answer.sources->empty());
  CHECK(answer.compat_package.has_value() == (answer.compat == CompatUse::works));
  return {answer.support, answer.reason, answer.limit, answer.compat};
}

using Because = CudaOnDriverReason;

}  // namespace

TEST_CASE("a driver as new as a CUDA update asks for runs it fully") {
  CHECK(way("12.4.1", "550.54.15") == Way{CudaSupport::full, Because::meets_minimum, "550.54.15", CompatUse::unknown});
  CHECK(way("12.4.1", "580.178.04") == Way{CudaSupport::full, Because::meets_minimum, "550.54.15", CompatUse::unknown});
  CHECK(way("11.0.3", "615.71.09") == Way{CudaSupport::full, Because::meets_minimum, "450.51.06", CompatUse::unknown});
}

TEST_CASE("an update without a row of its own asks for the driver of the update before it") {
  CHECK(way("12.8.2", "570.124.06") ==
        Way{CudaSupport::full, Because::meets_minimum, "570.124.06", CompatUse::unknown});
  CHECK(way("12.3.2", "545.23.08") == Way{CudaSupport::full, Because::meets_minimum, "545.23.08", CompatUse::unknown});
}

TEST_CASE("CUDA 13.4 has no minimum driver, but a branch") {
  CHECK(way("13.4.1", "615.71.09") == Way{CudaSupport::full, Because::branch_has_it, "615", CompatUse::unknown});
  CHECK(way("13.4.2", "610.57.04") ==
        Way{CudaSupport::minor_version, Because::same_major, "580.65.06", CompatUse::works});
}

TEST_CASE("within a major an older driver runs newer releases, and a package lifts the limits") {
  CHECK(way("13.2.1", "580.178.04") ==
        Way{CudaSupport::minor_version, Because::same_major, "580.65.06", CompatUse::works});
  CHECK(judge("13.2.1", "580.178.04").compat_package == "cuda-compat-13-2");
  CHECK(way("12.9.1", "535.309.01") ==
        Way{CudaSupport::minor_version, Because::same_major, "525.60.13", CompatUse::works});
  CHECK(way("12.9.1", "525.147.05") ==
        Way{CudaSupport::minor_version, Because::same_major, "525.60.13", CompatUse::unknown});
}

TEST_CASE("across majors a compatibility package is the only way") {
  CHECK(way("13.0.2", "535.309.01") ==
        Way{CudaSupport::forward, Because::compat_package, "cuda-compat-13-0", CompatUse::works});
  CHECK(way("13.4.1", "570.211.01") ==
        Way{CudaSupport::forward, Because::compat_package, "cuda-compat-13-4", CompatUse::works});
}

TEST_CASE("where no package is known to go over a driver, nothing but a newer one helps") {
  CHECK(way("13.0.2", "550.163.01") ==
        Way{CudaSupport::none, Because::driver_too_old, "580.65.06", CompatUse::unknown});
  CHECK(way("12.4.1", "470.256.02") ==
        Way{CudaSupport::none, Because::driver_too_old, "525.60.13", CompatUse::unknown});
  CHECK(way("11.8.0", "418.226.00") ==
        Way{CudaSupport::none, Because::driver_too_old, "450.80.02", CompatUse::unknown});
}

TEST_CASE("a package over a new feature branch works and is no supported way") {
  CHECK(judge("13.4.1", "590.48.01").is_base_new_feature);
  CHECK_FALSE(judge("13.4.1", "595.91.07").is_base_new_feature);
  CHECK_FALSE(judge("13.0.2", "535.309.01").is_base_new_feature);
}

TEST_CASE("a driver of a branch nobody knows is judged by its number") {
  CHECK(way("13.3.1", "999.1.1") == Way{CudaSupport::full, Because::meets_minimum, "610.43.02", CompatUse::unknown});
  CHECK(way("13.4.1", "999.1.1") ==
        Way{CudaSupport::minor_version, Because::same_major, "580.65.06", CompatUse::unknown});
}

TEST_CASE("the matrix of compatibility packages is read as it is printed") {
  const ForwardCompatibility forward = embedded_catalog().forward_compatibility;
  CHECK(compat_use(forward, "12.9", "550") == CompatUse::works);
  CHECK(compat_use(forward, "12.9", "575") == CompatUse::not_needed);
  CHECK(compat_use(forward, "12.9", "580") == CompatUse::does_not_work);
  CHECK(compat_use(forward, "12.3", "550") == CompatUse::does_not_work);
  CHECK(compat_use(forward, "12.4", "470") == CompatUse::unknown);
  CHECK(compat_use(forward, "11.8", "450") == CompatUse::unknown);
  CHECK(compat_package(forward, "12.9") == "cuda-compat-12-9");
  CHECK(compat_package({}, "12.9").empty());
}
