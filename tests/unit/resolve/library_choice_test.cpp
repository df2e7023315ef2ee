// Which cuDNN and which NCCL serve a host: questions whose answers are in NVIDIA's support matrices.
#include "resolve/library_choice.hpp"

#include "base/version.hpp"
#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;

namespace {

const Catalog& whole() {
  static const Catalog& catalog = whole_catalog();
  return catalog;
}

// A library as it was when a release was the newest.
CudaLibrary up_to(std::string_view id, std::string_view version) {
  const CudaLibrary* found = find_library(whole(), id);
  REQUIRE(found != nullptr);
  CudaLibrary library = *found;
  std::erase_if(library.releases,
                [&](const LibraryRelease& release) { return compare_versions(release.version, version) > 0; });
  return library;
}

LibraryAnswer newest_cudnn(const LibraryQuestion& question) {
  return newest_library(whole(), *find_library(whole(), "cudnn"), question);
}

LibraryAnswer newest_nccl(const LibraryQuestion& question) {
  return newest_library(whole(), *find_library(whole(), "nccl"), question);
}

std::string version_of(const std::optional<LibraryChoice>& choice) { return choice ? choice->version : "none"; }

LibraryQuestion question(std::string cuda, std::vector<std::string> capabilities,
                         std::optional<std::string> driver = std::nullopt) {
  return {.cuda = std::move(cuda),
          .capabilities = std::move(capabilities),
          .driver = std::move(driver),
          .architecture = std::nullopt};
}

// What speaks against a release; one without a version where nothing does.
LibraryRejection rejection_of(const LibraryAnswer& answer, std::string_view version) {
  for (const LibraryRejection& rejection : answer.rejected)
    if (rejection.version == version) return rejection;
  return {};
}

}  // namespace

TEST_CASE("cuDNN 9.10.2 is the last for CUDA 11") {
  const LibraryAnswer answer = newest_cudnn(question("11", {"7.5"}, "470.256.02"));
  CHECK(version_of(answer.newest) == "9.10.2");
  CHECK(version_of(answer.newest_documented) == "9.10.2");
  CHECK(answer.newest->min_driver == "450.80.02");
  CHECK(rejection_of(answer, "9.11.0") == LibraryRejection{"9.11.0", LibraryLimit::no_build, "11", ""});
  // Its builds are not known, but that CUDA 11 has ended is.
  CHECK(rejection_of(answer, "9.15.0") == LibraryRejection{"9.15.0", LibraryLimit::no_build, "11", ""});
}

TEST_CASE("cuDNN 9.10.2 is the last for Maxwell, Pascal and Volta") {
  for (const char* capability : {"5.0", "6.1", "7.0"}) {
    INFO(capability);
    const LibraryAnswer answer = newest_cudnn(question("12", {capability, "9.0"}, "535.309.01"));
    CHECK(version_of(answer.newest) == "9.10.2");
    CHECK(answer.newest->build.min_driver == "525.60.13");
    CHECK(rejection_of(answer, "9.11.0") ==
          LibraryRejection{"9.11.0", LibraryLimit::compute_capability, capability, "7.5"});
  }
}

TEST_CASE("the newest cuDNN is named, and beside it the newest whose support matrix says so") {
  const LibraryAnswer answer = newest_cudnn(question("13", {"9.0"}, "580.65.06"));
  CHECK(version_of(answer.newest) == "9.27.0");
  CHECK(answer.newest->undocumented == std::vector<std::string>{"9.0"});
  CHECK(answer.newest->min_driver == "580.65.06");
  CHECK(version_of(answer.newest_documented) == "9.17.0");
  CHECK(answer.newest_documented->undocumented.empty());
  CHECK(answer.rejected.empty());
}

TEST_CASE("no cuDNN for CUDA 13 runs below driver 580.65.06, nor on a Volta") {
  const LibraryAnswer old_driver = newest_cudnn(question("13", {"9.0"}, "575.57.08"));
  CHECK(version_of(old_driver.newest) == "none");
  CHECK(rejection_of(old_driver, "9.17.0") ==
        LibraryRejection{"9.17.0", LibraryLimit::driver, "575.57.08", "580.65.06"});
  CHECK(rejection_of(old_driver, "9.11.1") == LibraryRejection{"9.11.1", LibraryLimit::no_build, "13", ""});
  CHECK(version_of(newest_cudnn(question("13", {"7.0"}, "580.126.09")).newest) == "none");
}

TEST_CASE("cuDNN 9.10.2 asks for another driver where Blackwell is to run it") {
  const CudaLibrary cudnn = up_to("cudnn", "9.10.2");
  const auto answer = newest_library(whole(), cudnn, question("12", {"8.9", "12.0"}, "570.86.10"));
  CHECK(version_of(answer.newest) == "9.10.2");
  CHECK(answer.newest->min_driver == "570.26");
  CHECK(newest_library(whole(), cudnn, question("12", {"8.9"}, "570.86.10")).newest->min_driver == "525.60.13");
}

TEST_CASE("a release whose builds are not known is passed over, and that is said") {
  const CudaLibrary cudnn = up_to("cudnn", "9.16.0");
  const auto answer = newest_library(whole(), cudnn, question("12", {"8.0"}));
  CHECK(version_of(answer.newest) == "9.14.0");
  CHECK(answer.rejected == std::vector<LibraryRejection>{{"9.16.0", LibraryLimit::builds_unknown, "12", ""},
                                                         {"9.15.1", LibraryLimit::builds_unknown, "12", ""},
                                                         {"9.15.0", LibraryLimit::builds_unknown, "12", ""}});
}

TEST_CASE("a GPU within the range of a support matrix that does not list it is not documented") {
  const LibraryAnswer answer = newest_library(whole(), up_to("cudnn", "9.17.0"), question("13", {"10.3"}));
  CHECK(version_of(answer.newest) == "9.17.0");
  CHECK(answer.newest->undocumented == std::vector<std::string>{"10.3"});
  CHECK(version_of(answer.newest_documented) == "none");
}

TEST_CASE("an architecture without builds is refused, and the last release that had them is found") {
  LibraryQuestion power = question("12", {});
  power.architecture = "ppc64le";
  const LibraryAnswer answer = newest_library(whole(), up_to("cudnn", "9.14.0"), power);
  CHECK(rejection_of(answer, "9.1.0") == LibraryRejection{"9.1.0", LibraryLimit::architecture, "ppc64le", ""});
  CHECK(version_of(answer.newest) == "9.0.0");
  // The matrix of 9.17.0 names no architectures.
  CHECK(newest_cudnn(power).newest->undocumented == std::vector<std::string>{"ppc64le"});
  CHECK(version_of(newest_cudnn(power).newest_documented) == "9.0.0");
}

TEST_CASE("NCCL 2.21.5 is the last for CUDA 11") {
  const LibraryAnswer answer = newest_nccl(question("11", {"7.0"}, "470.256.02"));
  CHECK(version_of(answer.newest) == "2.21.5");
  CHECK(answer.newest->min_driver == "450.80.02");
  CHECK(rejection_of(answer, "2.22.3") == LibraryRejection{"2.22.3", LibraryLimit::no_build, "11", ""});
}

TEST_CASE("the build of NCCL for the very CUDA release is preferred, then the newest before it") {
  const CudaLibrary nccl = up_to("nccl", "2.25.1");
  const auto build_for = [&](const char* cuda) {
    const auto answer = newest_library(whole(), nccl, question(cuda, {"9.0"}, "570.133.20"));
    REQUIRE(answer.newest);
    CHECK(answer.newest->version == "2.25.1");
    CHECK(answer.newest->min_driver == "525.60.13");
    return answer.newest->build.cuda;
  };
  CHECK(build_for("12.4") == "12.4");
  CHECK(build_for("12.6") == "12.4");
  CHECK(build_for("12.0") == "12.2");
  CHECK(build_for("12.9") == "12.8");
  CHECK(build_for("12") == "12.8");
}

TEST_CASE("NCCL for CUDA 13 needs its driver and no GPU older than Turing") {
  CHECK(version_of(newest_nccl(question("13", {"7.5"}, "580.65.06")).newest) == "2.32.3");
  CHECK(version_of(newest_nccl(question("13", {"7.5"}, "575.57.08")).newest) == "none");
  const LibraryAnswer volta = newest_nccl(question("13", {"7.0"}));
  CHECK(version_of(volta.newest) == "none");
  CHECK(rejection_of(volta, "2.30.7") == LibraryRejection{"2.30.7", LibraryLimit::compute_capability, "7.0", "7.5"});
}

TEST_CASE("a release asked for by its version is the newest of those the words let through") {
  const auto asked = [](std::string version) {
    LibraryQuestion wanted = question("12", {"9.0"}, "535.309.01");
    wanted.version = std::move(version);
    return version_of(newest_cudnn(wanted).newest);
  };
  CHECK(asked("8") == "8.9.7");
  CHECK(asked("9.10") == "9.10.2");
  CHECK(asked("=9.5.0") == "9.5.0");
  CHECK(asked(">=9.5 <9.8") == "9.7.1");
  CHECK(asked("99") == "none");
  CHECK(asked("newest") == "none");
  LibraryQuestion wanted = question("12", {"9.0"}, "535.309.01");
  wanted.version = "9.10";
  CHECK(newest_cudnn(wanted).rejected.empty());
}
