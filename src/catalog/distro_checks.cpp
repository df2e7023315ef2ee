#include <fmt/format.h>

#include <algorithm>

#include "base/version.hpp"
#include "catalog/cross_checks.hpp"

namespace nvprov {
namespace {

bool holds(const std::vector<std::string>& values, std::string_view wanted) {
  return std::ranges::find(values, wanted) != values.end();
}

std::vector<std::string> architectures_of(const Distro& distro) {
  std::vector<std::string> names;
  for (const DistroArchitecture& architecture : distro.architectures) names.push_back(architecture.arch);
  return names;
}

// One offer of one source, while it is checked.
struct OfferPlace {
  const Records& records;
  const Placed<Distro>& distro;
  const PackageSource& source;
  std::string place;  // "/package_sources/0/drivers/3"
  Diagnostics& problems;

  void complain(std::string_view key, std::string message, std::string hint = {}) const {
    note(problems, distro, place + std::string(key), std::move(message), std::move(hint));
  }
};

void check_architectures(const OfferPlace& at, const std::vector<std::string>& architectures) {
  const auto known = architectures_of(at.distro.record);
  for (std::size_t i = 0; i < architectures.size(); ++i) {
    if (architectures[i].empty() || holds(known, architectures[i])) continue;
    at.complain(fmt::format("/architectures/{}", i),
                fmt::format("`{}` is not an architecture of {}", architectures[i], at.distro.record.id),
                suggestion_for(architectures[i], known));
  }
}

void check_release_of_branch(const OfferPlace& at, const DriverOffer& offer, const DriverBranch& branch) {
  const auto& releases = branch.releases;
  if (!Version::parse(offer.version)) return;  // noted when it was read
  if (std::ranges::find(releases, offer.version, &DriverRelease::version) != releases.end()) return;
  at.complain("/version", fmt::format("`{}` is not a release of branch {}", offer.version, offer.branch),
              fmt::format("its releases are listed in {}", driver_file(offer.branch)));
}

void check_flavours_of_branch(const OfferPlace& at, const DriverOffer& offer, const DriverBranch& branch) {
  for (std::size_t i = 0; i < offer.modules.size(); ++i) {
    const bool is_missing = (offer.modules[i] == "open" && !branch.has_open_module) ||
                            (offer.modules[i] == "proprietary" && !branch.has_proprietary_module);
    if (is_missing)
      at.complain(fmt::format("/modules/{}", i),
                  fmt::format("branch {} has no {} module", offer.branch, offer.modules[i]));
  }
}

void check_offer_branch(const OfferPlace& at, const DriverOffer& offer) {
  const auto* branch = find_record(at.records.drivers, &DriverBranch::branch, offer.branch);
  if (branch != nullptr) {
    check_release_of_branch(at, offer, *branch);
    check_flavours_of_branch(at, offer, *branch);
  } else if (Version::parse(offer.branch) && !at.records.has_file(driver_file(offer.branch))) {
    at.complain("/branch", fmt::format("there is no driver branch `{}`", offer.branch),
                suggest(at.records.drivers, &DriverBranch::branch, offer.branch));
  }
}

void check_flavours_of_set(const OfferPlace& at, const DriverOffer& offer, const DriverPackageSet& set) {
  for (std::size_t i = 0; i < offer.modules.size(); ++i) {
    const std::string& flavour = offer.modules[i];
    const bool is_flavour = flavour == "open" || flavour == "proprietary";
    if (!is_flavour || std::ranges::find(set.modules, flavour, &ModulePackages::flavour) != set.modules.end()) continue;
    at.complain(fmt::format("/modules/{}", i),
                fmt::format("the package set `{}` has no {} module", offer.package_set, flavour));
  }
}

void check_package_set(const OfferPlace& at, const DriverOffer& offer) {
  if (const auto* set = find_package_set(at.source, offer.package_set)) return check_flavours_of_set(at, offer, *set);
  if (offer.package_set.empty()) return;
  std::vector<std::string> known;
  for (const DriverPackageSet& set : at.source.package_sets) known.push_back(set.id);
  at.complain("/package_set", fmt::format("the source has no package set `{}`", offer.package_set),
              suggestion_for(offer.package_set, known));
}

void check_driver_offer(const OfferPlace& at, const DriverOffer& offer) {
  check_offer_branch(at, offer);
  check_package_set(at, offer);
  check_architectures(at, offer.architectures);
}

void check_update_of_release(const OfferPlace& at, const CudaOffer& offer, const CudaRelease& release) {
  if (!Version::parse(offer.update)) return;
  if (std::ranges::find(release.updates, offer.update, &CudaUpdate::version) != release.updates.end()) return;
  at.complain("/update", fmt::format("`{}` is not an update of CUDA {}", offer.update, offer.release),
              fmt::format("its updates are listed in {}", cuda_file(offer.release)));
}

void check_cuda_offer(const OfferPlace& at, const CudaOffer& offer) {
  check_architectures(at, offer.architectures);
  const auto* release = find_record(at.records.cuda, &CudaRelease::release, offer.release);
  if (release != nullptr) return check_update_of_release(at, offer, *release);
  if (!Version::parse(offer.release) || at.records.has_file(cuda_file(offer.release))) return;
  at.complain("/release", fmt::format("there is no CUDA release `{}`", offer.release),
              suggest(at.records.cuda, &CudaRelease::release, offer.release));
}

void check_source(const Records& records, const Placed<Distro>& distro, std::size_t index, Diagnostics& problems) {
  const PackageSource& source = distro.record.package_sources[index];
  const auto at = [&](std::string_view list, std::size_t i) {
    return OfferPlace{records, distro, source, fmt::format("/package_sources/{}/{}/{}", index, list, i), problems};
  };
  for (std::size_t i = 0; i < source.drivers.size(); ++i) check_driver_offer(at("drivers", i), source.drivers[i]);
  for (std::size_t i = 0; i < source.cuda.size(); ++i) check_cuda_offer(at("cuda", i), source.cuda[i]);
}

void check_kernels(const Placed<Distro>& distro, Diagnostics& problems) {
  const auto known = architectures_of(distro.record);
  for (std::size_t i = 0; i < distro.record.kernels.size(); ++i) {
    const std::string& architecture = distro.record.kernels[i].architecture;
    if (architecture.empty() || holds(known, architecture)) continue;
    note(problems, distro, fmt::format("/kernels/{}/architecture", i),
         fmt::format("`{}` is not an architecture of {}", architecture, distro.record.id),
         suggestion_for(architecture, known));
  }
}

void check_kernel_numbers(const Records& records, const Placed<Distro>& distro, Diagnostics& problems) {
  if (!distro.record.kernel_numbers || !distro.record.kernel_numbers->kernels_of) return;
  const std::string& of = *distro.record.kernel_numbers->kernels_of;
  if (of.empty() || of == distro.record.id || find_record(records.distros, &Distro::id, of) != nullptr ||
      records.has_file(distro_file(of)))
    return;
  note(problems, distro, "/kernel_numbers/kernels_of", fmt::format("there is no distribution `{}`", of),
       suggest(records.distros, &Distro::id, of));
}

// A host is recognised by os-release's ID and VERSION_ID: two records for one host would leave it open which.
void check_os_release(const Records& records, const Placed<Distro>& distro, Diagnostics& problems) {
  for (const Placed<Distro>& other : records.distros) {
    if (&other == &distro) return;
    const bool is_same = other.record.os_id == distro.record.os_id &&
                         other.record.version_id == distro.record.version_id && !distro.record.os_id.empty();
    if (is_same && other.record.id != distro.record.id)
      note(problems, distro, "/version_id",
           fmt::format("`{}` already describes {} {}", other.record.id, distro.record.os_id, distro.record.version_id));
  }
}

// Nothing can come of packages nobody installs.
void check_unsupported(const Placed<Distro>& distro, Diagnostics& problems) {
  if (distro.record.not_supported && !distro.record.package_sources.empty())
    note(problems, distro, "/package_sources", "a distribution that is not supported has package sources");
}

}  // namespace

void check_distros(const Records& records, Diagnostics& problems) {
  for (const Placed<Distro>& distro : records.distros) {
    check_os_release(records, distro, problems);
    check_kernels(distro, problems);
    check_kernel_numbers(records, distro, problems);
    check_unsupported(distro, problems);
    for (std::size_t i = 0; i < distro.record.package_sources.size(); ++i) check_source(records, distro, i, problems);
  }
}

}  // namespace nvprov
