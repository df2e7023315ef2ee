#include "resolve/kernel_support.hpp"

#include <algorithm>

#include "base/version.hpp"

namespace nvprov {
namespace {

bool has_flavour(const std::vector<std::string>& modules, const ModuleBuild& module) {
  return std::ranges::find(modules, module.flavour) != modules.end();
}

// Up to a kernel, that one's series included: 6.12.74 is not after 6.12.
bool is_not_after(const Version& kernel, const std::optional<Version>& last) {
  return last && (kernel <= *last || kernel.starts_with(*last));
}

bool is_in_range(const KernelBreak& range, const Version& kernel) {
  const auto first = kernel_number(range.first_kernel);
  if (!first || kernel < *first) return false;
  return !range.last_kernel || is_not_after(kernel, kernel_number(*range.last_kernel));
}

// Of a kernel whose series alone is known nobody can say whether it is before a change within the series.
bool may_be_in_range(const KernelBreak& range, const Version& kernel) {
  const auto first = kernel_number(range.first_kernel);
  return first && kernel < *first && first->starts_with(kernel);
}

bool fails(const KernelBreak& range, const ModuleBuild& module) {
  if (!has_flavour(range.modules, module)) return false;
  if (range.fixed_in) return compare_versions(module.driver, *range.fixed_in) < 0;
  return !range.last_failing || compare_versions(module.driver, *range.last_failing) <= 0;
}

bool is_shown_by(const KernelBuild& build, const ModuleBuild& module, const Version& kernel) {
  const bool is_of_it = build.origin ? build.origin == module.origin && build.package_version == module.package_version
                                     : compare_versions(build.driver, module.driver) <= 0;
  return is_of_it && has_flavour(build.modules, module) && is_not_after(kernel, kernel_number(build.last_kernel));
}

// All the breaks that hold a kernel make it fail; the driver that copes is the newest of those they name.
KernelAnswer failing(const std::vector<const KernelBreak*>& breaks) {
  KernelAnswer answer{.verdict = KernelVerdict::fails, .first_driver = breaks.front()->fixed_in, .sources = {}};
  for (const KernelBreak* each : breaks) {
    if (!each->fixed_in) answer.first_driver.reset();
    if (answer.first_driver && compare_versions(*each->fixed_in, *answer.first_driver) > 0)
      answer.first_driver = each->fixed_in;
    answer.sources.insert(answer.sources.end(), each->sources.begin(), each->sources.end());
  }
  return answer;
}

std::vector<const KernelBreak*> breaks_of(const KernelSupport& kernels, const ModuleBuild& module,
                                          const std::optional<std::string>& distro, const Version& kernel) {
  std::vector<const KernelBreak*> found;
  for (const KernelBreak& range : kernels.breaks)
    if (range.distro == distro && fails(range, module) && is_in_range(range, kernel)) found.push_back(&range);
  return found;
}

KernelAnswer upstream_support(const KernelSupport& kernels, const ModuleBuild& module, const Version& kernel) {
  const auto shown = std::ranges::find_if(kernels.builds,
                                          [&](const KernelBuild& build) { return is_shown_by(build, module, kernel); });
  const bool is_shown = shown != kernels.builds.end();
  if (is_shown && shown->origin) return {KernelVerdict::builds, std::nullopt, shown->sources};
  if (kernels.oldest_kernel && compare_versions(kernel.text(), *kernels.oldest_kernel) < 0)
    return {KernelVerdict::fails, std::nullopt, {}};
  const auto breaks = breaks_of(kernels, module, std::nullopt, kernel);
  // Packages with patches of their own may cope where NVIDIA's release does not.
  if (!breaks.empty()) return module.origin ? KernelAnswer{} : failing(breaks);
  const bool is_uncertain = std::ranges::any_of(kernels.breaks, [&](const KernelBreak& range) {
    return !range.distro && fails(range, module) && may_be_in_range(range, kernel);
  });
  return is_shown && !is_uncertain ? KernelAnswer{KernelVerdict::builds, std::nullopt, shown->sources} : KernelAnswer{};
}

}  // namespace

KernelAnswer kernel_support(const DriverBranch& branch, const ModuleBuild& module, const HostKernel& kernel) {
  if (const auto number = kernel_number(kernel.release); number && !kernel.distro.empty())
    if (const auto breaks = breaks_of(branch.kernels, module, kernel.distro, *number); !breaks.empty())
      return failing(breaks);
  const auto upstream = kernel.upstream ? kernel_number(*kernel.upstream) : std::nullopt;
  return upstream ? upstream_support(branch.kernels, module, *upstream) : KernelAnswer{};
}

}  // namespace nvprov
