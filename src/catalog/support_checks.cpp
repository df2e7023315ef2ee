// What the records of drivers and of forward compatibility say of other records.
#include <fmt/format.h>

#include "base/text.hpp"
#include "catalog/cross_checks.hpp"

namespace nvprov {
namespace {

void check_is_release(const Placed<DriverBranch>& branch, const std::optional<std::string>& version,
                      const std::string& key, Diagnostics& problems) {
  const auto& releases = branch.record.releases;
  if (!version || std::ranges::find(releases, *version, &DriverRelease::version) != releases.end()) return;
  note(problems, branch, key, fmt::format("`{}` is not a release of branch {}", *version, branch.record.branch));
}

void check_has_flavours(const Placed<DriverBranch>& branch, const std::vector<std::string>& modules,
                        const std::string& key, Diagnostics& problems) {
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const bool has = modules[i] == "open" ? branch.record.has_open_module : branch.record.has_proprietary_module;
    if (!has)
      note(problems, branch, fmt::format("{}/modules/{}", key, i),
           fmt::format("branch {} has no {} module", branch.record.branch, modules[i]));
  }
}

void check_is_distro(const Records& records, const Placed<DriverBranch>& branch,
                     const std::optional<std::string>& distro, const std::string& key, Diagnostics& problems) {
  if (!distro || !are_all_distros_read(records) || find_record(records.distros, &Distro::id, *distro) != nullptr)
    return;
  note(problems, branch, key, fmt::format("there is no distribution `{}`", *distro),
       suggest(records.distros, &Distro::id, *distro));
}

void check_kernel_support(const Records& records, const Placed<DriverBranch>& branch, Diagnostics& problems) {
  const KernelSupport& kernels = branch.record.kernels;
  for (std::size_t i = 0; i < kernels.breaks.size(); ++i) {
    const std::string key = fmt::format("/kernels/breaks/{}", i);
    check_is_release(branch, kernels.breaks[i].fixed_in, key + "/fixed_in", problems);
    check_is_release(branch, kernels.breaks[i].last_failing, key + "/last_failing", problems);
    check_has_flavours(branch, kernels.breaks[i].modules, key, problems);
    check_is_distro(records, branch, kernels.breaks[i].distro, key + "/distro", problems);
  }
  for (std::size_t i = 0; i < kernels.builds.size(); ++i) {
    const std::string key = fmt::format("/kernels/builds/{}", i);
    check_is_release(branch, kernels.builds[i].driver, key + "/driver", problems);
    check_has_flavours(branch, kernels.builds[i].modules, key, problems);
  }
}

template <class T>
void check_known_branch(const Records& records, const Placed<T>& where, const std::string& branch,
                        const std::string& key, Diagnostics& problems) {
  if (records.has_file(driver_file(branch)) || is_known_or_older(records.drivers, &DriverBranch::branch, branch))
    return;
  note(problems, where, key, fmt::format("there is no driver branch `{}`", branch),
       suggest(records.drivers, &DriverBranch::branch, branch));
}

// Each branch of one list is known, and in none of the lists before.
void check_compat_branches(const Records& records, const Placed<CompatRelease>& row, const std::string& list,
                           const std::vector<std::string>& branches, std::vector<std::string>& seen,
                           Diagnostics& problems) {
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const std::string key = fmt::format("/{}/{}", list, i);
    check_known_branch(records, row, branches[i], key, problems);
    if (std::ranges::find(seen, branches[i]) != seen.end())
      note(problems, row, key, fmt::format("branch {} is in another list too, which says the opposite", branches[i]));
  }
  seen.insert(seen.end(), branches.begin(), branches.end());
}

void check_compat_release(const Records& records, const Placed<CompatRelease>& row, Diagnostics& problems) {
  const std::string& cuda = row.record.cuda;
  if (!records.has_file(cuda_file(cuda)) && find_record(records.cuda, &CudaRelease::release, cuda) == nullptr)
    note(problems, row, "/cuda", fmt::format("there is no CUDA release `{}`", cuda),
         suggest(records.cuda, &CudaRelease::release, cuda));
  check_known_branch(records, row, row.record.libraries_branch, "/libraries_branch", problems);
  std::vector<std::string> seen;
  check_compat_branches(records, row, "works_over", row.record.works_over, seen, problems);
  check_compat_branches(records, row, "not_needed_on", row.record.not_needed_on, seen, problems);
  check_compat_branches(records, row, "does_not_work_over", row.record.does_not_work_over, seen, problems);
}

}  // namespace

void check_driver_support(const Records& records, Diagnostics& problems) {
  for (const auto& branch : records.drivers) check_kernel_support(records, branch, problems);
}

void check_forward_compatibility(const Records& records, Diagnostics& problems) {
  for (const auto& row : records.compat_releases) check_compat_release(records, row, problems);
  for (const auto& base : records.compat_bases)
    check_known_branch(records, base, base.record.first_branch, "/first_branch", problems);
}

}  // namespace nvprov
