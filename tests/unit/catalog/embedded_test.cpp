// The facts the program carries: what the loader cannot refuse in anybody's data, but ours must never say.
#include <algorithm>

#include "base/version.hpp"
#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const Catalog& carried() {
  static const Catalog& catalog = whole_catalog();
  return catalog;
}

bool is_before(std::string_view left, std::string_view right) { return compare_versions(left, right) < 0; }

// The part before the first point: "550" of "550.54.14".
std::string first_part(const std::string& version) { return version.substr(0, version.find('.')); }

std::size_t rank(std::string_view architecture) {
  const auto& all = carried().architectures;
  const auto found = std::ranges::find(all, architecture, &GpuArchitecture::name);
  REQUIRE(found != all.end());
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

TEST_CASE("the releases of every driver branch ascend and are of that branch") {
  for (const DriverBranch& branch : carried().drivers) {
    INFO(branch.branch);
    CHECK_FALSE(branch.releases.empty());
    CHECK(std::ranges::is_sorted(branch.releases, is_before, &DriverRelease::version));
    CHECK(std::ranges::adjacent_find(branch.releases, {}, &DriverRelease::version) == branch.releases.end());
    for (const DriverRelease& release : branch.releases) CHECK(first_part(release.version) == branch.branch);
  }
}

TEST_CASE("no driver branch ends before its first release") {
  for (const DriverBranch& branch : carried().drivers) {
    INFO(branch.branch);
    const auto has_date = [](const DriverRelease& release) { return release.date.has_value(); };
    const auto first = std::ranges::find_if(branch.releases, has_date);
    if (branch.end_of_life && first != branch.releases.end()) CHECK(*first->date < *branch.end_of_life);
  }
}

TEST_CASE("the open module begins with branch 515, and from 615 on there is no other") {
  for (const DriverBranch& branch : carried().drivers) {
    INFO(branch.branch);
    CHECK(branch.has_open_module == !is_before(branch.branch, "515"));
    CHECK(branch.has_proprietary_module == is_before(branch.branch, "615"));
  }
}

TEST_CASE("no GPU before Turing runs with the open module") {
  for (const GpuArchitecture& architecture : carried().architectures) {
    INFO(architecture.name);
    const bool is_old = rank(architecture.name) < rank("Turing");
    CHECK((architecture.modules == ModuleSupport::proprietary_only) == is_old);
  }
  for (const GpuModel& gpu : carried().gpus) {
    INFO(gpu.device_id);
    if (rank(gpu.architecture) < rank("Turing"))
      CHECK(gpu.modules.value_or(ModuleSupport::proprietary_only) == ModuleSupport::proprietary_only);
  }
}

TEST_CASE("the last branch of an architecture is the last whose range holds it") {
  for (const DriverBranch& branch : carried().drivers)
    for (const GpuArchitecture& architecture : carried().architectures) {
      INFO(branch.branch << " and " << architecture.name);
      if (architecture.last_driver_branch && is_before(*architecture.last_driver_branch, branch.branch) &&
          architecture.name != "Kepler GRID")  // boards left behind within Kepler
        CHECK(rank(branch.oldest_architecture) > rank(architecture.name));
      if (architecture.first_driver_branch && is_before(branch.branch, *architecture.first_driver_branch))
        CHECK(rank(branch.newest_architecture) < rank(architecture.name));
    }
}

TEST_CASE("every driver a CUDA update asks for is of a branch we know, and that branch has this CUDA") {
  for (const CudaRelease& cuda : carried().cuda) {
    if (cuda.minor_compat_min_driver)
      CHECK(find_branch(carried(), first_part(*cuda.minor_compat_min_driver)) != nullptr);
    for (const CudaUpdate& update : cuda.updates) {
      INFO(update.version);
      CHECK(update.version.starts_with(cuda.release + "."));
      if (!update.min_driver) continue;
      const DriverBranch* branch = find_branch(carried(), first_part(*update.min_driver));
      REQUIRE(branch != nullptr);
      CHECK(branch->cuda == cuda.release);
    }
  }
}

TEST_CASE("the updates of a CUDA release ascend, by version and by day") {
  for (const CudaRelease& cuda : carried().cuda) {
    INFO(cuda.release);
    CHECK_FALSE(cuda.updates.empty());
    CHECK(std::ranges::is_sorted(cuda.updates, is_before, &CudaUpdate::version));
    std::vector<std::string> days;
    for (const CudaUpdate& update : cuda.updates)
      if (update.date) days.push_back(*update.date);
    CHECK(std::ranges::is_sorted(days));
  }
}

TEST_CASE("what stands beside driver and CUDA is all there") {
  const CudaLibrary* cudnn = find_library(carried(), "cudnn");
  REQUIRE(cudnn != nullptr);
  CHECK(cudnn->releases.front().version == "8.0.3");
  CHECK(cudnn->releases.back().version == "9.27.0");
  const CudaLibrary* nccl = find_library(carried(), "nccl");
  REQUIRE(nccl != nullptr);
  CHECK(nccl->releases.size() == 51);
  CHECK(nccl->releases.front().version == "2.7.8");
  CHECK(nccl->releases.back().version == "2.32.3");
  REQUIRE(carried().container_toolkit);
  CHECK(carried().container_toolkit->releases.size() == 55);
  CHECK(carried().container_toolkit->security_floor.version == "1.19.1");
  std::ptrdiff_t profiles = 0;
  for (const VgpuDevice& device : carried().vgpus) profiles += 1 + std::ranges::count(device.profiles, '\n');
  CHECK(profiles == 1034);
}

TEST_CASE("a distribution that is not supported is told by os-release or by a mark, and offers nothing") {
  std::vector<std::string> told;
  for (const Distro& distro : carried().distros) {
    if (!distro.not_supported) continue;
    told.push_back(distro.id);
    CHECK(distro.os_id.empty() == !distro.recognised_by.empty());
    CHECK_FALSE(distro.sources.empty());
  }
  CHECK(told == std::vector<std::string>{"azurelinux-3", "azurelinux-4", "jetson", "kylin-10", "kylin-11",
                                         "opensuse-leap-15", "opensuse-leap-16", "sles-15", "sles-16"});
}

TEST_CASE("no CUDA release is missing from 11.0 on") {
  std::vector<std::string> wanted;
  const auto add = [&](int major, int last_minor) {
    for (int minor = 0; minor <= last_minor; ++minor)
      if (major != 12 || minor != 7)  // of 12.7 there is a driver, but no toolkit
        wanted.push_back(std::to_string(major) + "." + std::to_string(minor));
  };
  add(11, 8);
  add(12, 9);
  add(13, 4);
  std::vector<std::string> known;
  for (const CudaRelease& cuda : carried().cuda) known.push_back(cuda.release);
  CHECK(known == wanted);
}

TEST_CASE("a source that names a driver branch has packages for it") {
  for (const Distro& distro : carried().distros)
    for (const PackageSource& source : distro.package_sources)
      for (const std::string& branch : source.driver_branches) {
        INFO(distro.id << ", " << source.id << ", branch " << branch);
        CHECK(std::ranges::find(source.drivers, branch, &DriverOffer::branch) != source.drivers.end());
      }
}

TEST_CASE("nothing is offered that a source's own span of CUDA releases leaves out") {
  for (const Distro& distro : carried().distros)
    for (const PackageSource& source : distro.package_sources)
      for (const CudaOffer& offer : source.cuda) {
        INFO(distro.id << ", " << source.id << ", CUDA " << offer.release);
        CHECK_FALSE((source.first_cuda && is_before(offer.release, *source.first_cuda)));
        CHECK_FALSE((source.last_cuda && is_before(*source.last_cuda, offer.release)));
        CHECK_FALSE(offer.components.empty());
      }
}
