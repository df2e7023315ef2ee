// Rules of lint: kernels and security bulletins of driver branches, and forward compatibility.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/version.hpp"
#include "catalog/lint_parts.hpp"
#include "catalog/records.hpp"

namespace nvprov {
namespace {

// --- kernels ---

bool is_upside_down(const KernelBreak& range) {
  const auto first = kernel_number(range.first_kernel);
  const auto last = range.last_kernel ? kernel_number(*range.last_kernel) : std::nullopt;
  return first && last && *last < *first && !first->starts_with(*last);
}

void check_kernel_ranges(const DriverBranch& branch, Diagnostics& problems) {
  for (std::size_t i = 0; i < branch.kernels.breaks.size(); ++i) {
    const KernelBreak& range = branch.kernels.breaks[i];
    if (is_upside_down(range))
      complain_of(
          problems, driver_file(branch.branch), fmt::format("/kernels/breaks/{}/last_kernel", i),
          fmt::format("the last kernel, {}, is older than the first, {}", *range.last_kernel, range.first_kernel));
  }
}

bool covers(const KernelBreak& range, const KernelBuild& build, const std::string& flavour) {
  const auto has = [&](const std::vector<std::string>& modules) {
    return std::ranges::find(modules, flavour) != modules.end();
  };
  const bool fails = range.fixed_in       ? compare_versions(build.driver, *range.fixed_in) < 0
                     : range.last_failing ? compare_versions(build.driver, *range.last_failing) <= 0
                                          : true;
  return fails && !range.distro && !range.last_kernel && has(range.modules) && has(build.modules) &&
         compare_versions(range.first_kernel, build.last_kernel) <= 0;
}

// What is known to build on a kernel is not known to fail on it. Packages of somebody's own bring their own patches.
void check_builds(const DriverBranch& branch, Diagnostics& problems) {
  for (std::size_t i = 0; i < branch.kernels.builds.size(); ++i) {
    const KernelBuild& build = branch.kernels.builds[i];
    for (const KernelBreak& range : branch.kernels.breaks)
      for (const std::string& flavour : build.modules)
        if (!build.origin && covers(range, build, flavour))
          complain_of(problems, driver_file(branch.branch), fmt::format("/kernels/builds/{}/last_kernel", i),
                      fmt::format("the {} module of {} is said to build on {}, but also to fail from {} on", flavour,
                                  build.driver, build.last_kernel, range.first_kernel));
  }
}

// --- bulletins ---

void check_security_floor(const Catalog& catalog, const DriverBranch& branch, Diagnostics& problems) {
  if (!branch.security_floor) return;
  const SecurityFloor& floor = *branch.security_floor;
  if (branch_of(floor.release) != branch.branch)
    complain_of(problems, driver_file(branch.branch), "/security_floor/release",
                fmt::format("release {} is not of branch {}", floor.release, branch.branch));
  else if (!branch.releases.empty() && compare_versions(floor.release, branch.releases.back().version) > 0)
    complain_of(
        problems, driver_file(branch.branch), "/security_floor/release",
        fmt::format("bulletin {} asks for {}, newer than every release of the branch", floor.bulletin, floor.release),
        fmt::format("add the release to {}", driver_file(branch.branch)));
  if (floor.date > catalog.date)
    complain_of(problems, driver_file(branch.branch), "/security_floor/date",
                fmt::format("{} is after the day the catalog was gathered, {}", floor.date, catalog.date));
}

// --- forward compatibility ---

std::string row_place(const Catalog& catalog, const CompatRelease& row) {
  return fmt::format("/releases/{}", &row - catalog.forward_compatibility.releases.data());
}

// The libraries are those of the branch that came with the CUDA release.
void check_libraries_branch(const Catalog& catalog, const CompatRelease& row, Diagnostics& problems) {
  const DriverBranch* branch = find_branch(catalog, row.libraries_branch);
  if (branch != nullptr && branch->cuda && *branch->cuda != row.cuda)
    complain_of(problems, std::string(forward_compatibility_file), row_place(catalog, row) + "/libraries_branch",
                fmt::format("branch {} has CUDA {}, not {}", row.libraries_branch, *branch->cuda, row.cuda));
}

// Newer libraries go over an older kernel driver, never the other way round.
void check_direction(const Catalog& catalog, const CompatRelease& row, Diagnostics& problems) {
  for (std::size_t i = 0; i < row.works_over.size(); ++i)
    if (compare_versions(row.works_over[i], row.libraries_branch) >= 0)
      complain_of(problems, std::string(forward_compatibility_file),
                  fmt::format("{}/works_over/{}", row_place(catalog, row), i),
                  fmt::format("libraries of branch {} cannot go over branch {}, which is not older",
                              row.libraries_branch, row.works_over[i]));
}

// Every product belongs to one class, be it that of those nobody can tell.
void check_gpu_classes(const Catalog& catalog, Diagnostics& problems) {
  if (catalog.forward_compatibility.gpu_classes.empty()) return;
  for (const GpuModel& gpu : catalog.gpus)
    if (compat_class_of(catalog.forward_compatibility, gpu.name) == nullptr)
      complain_of(problems, std::string(gpus_file), "/gpus/" + gpu.device_id + "/name",
                  fmt::format("`{}` belongs to no class of forward compatibility", gpu.name),
                  fmt::format("add a word of it to `name_words` in {}", forward_compatibility_file));
}

void check_class_words(const Catalog& catalog, Diagnostics& problems) {
  std::map<std::vector<std::string>, std::string> class_of;
  for (std::size_t i = 0; i < catalog.forward_compatibility.gpu_classes.size(); ++i) {
    const CompatGpuClass& each = catalog.forward_compatibility.gpu_classes[i];
    for (const std::string& words : each.name_words)
      if (const auto [other, is_new] = class_of.emplace(name_words(words), each.id); !is_new)
        complain_of(problems, std::string(forward_compatibility_file), fmt::format("/gpu_classes/{}/name_words", i),
                    fmt::format("`{}` is a word of `{}` already", words, other->second));
  }
}

}  // namespace

void lint_driver_support(const Catalog& catalog, Diagnostics& problems) {
  for (const DriverBranch& branch : catalog.drivers) {
    check_kernel_ranges(branch, problems);
    check_builds(branch, problems);
    check_security_floor(catalog, branch, problems);
  }
}

void lint_forward_compatibility(const Catalog& catalog, Diagnostics& problems) {
  for (const CompatRelease& row : catalog.forward_compatibility.releases) {
    check_libraries_branch(catalog, row, problems);
    check_direction(catalog, row, problems);
  }
  check_gpu_classes(catalog, problems);
  check_class_words(catalog, problems);
}

}  // namespace nvprov
