// Data on toolkits, kernels and forward compatibility that loads and is wrong all the same.
#include "catalog/catalog.hpp"
#include "catalog/lint.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

constexpr std::string_view linted_branch = "manifests/drivers/99.json";
constexpr std::string_view linted_toolkit = "manifests/cuda/99.1.json";
constexpr std::string_view linted_compat = "manifests/forward_compatibility.json";

Diagnostics lint_of_support(const std::vector<DataFile>& files) {
  const auto catalog = load_catalog(files);
  REQUIRE(catalog.has_value());
  return lint_catalog(*catalog);
}

// `from` becomes `to` in a file; this is the one problem.
struct SupportSeed {
  std::string_view file;
  std::string_view from;
  std::string_view to;
  std::string place;
  std::string message;
};

void check_support_seeds(const std::vector<SupportSeed>& seeds) {
  for (const SupportSeed& seed : seeds) {
    INFO(seed.message);
    const Diagnostics found = lint_of_support(changed(supported_data(), seed.file, seed.from, seed.to));
    REQUIRE(found.size() == 1);
    CHECK(found.front().file == seed.file);
    CHECK(found.front().place == seed.place);
    CHECK(found.front().message == seed.message);
  }
}

}  // namespace

TEST_CASE("lint finds nothing in sound data on kernels and forward compatibility") {
  CHECK(lint_of_support(supported_data()) == Diagnostics{});
}

TEST_CASE("lint names what a toolkit cannot bring or work with") {
  check_support_seeds({
      {linted_toolkit, R"("pull_driver": true)", R"("pull_driver": null)", "/meta_packages/pull_driver",
       "whether the meta packages bring a driver is not said"},
      {linted_toolkit, R"("oldest": "6")", R"("oldest": "14")", "/host_compilers/0/newest",
       "the newest gcc, 13, is older than the oldest, 14"},
      {linted_toolkit, R"("bundled_driver": "99.20.02")", R"("bundled_driver": "100.1.1")", "/updates/0/bundled_driver",
       "driver 100.1.1 belongs to no branch of the catalog"},
      {linted_toolkit, R"("bundled_driver": "99.20.02")", R"("bundled_driver": "99.10.00")",
       "/updates/0/bundled_driver", "the driver it brings, 99.10.00, is older than the one it needs, 99.10.01"},
  });
}

TEST_CASE("lint names kernels and bulletins that cannot be") {
  check_support_seeds({
      {linted_branch, R"("last_kernel": "95.14.0-700")", R"("last_kernel": "95.14.0-600")",
       "/kernels/breaks/1/last_kernel", "the last kernel, 95.14.0-600, is older than the first, 95.14.0-687"},
      {linted_branch, R"({"driver": "99.20.02", "package_version": "99.20.02-1", "origin": "Example")",
       R"({"driver": "99.10.01", "package_version": null, "origin": null)", "/kernels/builds/0/last_kernel",
       "the open module of 99.10.01 is said to build on 96.2, but also to fail from 96.1 on"},
      {linted_branch, R"("security_floor": {"release": "99.20.02")", R"("security_floor": {"release": "99.30.01")",
       "/security_floor/release", "bulletin 9901 asks for 99.30.01, newer than every release of the branch"},
      {linted_branch, R"("security_floor": {"release": "99.20.02")", R"("security_floor": {"release": "98.10.01")",
       "/security_floor/release", "release 98.10.01 is not of branch 99"},
      {linted_branch, R"("date": "2026-06-01")", R"("date": "2026-12-01")", "/security_floor/date",
       "2026-12-01 is after the day the catalog was gathered, 2026-11-22"},
  });
}

TEST_CASE("a kernel's series ends with its last kernel") {
  CHECK(lint_of_support(changed(supported_data(), linted_branch, R"("95.14.0-700")", R"("95.14")")) == Diagnostics{});
}

TEST_CASE("lint names forward compatibility that goes backwards") {
  check_support_seeds({
      {linted_compat, R"("works_over": ["98"], "not_needed_on": ["99"])",
       R"("works_over": ["99"], "not_needed_on": [])", "/releases/0/works_over/0",
       "libraries of branch 99 cannot go over branch 99, which is not older"},
      {linted_compat, R"("libraries_branch": "99", "works_over": ["98"])",
       R"("libraries_branch": "98", "works_over": [])", "/releases/0/libraries_branch",
       "branch 98 has CUDA 98.9, not 99.1"},
  });
}

TEST_CASE("lint names a GPU of no class of forward compatibility, and words of two classes") {
  const Diagnostics found = lint_of_support(
      changed(supported_data(), "manifests/gpus.json", R"("name": "Invented N3")", R"("name": "Unheard of N3")"));
  REQUIRE(found.size() == 1);
  CHECK(found.front().file == "manifests/gpus.json");
  CHECK(found.front().message == "`Unheard of N3` belongs to no class of forward compatibility");
  check_support_seeds({
      {linted_compat, R"("name_words": ["Invented"], "source": ["matrix"]})",
       R"("name_words": ["Invented"], "source": ["matrix"]},
          {"id": "other", "title": "Others", "eligible": "none", "name_words": ["-invented"], "source": ["matrix"]})",
       "/gpu_classes/1/name_words", "`-invented` is a word of `data-center` already"},
  });
}
