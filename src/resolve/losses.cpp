#include "resolve/losses.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/cuda_on_driver.hpp"
#include "resolve/forward_compatibility.hpp"
#include "resolve/gpu_rules.hpp"

namespace nvprov {
namespace {

std::string release_of_toolkit(const std::string& version) {
  const std::vector<std::string> parts = split(version, '.');
  return parts.size() < 2 ? version : parts[0] + "." + parts[1];
}

// The CUDA releases whose toolkits are on the host, oldest first.
std::vector<const CudaRelease*> installed_cuda(const Question& question) {
  std::vector<const CudaRelease*> releases;
  for (const CudaToolkit& toolkit : question.facts.cuda_toolkits)
    if (toolkit.version)
      if (const CudaRelease* cuda = find_cuda(question.catalog, release_of_toolkit(*toolkit.version)))
        append_new(releases, {cuda});
  std::ranges::sort(releases, [](const CudaRelease* left, const CudaRelease* right) {
    return compare_versions(left->release, right->release) < 0;
  });
  return releases;
}

bool runs_on(const Catalog& catalog, const CudaRelease& cuda, const std::string& driver) {
  return !cuda.updates.empty() &&
         support_without_package(catalog, cuda, cuda.updates.front(), driver) != CudaSupport::none;
}

// A driver that goes back may leave what is installed without the one it needs.
std::vector<Loss> lost_floors(const Resolution& resolution, const Question& question) {
  std::vector<Loss> losses;
  if (!resolution.driver || resolution.driver->kept) return losses;
  const std::string& driver = resolution.driver->version;
  for (const CudaRelease* cuda : installed_cuda(question))
    if (!runs_on(question.catalog, *cuda, driver))
      losses.push_back({.kind = LossKind::cuda_floor,
                        .subject = cuda->release,
                        .other = driver,
                        .limit = cuda->minor_compat_min_driver.value_or("")});
  return losses;
}

// The newest release that still has a capability.
std::string last_release_for(const Catalog& catalog, const std::string& capability) {
  std::string last;
  for (const CudaRelease& cuda : catalog.cuda)
    if (std::ranges::find(cuda.compute_capabilities, capability) != cuda.compute_capabilities.end())
      last = cuda.release;
  return last;
}

// What the newest toolkit on the host compiles for and none that would be there any more does.
std::vector<Loss> lost_targets(const Resolution& resolution, const Question& question) {
  std::vector<Loss> losses;
  const auto installed = installed_cuda(question);
  const CudaChoice* chosen = newest_cuda(resolution);
  const CudaRelease* release = chosen != nullptr ? find_cuda(question.catalog, chosen->release) : nullptr;
  if (installed.empty() || release == nullptr || !builds_programs(question.catalog, resolution.profiles)) return losses;
  for (const std::string& capability : installed.back()->compute_capabilities)
    if (std::ranges::find(release->compute_capabilities, capability) == release->compute_capabilities.end())
      losses.push_back({.kind = LossKind::compile_target,
                        .subject = capability,
                        .other = release->release,
                        .limit = last_release_for(question.catalog, capability)});
  return losses;
}

// Compatibility packages on the host that are older than the driver to come: programs that find them fail.
std::vector<Loss> harmful_packages(const Resolution& resolution, const Question& question) {
  std::vector<Loss> losses;
  if (!resolution.driver) return losses;
  const ForwardCompatibility& forward = question.catalog.forward_compatibility;
  for (const CompatRelease& release : forward.releases) {
    const std::string package = compat_package(forward, release.cuda);
    if (find_installed(question.facts, package) != nullptr &&
        compat_use(forward, release.cuda, resolution.driver->branch) == CompatUse::does_not_work)
      losses.push_back(
          {.kind = LossKind::compat_harmful, .subject = package, .other = resolution.driver->version, .limit = {}});
  }
  return losses;
}

// Why a driver does not drive a GPU; of one the catalog does not know nothing is said.
std::optional<Conflict> not_driven(const Gpu& gpu, const DriverChoice& driver, const Catalog& catalog) {
  if (!gpu.architecture) return std::nullopt;
  if (const DriverBranch* branch = find_branch(catalog, driver.branch))
    if (auto conflict = gpu_not_served(gpu, *branch, catalog)) return conflict;
  return flavour_not_accepted(gpu, driver.flavour, driver.version, catalog);
}

// GPUs the request says nothing about, which are in the machine all the same.
std::vector<Loss> gpus_left_behind(const Resolution& resolution, const Question& question) {
  std::vector<Loss> losses;
  if (!resolution.driver) return losses;
  for (const Gpu& gpu : distinct_gpus(question.facts.gpus_passed_over)) {
    const auto conflict = not_driven(gpu, *resolution.driver, question.catalog);
    if (!conflict) continue;
    const bool is_by_branch = conflict->reason == ConflictReason::gpu_older_than_branch ||
                              conflict->reason == ConflictReason::gpu_newer_than_branch;
    losses.push_back({.kind = LossKind::gpu_left_behind,
                      .subject = gpu.name,
                      .other = resolution.driver->version,
                      .limit = is_by_branch ? conflict->limit : ""});
  }
  return losses;
}

}  // namespace

std::vector<Loss> losses_of(const Resolution& resolution, const Question& question) {
  std::vector<Loss> losses = lost_floors(resolution, question);
  append(losses, lost_targets(resolution, question));
  append(losses, harmful_packages(resolution, question));
  append(losses, gpus_left_behind(resolution, question));
  return losses;
}

}  // namespace nvprov
