#include "catalog/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/version.hpp"
#include "catalog/expand_families.hpp"
#include "catalog/lint_beside.hpp"
#include "catalog/lint_parts.hpp"
#include "catalog/records.hpp"

namespace nvprov {
namespace {

template <class Visit>
void for_each_source(const Catalog& catalog, Visit visit) {
  for (const Distro& distro : catalog.distros)
    for (std::size_t i = 0; i < distro.package_sources.size(); ++i)
      visit(distro, distro.package_sources[i], fmt::format("/package_sources/{}", i));
}

// --- dead ends: records nothing can come of ---

std::set<std::string> offered_branches(const Catalog& catalog) {
  std::set<std::string> branches;
  for_each_source(catalog, [&](const Distro&, const PackageSource& source, const std::string&) {
    for (const DriverOffer& offer : source.drivers) branches.insert(offer.branch);
  });
  return branches;
}

std::set<std::string> offered_cuda(const Catalog& catalog) {
  std::set<std::string> releases;
  for_each_source(catalog, [&](const Distro&, const PackageSource& source, const std::string&) {
    for (const CudaOffer& offer : source.cuda) releases.insert(offer.release);
  });
  return releases;
}

// The place of an architecture, oldest first; past the end for an unknown one.
std::size_t architecture_rank(const Catalog& catalog, std::string_view name) {
  const auto found = std::ranges::find(catalog.architectures, name, &GpuArchitecture::name);
  return static_cast<std::size_t>(found - catalog.architectures.begin());
}

bool drives(const DriverBranch& branch, const GpuArchitecture& architecture, const Catalog& catalog) {
  const std::size_t rank = architecture_rank(catalog, architecture.name);
  const bool in_range = architecture_rank(catalog, branch.oldest_architecture) <= rank &&
                        rank <= architecture_rank(catalog, branch.newest_architecture);
  const bool too_new =
      architecture.first_driver_branch && compare_versions(branch.branch, *architecture.first_driver_branch) < 0;
  const bool too_old =
      architecture.last_driver_branch && compare_versions(branch.branch, *architecture.last_driver_branch) > 0;
  return in_range && !too_new && !too_old;
}

// An architecture whose last branch has ended, or is older than all the catalog knows, is history too.
bool is_history(const GpuArchitecture& architecture, const Catalog& catalog) {
  if (!architecture.last_driver_branch) return false;
  const DriverBranch* last = find_branch(catalog, *architecture.last_driver_branch);
  return last == nullptr || !is_supported(catalog, *last, catalog.date);
}

void check_architectures_served(const Catalog& catalog, Diagnostics& problems) {
  const auto offered = offered_branches(catalog);
  for (std::size_t i = 0; i < catalog.architectures.size(); ++i) {
    const GpuArchitecture& architecture = catalog.architectures[i];
    // Which branch will be the first is not known of every GPU that is announced.
    if (!architecture.first_driver_branch) continue;
    const bool served = std::ranges::any_of(catalog.drivers, [&](const DriverBranch& branch) {
      return offered.contains(branch.branch) && drives(branch, architecture, catalog);
    });
    if (!served && !is_history(architecture, catalog))
      complain_of(problems, std::string(gpus_file), fmt::format("/architectures/{}", i),
                  fmt::format("no source of any distribution offers a driver for {}", architecture.name));
  }
}

void check_branches_offered(const Catalog& catalog, Diagnostics& problems) {
  const auto offered = offered_branches(catalog);
  for (const DriverBranch& branch : catalog.drivers)
    // Support that has ended is history, which a catalog may keep without anybody offering it.
    if (!offered.contains(branch.branch) && is_supported(catalog, branch, catalog.date))
      complain_of(
          problems, driver_file(branch.branch), "/branch",
          fmt::format("no source of any distribution offers branch {}, and its support has not ended", branch.branch));
}

// What is older than all that is offered is history; a hole is not.
void check_cuda_offered(const Catalog& catalog, Diagnostics& problems) {
  const auto offered = offered_cuda(catalog);
  bool is_older_offered = false;
  for (const CudaRelease& release : catalog.cuda) {
    if (offered.contains(release.release))
      is_older_offered = true;
    else if (is_older_offered)
      complain_of(problems, cuda_file(release.release), "/release",
                  fmt::format("no source of any distribution offers CUDA {}, but an older release is offered",
                              release.release));
  }
}

// --- dates ---

void check_branch_dates(const Catalog& catalog, Diagnostics& problems) {
  for (const DriverBranch& branch : catalog.drivers) {
    const auto dated =
        std::ranges::find_if(branch.releases, [](const DriverRelease& each) { return each.date.has_value(); });
    if (branch.end_of_life && dated != branch.releases.end() && *branch.end_of_life < *dated->date)
      complain_of(problems, driver_file(branch.branch), "/end_of_life",
                  fmt::format("support ends on {}, before the release {} of {}", *branch.end_of_life, dated->version,
                              *dated->date));
    for (std::size_t i = 0; i < branch.releases.size(); ++i)
      if (const auto& date = branch.releases[i].date; date && *date > catalog.date)
        complain_of(problems, driver_file(branch.branch), fmt::format("/releases/{}/date", i),
                    fmt::format("{} is after the day the catalog was gathered, {}", *date, catalog.date));
  }
}

void check_update_dates(const Catalog& catalog, Diagnostics& problems) {
  for (const CudaRelease& release : catalog.cuda) {
    std::string latest;
    for (std::size_t i = 0; i < release.updates.size(); ++i) {
      const auto& date = release.updates[i].date;
      if (!date) continue;
      const std::string place = fmt::format("/updates/{}/date", i);
      if (*date < latest)
        complain_of(problems, cuda_file(release.release), place,
                    fmt::format("{} is before the update it follows, {}", *date, latest));
      if (*date > catalog.date)
        complain_of(problems, cuda_file(release.release), place,
                    fmt::format("{} is after the day the catalog was gathered, {}", *date, catalog.date));
      latest = std::max(latest, *date);
    }
  }
}

// --- ranges and floors ---

void check_driver_floors(const Catalog& catalog, Diagnostics& problems) {
  for (const CudaRelease& release : catalog.cuda) {
    const auto& least = release.minor_compat_min_driver;
    for (std::size_t i = 0; i < release.updates.size(); ++i) {
      const auto& floor = release.updates[i].min_driver;
      if (!floor) continue;
      const std::string place = fmt::format("/updates/{}/min_driver", i);
      if (!is_known_branch_or_older(catalog, branch_of(*floor)))
        complain_of(problems, cuda_file(release.release), place,
                    fmt::format("driver {} belongs to no branch of the catalog", *floor));
      // Within one branch the first toolkit may ask for less: the floor came later.
      if (least && compare_versions(branch_of(*floor), branch_of(*least)) < 0)
        complain_of(problems, cuda_file(release.release), place,
                    fmt::format("driver {} is of an older branch than the floor of minor-version compatibility, {}",
                                *floor, *least));
    }
  }
}

// A newer branch supports what an older one does.
void check_branch_cuda_order(const Catalog& catalog, Diagnostics& problems) {
  const DriverBranch* before = nullptr;
  for (const DriverBranch& branch : catalog.drivers) {
    if (!branch.cuda) continue;
    if (before != nullptr && compare_versions(*branch.cuda, *before->cuda) < 0)
      complain_of(problems, driver_file(branch.branch), "/cuda",
                  fmt::format("branch {} supports CUDA {}, and the older branch {} already {}", branch.branch,
                              *branch.cuda, before->branch, *before->cuda));
    before = &branch;
  }
}

bool supports(const CudaRelease& release, const std::string& capability) {
  return std::ranges::find(release.compute_capabilities, capability) != release.compute_capabilities.end();
}

// A capability comes once and goes once.
void check_capability_gaps(const Catalog& catalog, Diagnostics& problems) {
  for (std::size_t i = 1; i + 1 < catalog.cuda.size(); ++i)
    for (const std::string& capability : catalog.cuda[i - 1].compute_capabilities) {
      const bool comes_back = std::any_of(catalog.cuda.begin() + static_cast<std::ptrdiff_t>(i) + 1, catalog.cuda.end(),
                                          [&](const CudaRelease& later) { return supports(later, capability); });
      if (!supports(catalog.cuda[i], capability) && comes_back)
        complain_of(problems, cuda_file(catalog.cuda[i].release), "/compute_capabilities",
                    fmt::format("{} is missing, but releases before and after have it", capability));
    }
}

void check_capabilities_known(const Catalog& catalog, Diagnostics& problems) {
  for (const CudaRelease& release : catalog.cuda)
    for (std::size_t i = 0; i < release.compute_capabilities.size(); ++i) {
      const std::string& capability = release.compute_capabilities[i];
      const bool known = std::ranges::any_of(catalog.architectures, [&](const GpuArchitecture& architecture) {
        const auto& all = architecture.compute_capabilities;
        return std::ranges::find(all, capability) != all.end();
      });
      if (!known)
        complain_of(problems, cuda_file(release.release), fmt::format("/compute_capabilities/{}", i),
                    fmt::format("no architecture has the compute capability {}", capability));
    }
}

bool is_in_an_era(const PackageFamily& family, const std::string& branch) {
  return std::ranges::any_of(family.eras, [&](const PackageEra& era) {
    return compare_versions(branch, era.first_branch) >= 0 &&
           (!era.last_branch || compare_versions(branch, *era.last_branch) <= 0);
  });
}

void check_era_gaps(const Catalog& catalog, Diagnostics& problems) {
  for (const PackageFamily& family : catalog.families) {
    if (family.eras.empty()) continue;
    for (const DriverBranch& branch : catalog.drivers)
      if (compare_versions(branch.branch, family.eras.front().first_branch) > 0 && !is_in_an_era(family, branch.branch))
        complain_of(problems, family_file(family.id), "/eras",
                    fmt::format("branch {} falls into no era, but older ones do", branch.branch));
  }
}

// --- distributions ---

void check_source_ranges(const Catalog& catalog, Diagnostics& problems) {
  for_each_source(catalog, [&](const Distro& distro, const PackageSource& source, const std::string& place) {
    if (source.first_cuda && source.last_cuda && compare_versions(*source.last_cuda, *source.first_cuda) < 0)
      complain_of(
          problems, distro_file(distro.id), place + "/last_cuda",
          fmt::format("the last CUDA release, {}, is older than the first, {}", *source.last_cuda, *source.first_cuda));
    if (!std::ranges::is_sorted(source.driver_branches,
                                [](const auto& a, const auto& b) { return compare_versions(a, b) < 0; }))
      complain_of(problems, distro_file(distro.id), place + "/driver_branches",
                  "the branches do not stand oldest first");
  });
}

void check_addresses(const Catalog& catalog, Diagnostics& problems) {
  for_each_source(catalog, [&](const Distro& distro, const PackageSource& source, const std::string& place) {
    for (std::size_t i = 0; i < source.repositories.size(); ++i)
      for (const std::string& arch : source.architectures) {
        const auto& addresses = source.repositories[i].addresses;
        if (std::ranges::find(addresses, arch, &RepositoryAddress::arch) == addresses.end())
          complain_of(problems, distro_file(distro.id), fmt::format("{}/repositories/{}/addresses", place, i),
                      fmt::format("the source is for {} too, but the repository has no address for it", arch));
      }
  });
}

void check_kernels_known(const Catalog& catalog, Diagnostics& problems) {
  for (const Distro& distro : catalog.distros)
    for (std::size_t i = 0; i < distro.architectures.size() && !distro.not_supported; ++i) {
      const std::string& arch = distro.architectures[i].arch;
      if (std::ranges::find(distro.kernels, arch, &KernelFlavour::architecture) == distro.kernels.end())
        complain_of(problems, distro_file(distro.id), fmt::format("/architectures/{}", i),
                    fmt::format("no kernel of {} is known, so no headers can be chosen", arch));
    }
}

}  // namespace

Diagnostics lint_catalog(Catalog catalog) {
  expand_families(catalog);
  Diagnostics problems;
  for (const auto check : {check_architectures_served, check_branches_offered, check_cuda_offered, check_branch_dates,
                           check_update_dates, check_driver_floors, check_branch_cuda_order, check_capability_gaps,
                           check_capabilities_known, check_era_gaps, check_source_ranges, check_addresses,
                           check_kernels_known, lint_toolkits, lint_driver_support, lint_forward_compatibility})
    check(catalog, problems);
  lint_beside(catalog, problems);
  std::ranges::stable_sort(problems, {}, &Diagnostic::file);
  return problems;
}

}  // namespace nvprov
