// What the packages of cuDNN and NCCL are called, and which source holds them.
#include "resolve/library_packages.hpp"

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const Catalog& library_catalog() {
  static const Catalog& catalog = whole_catalog();
  return catalog;
}

const CudaLibrary& library_called(std::string_view id) {
  const CudaLibrary* found = find_library(library_catalog(), id);
  REQUIRE(found != nullptr);
  return *found;
}

LibraryChoice built_for(std::string version, std::string cuda) {
  return {.version = std::move(version),
          .build = {.cuda = std::move(cuda),
                    .architectures = {},
                    .min_driver = std::nullopt,
                    .min_capability = std::nullopt,
                    .max_capability = std::nullopt,
                    .compute_capabilities = {}},
          .min_driver = std::nullopt,
          .undocumented = {}};
}

using Requests = std::optional<std::vector<PackageRequest>>;

bool source_holds(std::string_view distro, std::string_view source, std::string_view library) {
  const Distro* found = find_distro(library_catalog(), distro);
  REQUIRE(found != nullptr);
  const PackageSource* from = find_source(*found, source);
  REQUIRE(from != nullptr);
  return holds_library(*from, library);
}

}  // namespace

TEST_CASE("packages of cuDNN 9 name the CUDA major, and carry the release's full version") {
  const CudaLibrary& cudnn = library_called("cudnn");
  CHECK(library_packages(cudnn, built_for("9.1.0", "12"), "deb", false) ==
        Requests{{{"libcudnn9-cuda-12", "9.1.0.70-1"}}});
  CHECK(library_packages(cudnn, built_for("9.5.1", "12"), "deb", true) ==
        Requests{{{"libcudnn9-cuda-12", "9.5.1.17-1"}, {"libcudnn9-dev-cuda-12", "9.5.1.17-1"}}});
  CHECK(library_packages(cudnn, built_for("9.1.0", "12"), "rpm", true) ==
        Requests{{{"libcudnn9-cuda-12", "9.1.0.70-1"}, {"libcudnn9-devel-cuda-12", "9.1.0.70-1"}}});
}

TEST_CASE("packages of cuDNN 8 and of NCCL name the CUDA release in their version") {
  CHECK(library_packages(library_called("cudnn"), built_for("8.9.6", "11.8"), "deb", true) ==
        Requests{{{"libcudnn8", "8.9.6.50-1+cuda11.8"}, {"libcudnn8-dev", "8.9.6.50-1+cuda11.8"}}});
  CHECK(library_packages(library_called("cudnn"), built_for("8.9.6", "11.8"), "rpm", false) ==
        Requests{{{"libcudnn8", "8.9.6.50-1.cuda11.8"}}});
  CHECK(library_packages(library_called("nccl"), built_for("2.21.5", "12.4"), "deb", true) ==
        Requests{{{"libnccl2", "2.21.5-1+cuda12.4"}, {"libnccl-dev", "2.21.5-1+cuda12.4"}}});
  CHECK(library_packages(library_called("nccl"), built_for("2.23.4", "12.6"), "rpm", true) ==
        Requests{{{"libnccl", "2.23.4-1+cuda12.6"}, {"libnccl-devel", "2.23.4-1+cuda12.6"}}});
}

TEST_CASE("what would have to be guessed is not named") {
  CHECK(library_packages(library_called("nccl"), built_for("2.24.3", "12"), "deb", false) == std::nullopt);
  CHECK(library_packages(library_called("cudnn"), built_for("9.1.0", "12"), "apk", false) == std::nullopt);
  CHECK(library_packages(library_called("cudnn"), built_for("99.9.0", "12"), "deb", false) == std::nullopt);
  CudaLibrary short_of_it = library_called("cudnn");
  for (LibraryRelease& release : short_of_it.releases) release.full_version = std::nullopt;
  CHECK(library_packages(short_of_it, built_for("9.1.0", "12"), "deb", false) == std::nullopt);
}

TEST_CASE("the choice for a host becomes packages of its distribution's kind") {
  const LibraryQuestion question{
      .cuda = "12.4", .capabilities = {"7.5"}, .driver = "550.163.01", .architecture = "x86_64", .version = "=9.1"};
  const LibraryAnswer answer = newest_library(library_catalog(), library_called("cudnn"), question);
  REQUIRE(answer.newest);
  const Distro& distro = *find_distro(library_catalog(), "ubuntu-22.04");
  CHECK(package_kind(distro) == "deb");
  CHECK(package_kind(*find_distro(library_catalog(), "rocky-9")) == "rpm");
  CHECK(package_kind(*find_distro(library_catalog(), "sles-15")).empty());
  const auto packages = library_packages(library_called("cudnn"), *answer.newest, package_kind(distro), false);
  REQUIRE(packages);
  CHECK(packages->front().name == "libcudnn9-cuda-12");
  CHECK(packages->front().version->starts_with("9.1."));
}

TEST_CASE("NVIDIA's repositories hold the libraries where that is known, the distributions' own archives do not") {
  for (const char* distro : {"ubuntu-20.04", "ubuntu-22.04", "ubuntu-24.04", "rhel-8", "rhel-9", "rocky-9"}) {
    INFO(distro);
    CHECK(source_holds(distro, "nvidia", "cudnn"));
    CHECK(source_holds(distro, "nvidia", "nccl"));
  }
  CHECK(source_holds("debian-12", "nvidia", "cudnn"));
  CHECK_FALSE(source_holds("debian-12", "nvidia", "nccl"));
  CHECK_FALSE(source_holds("debian-13", "nvidia", "cudnn"));
  CHECK_FALSE(source_holds("debian-12", "distro", "cudnn"));
}
