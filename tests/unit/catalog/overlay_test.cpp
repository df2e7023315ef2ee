// Data on top of the built-in catalog: knowledge is added by JSON alone.
#include <algorithm>
#include <utility>

#include "base/digest.hpp"
#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

Catalog base_catalog() {
  auto catalog = load_catalog(sample_data());
  REQUIRE(catalog);
  return *catalog;
}

Catalog overlaid(const std::vector<DataFile>& files) {
  const auto catalog = overlay_catalog(base_catalog(), files);
  if (!catalog) CHECK(catalog.error() == Diagnostics{});
  REQUIRE(catalog);
  return *catalog;
}

Diagnostics overlay_problems_of(const std::vector<DataFile>& files) {
  const auto catalog = overlay_catalog(base_catalog(), files);
  return catalog ? Diagnostics{} : catalog.error();
}

// The digest is another where anything is; it is compared apart.
Catalog without_digest(Catalog catalog) {
  catalog.digest.clear();
  return catalog;
}

constexpr std::string_view branch_99_9 = R"json({
  "schema": "nvprov.driver/1",
  "sources": {"invented": {"title": "An invented branch", "url": "https://example.org/99.9"}},
  "branch": "99.9", "type": "new-feature", "cuda": "99.1", "end_of_life": null,
  "oldest_architecture": "Newera", "newest_architecture": "Newera",
  "has_proprietary_module": false, "has_open_module": true, "source": ["invented"],
  "kernels": {"oldest": null, "breaks": [], "builds": []}, "security_floor": null,
  "releases": [{"version": "99.9.1", "date": null, "source": ["invented"]}]
})json";

constexpr std::string_view distro_10 = R"json({
  "schema": "nvprov.distro/1", "like": "example-9",
  "sources": {"invented": {"title": "An invented distribution", "url": "https://example.org/ten"}},
  "id": "example-10", "name": "Example 10 (ten)", "version_id": "10", "codename": "ten", "source": ["invented"]
})json";

// A gpus.json with nothing but what is given.
std::string gpus_json(std::string_view architectures, std::string_view gpus) {
  return R"({"schema": "nvprov.gpus/1", "sources": {"table": {"title": "T", "url": "https://example.org/t"}},
             "architectures": [)" +
         std::string(architectures) + R"(], "gpus": [)" + std::string(gpus) + "]}";
}

constexpr std::string_view futura = R"({"name": "Futura", "compute_capabilities": ["99.9"], "first_driver_branch": null,
    "last_driver_branch": null, "modules": "open_only", "source": ["table"]})";
constexpr std::string_view gpu_fe09 = R"({"device_id": "fe09", "name": "Invented F9", "architecture": "Futura",
    "compute_capability": "99.9", "first_driver_branch": null, "modules": null, "source": ["table"]})";
constexpr std::string_view gpu_fe02 = R"({"device_id": "fe02", "name": "Renamed M2", "architecture": "Midera",
    "compute_capability": null, "first_driver_branch": null, "modules": "open_only", "source": ["table"]})";

}  // namespace

TEST_CASE("an overlay without files changes nothing, not even the digest") { CHECK(overlaid({}) == base_catalog()); }

TEST_CASE("an invented driver branch is added by a file alone, in its place") {
  Catalog expected = base_catalog();
  DriverBranch branch{.branch = "99.9",
                      .type = "new-feature",
                      .cuda = "99.1",
                      .end_of_life = std::nullopt,
                      .oldest_architecture = "Newera",
                      .newest_architecture = "Newera",
                      .has_proprietary_module = false,
                      .has_open_module = true,
                      .kernels = {},
                      .security_floor = std::nullopt,
                      .releases = {{"99.9.1", std::nullopt}},
                      .sources = {{"An invented branch", "https://example.org/99.9"}}};
  expected.drivers.push_back(std::move(branch));
  const Catalog catalog = overlaid({{"manifests/drivers/99.9.json", std::string(branch_99_9)}});
  CHECK(without_digest(catalog) == without_digest(expected));
  CHECK(catalog.digest == sha256_hex(encode_catalog(without_digest(expected))));
  CHECK(catalog.digest != base_catalog().digest);
}

TEST_CASE("an invented distribution is added by a file alone, like a built-in one") {
  Catalog expected = base_catalog();
  Distro distro = expected.distros.front();
  distro.id = "example-10";
  distro.name = "Example 10 (ten)";
  distro.version_id = "10";
  distro.codename = "ten";
  distro.sources = {{"An invented distribution", "https://example.org/ten"}};
  expected.distros.insert(expected.distros.begin(), std::move(distro));
  const Catalog catalog = overlaid({{"distros/example-10.json", std::string(distro_10)}});
  CHECK(without_digest(catalog) == without_digest(expected));
}

TEST_CASE("a distribution may be like one of the same overlay, which then counts") {
  std::string changed = sample_text("distros/example-9.json");
  changed.replace(changed.find("2029-06-30"), 10, "2030-01-01");
  const Catalog catalog =
      overlaid({{"distros/example-9.json", changed}, {"distros/example-10.json", std::string(distro_10)}});
  REQUIRE(catalog.distros.size() == 2);
  CHECK(catalog.distros[0].end_of_life == "2030-01-01");
  CHECK(catalog.distros[1].end_of_life == "2030-01-01");
}

TEST_CASE("a record of the same identity takes the other's place") {
  std::string changed = sample_text("manifests/drivers/99.json");
  changed.replace(changed.find("null"), 4, "\"2031-12-31\"");
  Catalog expected = base_catalog();
  expected.drivers.back().end_of_life = "2031-12-31";
  CHECK(without_digest(overlaid({{"manifests/drivers/99.json", changed}})) == without_digest(expected));
}

TEST_CASE("single GPUs and architectures are added and replaced, the others stay") {
  Catalog expected = base_catalog();
  expected.architectures.push_back({.name = "Futura",
                                    .compute_capabilities = {"99.9"},
                                    .first_driver_branch = std::nullopt,
                                    .last_driver_branch = std::nullopt,
                                    .modules = ModuleSupport::open_only,
                                    .sources = {{"T", "https://example.org/t"}}});
  expected.gpus[1] = {"fe02", "Renamed M2", "Midera", std::nullopt, std::nullopt, ModuleSupport::open_only};
  expected.gpus.push_back({"fe09", "Invented F9", "Futura", "99.9", std::nullopt, std::nullopt});
  const std::string gpus = std::string(gpu_fe09) + "," + std::string(gpu_fe02);
  CHECK(without_digest(overlaid({{"manifests/gpus.json", gpus_json(futura, gpus)}})) == without_digest(expected));
}

TEST_CASE("single parts of the fabric and GPUs with virtual GPUs are added and replaced, the others stay") {
  Catalog expected = base_catalog();
  expected.fabric.nvswitches.insert(expected.fabric.nvswitches.begin(), {"ff00", "Other", "switch-9", "bridge"});
  expected.vgpus[0].profiles = "0003 Invented O1-3Q";
  expected.vgpus.push_back({"fe03", "0001 Invented N3-1Q"});
  const DataFile changed_fabric = {"manifests/fabric.json", R"({
    "schema": "nvprov.fabric/1", "sources": {"table": {"title": "T", "url": "https://example.org/t"}},
    "generations": [], "marks": [], "boards": [], "packages": [],
    "nvswitches": [{"device_id": "ff00", "name": "Other", "generation": "switch-9", "role": "bridge",
                    "source": ["table"]}]})"};
  const DataFile changed_vgpu = {"manifests/vgpu.json", R"({
    "schema": "nvprov.vgpu/1", "sources": {"table": {"title": "T", "url": "https://example.org/t"}},
    "devices": [{"device_id": "fe03", "source": ["table"], "profiles": ["0001 Invented N3-1Q"]},
                {"device_id": "fe01", "source": ["table"], "profiles": ["0003 Invented O1-3Q"]}]})"};
  CHECK(without_digest(overlaid({changed_fabric, changed_vgpu})) == without_digest(expected));
}

TEST_CASE("a library and the container toolkit are replaced as a whole") {
  std::string library = sample_text("manifests/libraries/gears.json");
  library.replace(library.find("Example gears"), 13, "Renamed gears");
  std::string toolkit_text = sample_text("manifests/container-toolkit.json");
  toolkit_text.replace(toolkit_text.find("2026-02-03"), 10, "2026-02-04");
  Catalog expected = base_catalog();
  expected.libraries[0].title = "Renamed gears";
  expected.container_toolkit->releases[0].date = "2026-02-04";
  CHECK(without_digest(overlaid({{"manifests/libraries/gears.json", library},
                                 {"manifests/container-toolkit.json", toolkit_text}})) == without_digest(expected));
}

TEST_CASE("the date of the catalog is the overlay's where it has one") {
  CHECK(overlaid({{"manifests/catalog.json", R"({"schema": "nvprov.catalog/1", "date": "2027-01-01"})"}}).date ==
        "2027-01-01");
}

TEST_CASE("an overlay is checked against the built-in records") {
  const Diagnostics no_architecture = {
      {"manifests/gpus.json", "/gpus/0/architecture", "there is no architecture `Futura` in manifests/gpus.json", ""}};
  CHECK(overlay_problems_of({{"manifests/gpus.json", gpus_json("", gpu_fe09)}}) == no_architecture);
  std::string branch(branch_99_9);
  branch.replace(branch.find("\"cuda\": \"99.1\""), 14, "\"cuda\": \"99.9\"");
  const Diagnostics no_cuda = {
      {"manifests/drivers/99.9.json", "/cuda", "there is no CUDA release `99.9`", "did you mean `99.1`?"}};
  CHECK(overlay_problems_of({{"manifests/drivers/99.9.json", branch}}) == no_cuda);
}

TEST_CASE("the built-in records are checked against an overlay") {
  std::string branch = sample_text("manifests/drivers/99.json");
  branch.replace(branch.find("99.20.02"), 8, "99.20.03");
  const Diagnostics expected = {{"built-in distros/example-9.json", "/package_sources/0/drivers/0/version",
                                 "`99.20.02` is not a release of branch 99",
                                 "its releases are listed in manifests/drivers/99.json"}};
  CHECK(overlay_problems_of({{"manifests/drivers/99.json", branch}}) == expected);
}

TEST_CASE("rows of forward compatibility are added and replaced, the others stay") {
  const auto base = load_catalog(supported_data());
  REQUIRE(base);
  std::string added = sample_text("manifests/forward_compatibility.json");
  added.replace(added.find("INVENTED_ERROR"), 14, "ANOTHER_ERROR");
  added.replace(added.find("Invented boards"), 15, "Other boards");
  Catalog expected = *base;
  ForwardCompatibility& forward = expected.forward_compatibility;
  forward.gpu_classes[0].title = "Other boards";
  forward.errors.insert(forward.errors.begin(), forward.errors[0]);
  forward.errors[0].name = "ANOTHER_ERROR";
  const std::vector<DataFile> files = {{"manifests/forward_compatibility.json", added}};
  const auto catalog = overlay_catalog(*base, files);
  REQUIRE(catalog);
  CHECK(without_digest(*catalog) == without_digest(expected));
}

TEST_CASE("an overlay's own faults are named, and a record twice in it is no replacement") {
  const std::string twice = std::string(gpu_fe02) + "," + std::string(gpu_fe02);
  const Diagnostics expected = {
      {"distros/example-10.json", "line 1, column 1", "not valid JSON: the document is empty", ""},
      {"manifests/gpus.json", "/gpus/1/device_id", "`fe02` is already in manifests/gpus.json/gpus/0", ""},
      {"manifests/gpu.json", "/", "no kind of data file has this name and place",
       "expected manifests/catalog.json, manifests/gpus.json, manifests/forward_compatibility.json, "
       "manifests/drivers/BRANCH.json, manifests/cuda/RELEASE.json, manifests/profiles/ID.json, "
       "manifests/keys/ID.json, manifests/packages/ID.json, manifests/concepts/ID.json, manifests/checks/ID.json, "
       "manifests/libraries/ID.json, manifests/container-toolkit.json, manifests/fabric.json, "
       "manifests/vgpu.json or distros/ID.json"}};
  Diagnostics sorted = expected;
  std::ranges::sort(sorted, {}, &Diagnostic::file);
  CHECK(overlay_problems_of({{"manifests/gpus.json", gpus_json("", twice)},
                             {"manifests/gpu.json", "{}"},
                             {"distros/example-10.json", ""}}) == sorted);
}

TEST_CASE("an overlay file that is cut off is a problem, never a crash") {
  for (std::size_t size = 0; size < distro_10.size() - 1; size += 5) {
    const auto problems = overlay_problems_of({{"distros/example-10.json", std::string(distro_10.substr(0, size))}});
    CAPTURE(size);
    REQUIRE(problems.size() == 1);
  }
}
