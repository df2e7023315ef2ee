#include "resolve/losses.hpp"

#include <algorithm>

#include "base/append.hpp"
#include "base/append_new.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "resolve/cuda_on_driver.hpp"
#include "resolve/forward_compatibility.hpp"

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

}  // namespace

std::vector<Loss> losses_of(const Resolution& resolution, const Question& question) {
  std::vector<Loss> losses = lost_floors(resolution, question);
  append(losses, lost_targets(resolution, question));
  append(losses, harmful_packages(resolution, question));
  return losses;
}

}  // namespace nvprov
