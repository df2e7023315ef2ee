#include "catalog/lint_beside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/version.hpp"
#include "catalog/records.hpp"

namespace nvprov {
namespace {

// Takes the place in a file and what is wrong there.
using Complain = std::function<void(std::string, std::string)>;

Complain complaints_of(Diagnostics& problems, std::string file) {
  return [&problems, file = std::move(file)](std::string place, std::string message) {
    problems.push_back({file, std::move(place), std::move(message), ""});
  };
}

std::string first_part(std::string_view version) { return std::string(version.substr(0, version.find('.'))); }

bool is_in_span(std::string_view version, std::string_view first, const std::optional<std::string>& last) {
  return compare_versions(version, first) >= 0 && (!last || compare_versions(version, *last) <= 0);
}

bool is_branch_or_older(const Catalog& catalog, std::string_view branch) {
  return find_branch(catalog, branch) != nullptr || catalog.drivers.empty() ||
         compare_versions(branch, catalog.drivers.front().branch) < 0;
}

// A CUDA a library is built for: a major of the catalog, a release of it, or older than all it holds.
bool is_cuda_or_older(const Catalog& catalog, std::string_view cuda) {
  if (catalog.cuda.empty() || compare_versions(cuda, first_part(catalog.cuda.front().release)) < 0) return true;
  return std::ranges::any_of(catalog.cuda, [&](const CudaRelease& release) {
    return release.release == cuda || first_part(release.release) == cuda;
  });
}

bool is_capability(const Catalog& catalog, std::string_view capability) {
  return std::ranges::any_of(catalog.architectures, [&](const GpuArchitecture& architecture) {
    const auto& all = architecture.compute_capabilities;
    return std::ranges::find(all, capability) != all.end();
  });
}

void lint_floor(const Catalog& catalog, const std::optional<std::string>& floor, std::string place,
                const Complain& complain) {
  if (floor && !is_branch_or_older(catalog, first_part(*floor)))
    complain(std::move(place), fmt::format("driver {} belongs to no branch of the catalog", *floor));
}

void lint_date(const Catalog& catalog, const std::optional<std::string>& date, std::string place,
               const Complain& complain) {
  if (date && *date > catalog.date)
    complain(std::move(place), fmt::format("{} is after the day the catalog was gathered, {}", *date, catalog.date));
}

// --- libraries ---

void lint_capabilities(const Catalog& catalog, const LibraryBuild& build, const std::string& place,
                       const Complain& complain) {
  const auto check = [&](const std::optional<std::string>& capability, std::string_view key) {
    if (capability && !is_capability(catalog, *capability))
      complain(fmt::format("{}/{}", place, key),
               fmt::format("no architecture has the compute capability {}", *capability));
  };
  check(build.min_capability, "min_capability");
  check(build.max_capability, "max_capability");
  for (std::size_t i = 0; i < build.compute_capabilities.size(); ++i)
    check(build.compute_capabilities[i], fmt::format("compute_capabilities/{}", i));
  if (build.min_capability && build.max_capability &&
      compare_versions(*build.max_capability, *build.min_capability) < 0)
    complain(place + "/max_capability", fmt::format("{} is less than the least compute capability, {}",
                                                    *build.max_capability, *build.min_capability));
}

void lint_build(const Catalog& catalog, const CudaLibrary& library, const LibraryRelease& release,
                const LibraryBuild& build, const std::string& place, const Complain& complain) {
  const std::string major = first_part(build.cuda);
  if (!is_cuda_or_older(catalog, build.cuda))
    complain(place + "/cuda", fmt::format("there is no CUDA {} in the catalog", build.cuda));
  const auto span = std::ranges::find(library.cuda_majors, major, &LibraryCudaMajor::major);
  if (span == library.cuda_majors.end())
    complain(place + "/cuda", fmt::format("`cuda_majors` says nothing of CUDA {}", major));
  else if (!is_in_span(release.version, span->first_release, span->last_release))
    complain(place + "/cuda",
             fmt::format("`cuda_majors` says that {} has no build for CUDA {}", release.version, major));
  lint_floor(catalog, build.min_driver, place + "/min_driver", complain);
  lint_capabilities(catalog, build, place, complain);
}

// A release newer than one whose packages have names has names too, until these end.
void lint_package_gaps(const CudaLibrary& library, const Complain& complain) {
  for (std::size_t i = 0; i < library.packages.size(); ++i) {
    const LibraryPackages& era = library.packages[i];
    const auto next =
        std::find_if(library.packages.begin() + static_cast<std::ptrdiff_t>(i) + 1, library.packages.end(),
                     [&](const LibraryPackages& each) { return each.manager == era.manager; });
    if (!era.last_release || next == library.packages.end() || !next->first_release) continue;
    for (const LibraryRelease& release : library.releases)
      if (compare_versions(release.version, *era.last_release) > 0 &&
          compare_versions(release.version, *next->first_release) < 0)
        complain("/packages", fmt::format("{} has no {} packages, but releases before and after have", release.version,
                                          era.manager));
  }
}

void lint_library(const Catalog& catalog, const CudaLibrary& library, const Complain& complain) {
  for (std::size_t i = 0; i < library.cuda_majors.size(); ++i)
    lint_floor(catalog, library.cuda_majors[i].min_driver, fmt::format("/cuda_majors/{}/min_driver", i), complain);
  for (std::size_t i = 0; i < library.releases.size(); ++i) {
    const LibraryRelease& release = library.releases[i];
    lint_date(catalog, release.date, fmt::format("/releases/{}/date", i), complain);
    if (release.builds_complete && release.builds.empty())
      complain(fmt::format("/releases/{}/builds", i), fmt::format("{} has no build at all", release.version));
    for (std::size_t b = 0; b < release.builds.size(); ++b)
      lint_build(catalog, library, release, release.builds[b], fmt::format("/releases/{}/builds/{}", i, b), complain);
  }
  lint_package_gaps(library, complain);
}

// --- the container toolkit ---

// A floor below a release that closes a hole is none.
void lint_security_floor(const ContainerToolkit& toolkit, const Complain& complain) {
  const ContainerToolkitFloor& floor = toolkit.security_floor;
  for (const ContainerToolkitRelease& release : toolkit.releases)
    if (!release.cves_fixed.empty() && compare_versions(floor.version, release.version) < 0)
      complain("/security_floor/version", fmt::format("{} is older than {}, which fixes {}", floor.version,
                                                      release.version, release.cves_fixed.front()));
  for (std::size_t i = 0; i < floor.cves.size(); ++i) {
    const bool is_fixed = std::ranges::any_of(toolkit.releases, [&](const ContainerToolkitRelease& release) {
      return std::ranges::find(release.cves_fixed, floor.cves[i]) != release.cves_fixed.end();
    });
    if (!is_fixed)
      complain(fmt::format("/security_floor/cves/{}", i), fmt::format("no release fixes {}", floor.cves[i]));
  }
}

void lint_container_toolkit(const Catalog& catalog, const ContainerToolkit& toolkit, const Complain& complain) {
  for (std::size_t i = 0; i < toolkit.releases.size(); ++i)
    lint_date(catalog, toolkit.releases[i].date, fmt::format("/releases/{}/date", i), complain);
  lint_security_floor(toolkit, complain);
  for (std::size_t i = 0; i < toolkit.issues.size(); ++i) {
    const ContainerToolkitIssue& issue = toolkit.issues[i];
    if (issue.first_release && issue.last_release && compare_versions(*issue.last_release, *issue.first_release) < 0)
      complain(
          fmt::format("/issues/{}/last_release", i),
          fmt::format("the last release, {}, is older than the first, {}", *issue.last_release, *issue.first_release));
  }
}

// --- the fabric ---

void lint_fabric(const Catalog& catalog, const Complain& complain) {
  const Fabric& fabric = catalog.fabric;
  for (const FabricPackage& package : fabric.packages)
    for (const auto& branch : {package.first_branch, package.last_branch})
      if (branch && !is_branch_or_older(catalog, *branch))
        complain("/packages/" + package.component, fmt::format("there is no driver branch {}", *branch));
  for (const FabricBoard& board : fabric.boards)
    lint_floor(catalog, board.min_driver, fmt::format("/boards/{}/min_driver", board.id), complain);
}

bool holds_all(const std::vector<std::string>& list, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted,
                             [&](const std::string& each) { return std::ranges::find(list, each) != list.end(); });
}

// Of a family. In a distribution's own archive it may have a revision of its own.
bool follows_driver(const ComponentPackages& part, const Fabric& fabric) {
  const auto followed = std::ranges::find(fabric.packages, part.component, &FabricPackage::component);
  return followed != fabric.packages.end() && followed->version == "driver";
}

// One that is open source may have releases of its own.
bool is_driver_s_own_add_on(const ComponentPackages& part) { return is_add_on(part) && part.license == "proprietary"; }

// What must have the driver's version exactly is among the packages kept at it.
void lint_kept(const ComponentPackages& part, const std::vector<std::string>& versioned, const std::string& place,
               const Complain& complain) {
  if (!holds_all(versioned, part.packages))
    complain(place + "/driver_versioned",
             fmt::format("`{}` must have the driver's version exactly, and is not in the list", part.component));
}

void lint_driver_versioned(const Catalog& catalog, Diagnostics& problems) {
  for (const PackageFamily& family : catalog.families)
    for (std::size_t i = 0; i < family.eras.size(); ++i)
      for (const ComponentPackages& part : family.eras[i].components)
        if (follows_driver(part, catalog.fabric) || is_driver_s_own_add_on(part))
          lint_kept(part, family.eras[i].driver_versioned, fmt::format("/eras/{}", i),
                    complaints_of(problems, family_file(family.id)));
}

// The sets a distribution lists itself: those of a family's sources are its eras.
void lint_own_add_ons(const Distro& distro, Diagnostics& problems) {
  for (std::size_t i = 0; i < distro.package_sources.size(); ++i) {
    const PackageSource& source = distro.package_sources[i];
    if (!source.family.empty()) continue;
    for (std::size_t j = 0; j < source.package_sets.size(); ++j)
      for (const ComponentPackages& part : source.package_sets[j].components)
        if (is_driver_s_own_add_on(part))
          lint_kept(part, source.package_sets[j].driver_versioned,
                    fmt::format("/package_sources/{}/package_sets/{}", i, j),
                    complaints_of(problems, distro_file(distro.id)));
  }
}

// What hosts of a generation need is what a profile with a driver adds where that generation shows.
void lint_profile_fabric(const Fabric& fabric, const Profile& profile, const Complain& complain) {
  for (const FabricGeneration& generation : fabric.generations) {
    const auto check = [&](const auto& seen_by, const std::vector<std::string>& components, std::string place) {
      const auto shows = [&](const auto& each) { return each.generation == generation.id; };
      for (const std::string& needed : generation.components)
        if (std::ranges::any_of(seen_by, shows) && !holds_all(components, {needed}))
          complain(place, fmt::format("`{}` is missing, which hosts of {} need", needed, generation.id));
    };
    check(fabric.nvswitches, profile.host.nvswitch_components, "/host/nvswitch_components");
    check(fabric.marks, profile.host.nvlink5_components, "/host/nvlink5_components");
    if (generation.switches_apart) check(fabric.boards, profile.host.rack_components, "/host/rack_components");
  }
}

}  // namespace

void lint_beside(const Catalog& catalog, Diagnostics& problems) {
  for (const CudaLibrary& library : catalog.libraries)
    lint_library(catalog, library, complaints_of(problems, library_file(library.id)));
  if (catalog.container_toolkit)
    lint_container_toolkit(catalog, *catalog.container_toolkit,
                           complaints_of(problems, std::string(container_toolkit_file)));
  lint_fabric(catalog, complaints_of(problems, std::string(fabric_file)));
  lint_driver_versioned(catalog, problems);
  for (const Distro& distro : catalog.distros) lint_own_add_ons(distro, problems);
  for (const Profile& profile : catalog.profiles)
    if (profile.host.driver)
      lint_profile_fabric(catalog.fabric, profile, complaints_of(problems, profile_file(profile.id)));
}

}  // namespace nvprov
