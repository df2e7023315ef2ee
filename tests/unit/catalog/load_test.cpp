// Whole data that is right.
#include <algorithm>

#include "base/digest.hpp"
#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "unit/catalog/sample_beside.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

Catalog loaded(const std::vector<DataFile>& files) {
  const auto catalog = load_catalog(files);
  if (!catalog) CHECK(catalog.error() == Diagnostics{});
  REQUIRE(catalog);
  return *catalog;
}

std::vector<GpuArchitecture> expected_architectures() {
  const std::vector<Source> table = {{"Invented table of GPUs", "https://example.org/gpus"}};
  return {{.name = "Oldera",
           .compute_capabilities = {"97.0", "97.5"},
           .first_driver_branch = "90",
           .last_driver_branch = "98",
           .modules = ModuleSupport::proprietary_only,
           .sources = table},
          {.name = "Midera",
           .compute_capabilities = {"98.0"},
           .first_driver_branch = "97",
           .last_driver_branch = std::nullopt,
           .modules = ModuleSupport::either,
           .sources = table},
          {.name = "Newera",
           .compute_capabilities = {"99.0"},
           .first_driver_branch = "99",
           .last_driver_branch = std::nullopt,
           .modules = ModuleSupport::open_only,
           .sources = table}};
}

std::vector<GpuModel> expected_gpus() {
  return {{"fe01", "Invented O1", "Oldera", std::nullopt, std::nullopt, std::nullopt},
          {"fe02", "Invented M2", "Midera", "98.0", std::nullopt, std::nullopt},
          {"fe03", "Invented N3", "Newera", "99.0", "99", std::nullopt}};
}

std::vector<Source> notes_of_99() { return {{"Invented release notes", "https://example.org/99"}}; }

KernelSupport expected_kernels() {
  return {.oldest_kernel = "4.15",
          .breaks = {{.first_kernel = "96.1",
                      .last_kernel = std::nullopt,
                      .distro = std::nullopt,
                      .modules = {"proprietary"},
                      .fixed_in = std::nullopt,
                      .last_failing = std::nullopt,
                      .sources = notes_of_99()}},
          .builds = {}};
}

ForwardCompatibility expected_forward_compatibility() {
  const std::vector<Source> matrix = {{"Invented matrix", "https://example.org/compat"}};
  return {.package = "example-compat-{cuda_dash}",
          .directory = "/opt/cuda-{cuda_release}/compat",
          .releases = {},
          .gpu_classes = {{"data-center", "Invented boards", "all", {"Invented"}, matrix}},
          .bases = {{"99", "90", matrix}},
          .features = {{"interop", false, std::nullopt, matrix}},
          .errors = {{"INVENTED_ERROR", 803, "it does not fit", matrix}},
          .sources = matrix};
}

std::vector<DriverBranch> expected_drivers() {
  return {{.branch = "98",
           .type = "legacy",
           .cuda = "98.9",
           .end_of_life = "2026-01-31",
           .oldest_architecture = "Oldera",
           .newest_architecture = "Midera",
           .has_proprietary_module = true,
           .has_open_module = false,
           .kernels = {},
           .security_floor = std::nullopt,
           .releases = {{"98.10.01", std::nullopt}},
           .sources = {{"Invented release notes", "https://example.org/98"}}},
          {.branch = "99",
           .type = "production",
           .cuda = "99.1",
           .end_of_life = std::nullopt,
           .oldest_architecture = "Midera",
           .newest_architecture = "Newera",
           .has_proprietary_module = true,
           .has_open_module = true,
           .kernels = expected_kernels(),
           .security_floor = SecurityFloor{"99.20.02", "9901", "2026-06-01", notes_of_99()},
           .releases = {{"99.10.01", "2026-05-04"}, {"99.20.02", std::nullopt}},
           .sources = notes_of_99()}};
}

CudaRelease expected_cuda() {
  return {.release = "99.1",
          .minor_compat_min_driver = "99.10.01",
          .compute_capabilities = {"98.0", "99.0"},
          .meta_packages_pull_driver = true,
          .host_compilers = {{"gcc", "6", "13"}},
          .updates = {{.version = "99.1.0",
                       .min_driver = "99.10.01",
                       .date = "2026-05-04",
                       .bundled_driver = std::nullopt,
                       .architectures = std::vector<std::string>{"x86_64"},
                       .components = ToolkitComponents{false, "cuda_cudart 99.1.5\ncuda_nvcc 99.1.7\n"}}},
          .sources = {{"Invented CUDA table", "https://example.org/cuda"}}};
}

Profile expected_profile() {
  return {.id = "deploy",
          .aliases = {"runtime-only"},
          .title = "Run programs",
          .exact_cuda = true,
          .host = {.driver = true,
                   .driver_components = {"compute"},
                   .nvswitch_components = {"fabric-manager"},
                   .nvlink5_components = {"fabric-manager"},
                   .rack_components = {"fabric-manager"},
                   .cuda_components = {"cudart"},
                   .environment = {}},
          .image = {.driver = false,
                    .driver_components = {},
                    .nvswitch_components = {},
                    .nvlink5_components = {},
                    .rack_components = {},
                    .cuda_components = {"cudart"},
                    .environment = {{.name = "NVIDIA_REQUIRE_CUDA", .value = "cuda>={cuda_release}"}}},
          .sources = {{"Invented profile", "https://example.org/profile"}}};
}

PackageSource expected_source() {
  const std::vector<Source> archive = {{"Invented archive", "https://example.org/archive"}};
  return {.id = "distro",
          .title = "Example's own archive",
          .origins = {"Example"},
          .suites = {"{codename}"},
          .components = {"non-free"},
          .https_prerequisites = {"ca-certificates"},
          .repositories = {},
          .prerequisites = {},
          .family = {},
          .driver_branches = {},
          .first_cuda = std::nullopt,
          .last_cuda = std::nullopt,
          .architectures = {},
          .libraries = {"gears"},
          .package_sets = {{.id = "current",
                            .module = std::nullopt,
                            .components = {{"compute", {"libexample-cuda1"}, "proprietary"}},
                            .modules = {{"proprietary", {"example-dkms"}, "example", "proprietary", "dkms", {}, {}, {}},
                                        {"open", {"example-open-dkms"}, "example", "open-source", "dkms", {}, {}, {}}},
                            .driver_versioned = {"libexample-cuda1", "example-dkms"}}},
          .drivers = {{.branch = "99",
                       .version = "99.20.02",
                       .package_version = "99.20.02-1",
                       .package_set = "current",
                       .suite = "{codename}-security",
                       .modules = {"open", "proprietary"},
                       .no_open_module = std::nullopt,
                       .architectures = {"x86_64"},
                       .end_of_support = std::nullopt,
                       .sources = archive}},
          .cuda = {{.release = "99.1",
                    .update = "99.1.0",
                    .suite = "{codename}",
                    .architectures = {"x86_64"},
                    .components = {{"cudart", {"libexample-cudart-{cuda_dash}"}, "redistributable"}},
                    .sources = archive}},
          .alternative = std::nullopt,
          .drawn_driver = std::nullopt,
          .sources = archive};
}

Distro expected_distro() {
  return {
      .id = "example-9",
      .name = "Example 9 (nine)",
      .os_id = "example",
      .version_id = "9",
      .minor_versions = false,
      .codename = "nine",
      .package_manager = "apt",
      .modularity = false,
      .hold_packages = {},
      .refuses_sha1_keys_from = std::nullopt,
      .architectures = {{"x86_64", "amd64"}},
      .end_of_life = "2029-06-30",
      .kernels = {{"-amd64",
                   "x86_64",
                   "linux-image-amd64",
                   "linux-headers-amd64",
                   "linux-headers-{kernel_release}",
                   {},
                   {},
                   {}}},
      .kernel_numbers = KernelNumbers{"series", std::nullopt, {{"Invented archive", "https://example.org/archive"}}},
      .package_sources = {expected_source()},
      .lacks = {{"example-old", {{"Invented archive", "https://example.org/archive"}}}},
      .compilers = std::nullopt,
      .not_supported = std::nullopt,
      .recognised_by = {},
      .sources = {{"Invented archive", "https://example.org/archive"}}};
}

Catalog expected_catalog() {
  return {.date = "2026-11-22",
          .digest = "",
          .architectures = expected_architectures(),
          .gpus = expected_gpus(),
          .drivers = expected_drivers(),
          .cuda = {expected_cuda()},
          .forward_compatibility = expected_forward_compatibility(),
          .profiles = {expected_profile()},
          .keys = {sample_key()},
          .families = {},
          .distros = {expected_distro()},
          .libraries = {sample_library()},
          .container_toolkit = sample_container_toolkit(),
          .fabric = sample_fabric(),
          .vgpus = {{"fe01", "0001 Invented O1-1Q\n0002 Invented O1-2Q"}}};
}

}  // namespace

TEST_CASE("whole data becomes a catalog with every field and sorted lists") {
  Catalog catalog = loaded(sample_data());
  const std::string digest = std::exchange(catalog.digest, "");
  CHECK(catalog == expected_catalog());
  CHECK(digest == sha256_hex(encode_catalog(expected_catalog())));
}

TEST_CASE("the order of the files makes no difference, not even to the digest") {
  auto files = sample_data();
  const Catalog catalog = loaded(files);
  do {
    std::rotate(files.begin(), files.begin() + 1, files.end());
    CHECK(loaded(files) == catalog);
  } while (files.front().path != "manifests/catalog.json");
  std::ranges::reverse(files);
  CHECK(loaded(files) == catalog);
}

TEST_CASE("branches and CUDA releases are sorted as versions, not as text") {
  auto files = sample_data();
  std::string text = sample_text("manifests/drivers/98.json");
  for (const std::string_view branch : {"\"branch\": \"98\"", "\"version\": \"98.10.01\""}) {
    const std::size_t at = text.find("98", text.find(branch));
    text.replace(at, 2, "101");
  }
  files.push_back({"manifests/drivers/101.json", text});
  std::vector<std::string> branches;
  for (const DriverBranch& branch : loaded(files).drivers) branches.push_back(branch.branch);
  CHECK(branches == std::vector<std::string>{"98", "99", "101"});
}

TEST_CASE("comments and JSON Schemas in the data are passed over") {
  auto files = changed_data("manifests/drivers/98.json", "\"branch\"", "\"$why\": [1], \"branch\"");
  files.push_back({"manifests/schema/driver.schema.json", "not even JSON"});
  CHECK(loaded(files) == loaded(sample_data()));
}

TEST_CASE("a catalog survives being encoded and decoded") {
  const Catalog catalog = loaded(sample_data());
  CHECK(decode_catalog(encode_catalog(catalog)) == catalog);
  CHECK(decode_catalog(encode_catalog(Catalog{})) == Catalog{});
}

TEST_CASE("a text that stands in many records is encoded once") {
  Catalog catalog = loaded(sample_data());
  const std::size_t size = encode_catalog(catalog).size();
  for (int i = 0; i < 1000; ++i) catalog.drivers.front().sources.push_back(catalog.drivers.front().sources.front());
  CHECK(encode_catalog(catalog).size() < size + 4100);
  CHECK(decode_catalog(encode_catalog(catalog)) == catalog);
}

TEST_CASE("records are found by their ids, and nothing else is") {
  const Catalog catalog = loaded(sample_data());
  CHECK(find_gpu(catalog, "fe02")->name == "Invented M2");
  CHECK(find_gpu(catalog, "fe0") == nullptr);
  CHECK(find_gpu(catalog, "ffff") == nullptr);
  CHECK(find_nvswitch(catalog, "ff01")->name == "Invented switch");
  CHECK(find_nvswitch(catalog, "fe01") == nullptr);
  CHECK(find_architecture(catalog, "Newera")->modules == ModuleSupport::open_only);
  CHECK(find_architecture(catalog, "newera") == nullptr);
  CHECK(find_branch(catalog, "99")->cuda == "99.1");
  CHECK(find_branch(catalog, "9") == nullptr);
  CHECK(find_cuda(catalog, "99.1")->release == "99.1");
  CHECK(find_cuda(catalog, "99") == nullptr);
  CHECK(find_profile(catalog, "deploy") == find_profile(catalog, "runtime-only"));
  CHECK(find_profile(catalog, "runtime") == nullptr);
  const Distro* distro = find_distro(catalog, "example-9");
  REQUIRE(distro != nullptr);
  CHECK(find_distro(catalog, "example") == nullptr);
  const PackageSource* source = find_source(*distro, "distro");
  REQUIRE(source != nullptr);
  CHECK(find_source(*distro, "vendor") == nullptr);
  CHECK(find_package_set(*source, "current")->id == "current");
  CHECK(find_package_set(*source, "") == nullptr);
  CHECK(find_library(catalog, "gears")->title == "Example gears");
  CHECK(find_library(catalog, "gear") == nullptr);
  CHECK(find_generation(catalog, "switch-9")->nvlink == "9");
  CHECK(find_fabric_board(catalog, "fe03")->id == "n3-board");
  CHECK(find_fabric_board(catalog, "fe01") == nullptr);
  CHECK(find_vgpu_device(catalog, "fe03") == nullptr);
  const VgpuDevice* device = find_vgpu_device(catalog, "fe01");
  REQUIRE(device != nullptr);
  CHECK(find_vgpu_profile(*device, "0001") == "Invented O1-1Q");
  CHECK(find_vgpu_profile(*device, "0002") == "Invented O1-2Q");
  CHECK(find_vgpu_profile(*device, "0003") == std::nullopt);
  CHECK(find_vgpu_profile(*device, "") == std::nullopt);
}
