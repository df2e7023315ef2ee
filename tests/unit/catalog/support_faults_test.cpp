// Faults in what is said of toolkits, kernels and forward compatibility: exactly that fault is named.
#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

constexpr std::string_view branch_98 = "manifests/drivers/98.json";
constexpr std::string_view branch_99 = "manifests/drivers/99.json";
constexpr std::string_view toolkit_file = "manifests/cuda/99.1.json";
constexpr std::string_view compat_file = "manifests/forward_compatibility.json";

// `from` becomes `to` in a file, and the one problem is at `place` of that file.
struct SupportFault {
  std::string_view name;
  std::string_view file;
  std::string_view from;
  std::string_view to;
  std::string place;
  std::string message;
  std::string hint;
};

void check_supported(const std::vector<SupportFault>& faults) {
  for (const SupportFault& fault : faults) {
    INFO(fault.name);
    const auto result = load_catalog(changed(supported_data(), fault.file, fault.from, fault.to));
    const Diagnostics expected = {{std::string(fault.file), fault.place, fault.message, fault.hint}};
    CHECK((result ? Diagnostics{} : result.error()) == expected);
  }
}

}  // namespace

TEST_CASE("data with kernels and forward compatibility loads, and comes back from the binary form") {
  const auto catalog = load_catalog(supported_data());
  REQUIRE(catalog.has_value());
  CHECK(decode_catalog(encode_catalog(*catalog)) == *catalog);
  REQUIRE(catalog->drivers.back().kernels.breaks.size() == 3);
  const KernelBreak& range = catalog->drivers.back().kernels.breaks[1];
  CHECK(range.first_kernel == "95.14.0-687");
  CHECK(range.last_kernel == "95.14.0-700");
  CHECK(range.distro == "example-9");
  CHECK(range.modules == std::vector<std::string>{"open", "proprietary"});
  CHECK(range.last_failing == "99.10.01");
  REQUIRE(catalog->drivers.back().kernels.builds.size() == 1);
  const KernelBuild& build = catalog->drivers.back().kernels.builds[0];
  CHECK(build.driver == "99.20.02");
  CHECK(build.package_version == "99.20.02-1");
  CHECK(build.origin == "Example");
  CHECK(build.last_kernel == "96.2");
  const CompatRelease* row = find_compat_release(catalog->forward_compatibility, "99.1");
  REQUIRE(row != nullptr);
  CHECK(row->libraries_branch == "99");
  CHECK(row->works_over == std::vector<std::string>{"98"});
  CHECK(row->not_needed_on == std::vector<std::string>{"99"});
  CHECK(row->does_not_work_over == std::vector<std::string>{"96"});
}

TEST_CASE("what a toolkit is made of must be named and numbered") {
  check_supported({
      {"a component without a version", toolkit_file, R"("cuda_nvcc": "99.1.7")", R"("cuda_nvcc": null)",
       "/updates/0/components/versions/cuda_nvcc", "expected a string, found null", ""},
      {"a version that is none", toolkit_file, R"("cuda_nvcc": "99.1.7")", R"("cuda_nvcc": "V99.1.7")",
       "/updates/0/components/versions/cuda_nvcc", "`V99.1.7` is not a version number",
       "write digits separated by dots, such as 12.4"},
      {"a component that is no name", toolkit_file, R"("cuda_nvcc": "99.1.7")", R"("cuda nvcc": "99.1.7")",
       "/updates/0/components/versions/cuda nvcc", "`cuda nvcc` holds a blank", ""},
      {"a list for an object", toolkit_file, R"({"cuda_nvcc": "99.1.7", "cuda_cudart": "99.1.5"})", "[]",
       "/updates/0/components/versions", "expected an object of names and versions", ""},
      {"an architecture twice", toolkit_file, R"("architectures": ["x86_64"])",
       R"("architectures": ["x86_64", "x86_64"])", "/updates/0/architectures/1", "`x86_64` stands twice", ""},
      {"a compiler twice", toolkit_file, R"("host_compilers": [)",
       R"("host_compilers": [{"compiler": "gcc", "oldest": null, "newest": null, "source": ["table"]},)",
       "/host_compilers/1/compiler", "`gcc` stands twice", ""},
  });
}

TEST_CASE("what is said of kernels must be of this branch") {
  check_supported({
      {"a fix in no release", branch_99, R"("fixed_in": "99.20.02")", R"("fixed_in": "99.20.03")",
       "/kernels/breaks/0/fixed_in", "`99.20.03` is not a release of branch 99", ""},
      {"a failure of no release", branch_99, R"("last_failing": "99.10.01")", R"("last_failing": "98.10.01")",
       "/kernels/breaks/1/last_failing", "`98.10.01` is not a release of branch 99", ""},
      {"a fix and a last failure", branch_99, R"("fixed_in": null)", R"("fixed_in": "99.20.02")",
       "/kernels/breaks/1/last_failing", "that 99.20.02 is the first to build says it already", "write null"},
      {"a kernel that is no number", branch_99, R"("95.14.0-687")", R"("95.14.0-687.el9")",
       "/kernels/breaks/1/first_kernel", "`95.14.0-687.el9` is not the number of a kernel",
       "write it without what follows the numbers, such as 6.19 or 5.14.0-687.12.1"},
      {"an unknown distribution", branch_99, R"("distro": "example-9")", R"("distro": "exmple-9")",
       "/kernels/breaks/1/distro", "there is no distribution `exmple-9`", "did you mean `example-9`?"},
      {"a module the branch does not have", branch_98, R"("breaks": [])",
       R"("breaks": [{"first_kernel": "96.1", "last_kernel": null, "distro": null, "modules": ["open"],
           "fixed_in": null, "last_failing": null, "source": ["notes"]}])",
       "/kernels/breaks/0/modules/0", "branch 98 has no open module", ""},
      {"a build of no release", branch_99, R"("driver": "99.20.02")", R"("driver": "99.20.20")",
       "/kernels/builds/0/driver", "`99.20.20` is not a release of branch 99", ""},
      {"packages of nobody", branch_99, R"("origin": "Example")", R"("origin": null)", "/kernels/builds/0/origin",
       "packages of somebody's own have both a version and an origin", ""},
      {"a bulletin without a source", branch_99, R"("date": "2026-06-01", "source": ["notes"])",
       R"("date": "2026-06-01", "source": [])", "/security_floor/source", "names no source",
       "every record says where it was read"},
  });
}

TEST_CASE("forward compatibility refers to what is there, and says one thing of a branch") {
  check_supported({
      {"an unknown CUDA release", compat_file, R"("cuda": "99.1")", R"("cuda": "99.2")", "/releases/0/cuda",
       "there is no CUDA release `99.2`", "did you mean `99.1`?"},
      {"an unknown branch of its libraries", compat_file, R"("libraries_branch": "99")", R"("libraries_branch": "100")",
       "/releases/0/libraries_branch", "there is no driver branch `100`", ""},
      {"an unknown installed branch", compat_file, R"("not_needed_on": ["99"])", R"("not_needed_on": ["99", "111"])",
       "/releases/0/not_needed_on/1", "there is no driver branch `111`", ""},
      {"compatible and not", compat_file, R"("does_not_work_over": ["96"])", R"("does_not_work_over": ["96", "98"])",
       "/releases/0/does_not_work_over/1", "branch 98 is in another list too, which says the opposite", ""},
      {"an unknown base", compat_file, R"("first_branch": "90")", R"("first_branch": "111")", "/bases/0/first_branch",
       "there is no driver branch `111`", ""},
      {"an unknown word", compat_file, R"("eligible": "all")", R"("eligible": "most")", "/gpu_classes/0/eligible",
       "`most` is not a word known here", "known are: all, some, none, unknown"},
      {"an unknown placeholder", compat_file, "{cuda_dash}", "{cuda_dots}", "/package",
       "`cuda_dots` is not a placeholder", "did you mean `cuda_dash`?"},
      {"an error twice", compat_file, R"("errors": [)",
       R"("errors": [{"name": "INVENTED_ERROR", "code": 1, "meaning": "m", "source": ["matrix"]},)", "/errors/1/name",
       "`INVENTED_ERROR` is already in manifests/forward_compatibility.json/errors/0", ""},
  });
}
