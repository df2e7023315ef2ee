#include "report/plan_summary.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace nvprov {
namespace {

std::string driver_summary(const std::optional<DriverChoice>& driver) {
  if (!driver) return "no driver";
  const std::string module = driver->flavour.empty() ? "" : fmt::format(", {} module", driver->flavour);
  return fmt::format("driver {} (branch {}){}", driver->version, driver->branch, module);
}

std::string cuda_summary(const Resolution& resolution) {
  std::vector<std::string> releases;
  for (const CudaChoice& cuda : resolution.cuda) releases.push_back(cuda.release);
  return releases.empty() ? "no CUDA" : "CUDA " + join(releases, " and ");
}

}  // namespace

std::string plan_summary(const Plan& plan) {
  const std::string gpus = plan.gpus.empty() ? "no GPU" : join(plan.gpus, ", ");
  return fmt::format("{}, {}; {}, {}", driver_summary(plan.resolution.driver), cuda_summary(plan.resolution), plan.host,
                     gpus);
}

}  // namespace nvprov
