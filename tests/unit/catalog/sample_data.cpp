#include "unit/catalog/sample_data.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "unit/catalog/sample_beside.hpp"

namespace nvprov::test {
namespace {

constexpr std::string_view catalog_json = R"json({"schema": "nvprov.catalog/1", "date": "2026-11-22"})json";

constexpr std::string_view gpus_json = R"json({
  "schema": "nvprov.gpus/1",
  "sources": {"table": {"title": "Invented table of GPUs", "url": "https://example.org/gpus"}},
  "architectures": [
    {"name": "Oldera", "compute_capabilities": ["97.0", "97.5"], "first_driver_branch": "90",
     "last_driver_branch": "98", "modules": "proprietary_only", "source": ["table"]},
    {"name": "Midera", "compute_capabilities": ["98.0"], "first_driver_branch": "97",
     "last_driver_branch": null, "modules": "either", "source": ["table"]},
    {"name": "Newera", "compute_capabilities": ["99.0"], "first_driver_branch": "99",
     "last_driver_branch": null, "modules": "open_only", "source": ["table"]}
  ],
  "gpus": [
    {"device_id": "fe02", "name": "Invented M2", "architecture": "Midera", "compute_capability": "98.0",
     "first_driver_branch": null, "modules": null, "source": ["table"]},
    {"device_id": "fe01", "name": "Invented O1", "architecture": "Oldera", "compute_capability": null,
     "first_driver_branch": null, "modules": null, "source": ["table"]},
    {"device_id": "fe03", "name": "Invented N3", "architecture": "Newera", "compute_capability": "99.0",
     "first_driver_branch": "99", "modules": null, "source": ["table"]}
  ]
})json";

constexpr std::string_view driver_98_json = R"json({
  "schema": "nvprov.driver/1",
  "sources": {"notes": {"title": "Invented release notes", "url": "https://example.org/98"}},
  "branch": "98", "type": "legacy", "cuda": "98.9", "end_of_life": "2026-01-31",
  "oldest_architecture": "Oldera", "newest_architecture": "Midera",
  "has_proprietary_module": true, "has_open_module": false, "source": ["notes"],
  "kernels": {"oldest": null, "breaks": [], "builds": []}, "security_floor": null,
  "releases": [{"version": "98.10.01", "date": null, "source": ["notes"]}]
})json";

constexpr std::string_view driver_99_json = R"json({
  "schema": "nvprov.driver/1",
  "sources": {"notes": {"title": "Invented release notes", "url": "https://example.org/99"}},
  "branch": "99", "type": "production", "cuda": "99.1", "end_of_life": null,
  "oldest_architecture": "Midera", "newest_architecture": "Newera",
  "has_proprietary_module": true, "has_open_module": true, "source": ["notes"],
  "releases": [
    {"version": "99.10.01", "date": "2026-05-04", "source": ["notes"]},
    {"version": "99.20.02", "date": null, "source": ["notes"]}
  ],
  "kernels": {
    "oldest": {"kernel": "4.15", "source": ["notes"]},
    "breaks": [{"first_kernel": "96.1", "last_kernel": null, "distro": null, "modules": ["proprietary"],
                "fixed_in": null, "last_failing": null, "source": ["notes"]}],
    "builds": []
  },
  "security_floor": {"release": "99.20.02", "bulletin": "9901", "date": "2026-06-01", "source": ["notes"]}
})json";

constexpr std::string_view cuda_json = R"json({
  "schema": "nvprov.cuda/1",
  "sources": {"table": {"title": "Invented CUDA table", "url": "https://example.org/cuda"}},
  "release": "99.1", "minor_compat_min_driver": "99.10.01", "compute_capabilities": ["98.0", "99.0"],
  "meta_packages": {"pull_driver": true, "source": ["table"]},
  "host_compilers": [{"compiler": "gcc", "oldest": "6", "newest": "13", "source": ["table"]}],
  "source": ["table"],
  "updates": [{"version": "99.1.0", "min_driver": "99.10.01", "date": "2026-05-04", "bundled_driver": null,
    "architectures": ["x86_64"], "source": ["table"],
    "components": {"complete": false, "versions": {"cuda_nvcc": "99.1.7", "cuda_cudart": "99.1.5"}}}]
})json";

constexpr std::string_view forward_compatibility_json = R"json({
  "schema": "nvprov.forward-compatibility/1",
  "sources": {"matrix": {"title": "Invented matrix", "url": "https://example.org/compat"}},
  "package": "example-compat-{cuda_dash}", "directory": "/opt/cuda-{cuda_release}/compat", "source": ["matrix"],
  "releases": [],
  "gpu_classes": [{"id": "data-center", "title": "Invented boards", "eligible": "all",
                   "name_words": ["Invented"], "source": ["matrix"]}],
  "bases": [{"cuda_major": "99", "first_branch": "90", "source": ["matrix"]}],
  "features": [{"feature": "interop", "works": false, "condition": null, "source": ["matrix"]}],
  "errors": [{"name": "INVENTED_ERROR", "code": 803, "meaning": "it does not fit", "source": ["matrix"]}]
})json";

// What supported_data() puts in.
constexpr std::string_view breaks_json = R"json("breaks": [
      {"first_kernel": "96.1", "last_kernel": null, "distro": null, "modules": ["open"], "fixed_in": "99.20.02",
       "last_failing": null, "source": ["notes"]},
      {"first_kernel": "95.14.0-687", "last_kernel": "95.14.0-700", "distro": "example-9",
       "modules": ["open", "proprietary"], "fixed_in": null, "last_failing": "99.10.01", "source": ["notes"]},)json";
constexpr std::string_view builds_json = R"json("builds": [
      {"driver": "99.20.02", "package_version": "99.20.02-1", "origin": "Example", "last_kernel": "96.2",
       "modules": ["open"], "source": ["notes"]}])json";
constexpr std::string_view compat_json = R"json("releases": [
      {"cuda": "99.1", "libraries_branch": "99", "works_over": ["98"], "not_needed_on": ["99"],
       "does_not_work_over": ["96"], "source": ["matrix"]}])json";

constexpr std::string_view profile_json = R"json({
  "schema": "nvprov.profile/1",
  "sources": {"words": {"title": "Invented profile", "url": "https://example.org/profile"}},
  "id": "deploy", "aliases": ["runtime-only"], "title": "Run programs", "exact_cuda": true, "source": ["words"],
  "host": {"driver": true, "driver_components": ["compute"], "nvswitch_components": ["fabric-manager"],
           "nvlink5_components": ["fabric-manager"],
           "rack_components": ["fabric-manager"],
           "cuda_components": ["cudart"]},
  "image": {"driver": false, "driver_components": [], "nvswitch_components": [], "cuda_components": ["cudart"],
    "environment": [{"name": "NVIDIA_REQUIRE_CUDA", "value": "cuda>={cuda_release}"}]}
})json";

constexpr std::string_view distro_json = R"json({
  "schema": "nvprov.distro/1",
  "sources": {"archive": {"title": "Invented archive", "url": "https://example.org/archive"}},
  "id": "example-9", "name": "Example 9 (nine)", "os_id": "example", "version_id": "9", "codename": "nine",
  "package_manager": "apt", "end_of_life": "2029-06-30", "source": ["archive"],
  "architectures": [{"arch": "x86_64", "package_arch": "amd64"}],
  "kernels": [{"release_suffix": "-amd64", "architecture": "x86_64", "image_package": "linux-image-amd64",
               "headers_package": "linux-headers-amd64",
               "exact_headers_package": "linux-headers-{kernel_release}"}],
  "kernel_numbers": {"tell": "series", "kernels_of": null, "source": ["archive"]},
  "lacks": [{"package": "example-old", "source": ["archive"]}],
  "package_sources": [{
    "id": "distro", "title": "Example's own archive", "libraries": ["gears"], "origins": ["Example"], "suites": ["{codename}"],
    "components": ["non-free"], "https_prerequisites": ["ca-certificates"], "source": ["archive"],
    "package_sets": [{
      "id": "current",
      "components": [{"component": "compute", "packages": ["libexample-cuda1"], "license": "proprietary"}],
      "modules": [
        {"flavour": "proprietary", "packages": ["example-dkms"], "module_name": "example", "license": "proprietary"},
        {"flavour": "open", "packages": ["example-open-dkms"], "module_name": "example", "license": "open-source"}],
      "driver_versioned": ["libexample-cuda1", "example-dkms"]}],
    "drivers": [{"branch": "99", "version": "99.20.02", "package_version": "99.20.02-1", "package_set": "current",
                 "suite": "{codename}-security", "modules": ["open", "proprietary"], "architectures": ["x86_64"],
                 "no_open_module": null, "end_of_support": null, "source": ["archive"]}],
    "cuda": [{"release": "99.1", "update": "99.1.0", "suite": "{codename}", "architectures": ["x86_64"],
              "source": ["archive"],
              "components": [{"component": "cudart", "packages": ["libexample-cudart-{cuda_dash}"],
                              "license": "redistributable"}]}]
  }]
})json";

}  // namespace

std::vector<DataFile> sample_data() {
  std::vector<DataFile> files = sample_data_beside();
  const std::vector<DataFile> others = {
      {"manifests/catalog.json", std::string(catalog_json)},
      {"manifests/gpus.json", std::string(gpus_json)},
      {"manifests/drivers/98.json", std::string(driver_98_json)},
      {"manifests/drivers/99.json", std::string(driver_99_json)},
      {"manifests/cuda/99.1.json", std::string(cuda_json)},
      {"manifests/forward_compatibility.json", std::string(forward_compatibility_json)},
      {"manifests/profiles/deploy.json", std::string(profile_json)},
      {"distros/example-9.json", std::string(distro_json)}};
  files.insert(files.end(), others.begin(), others.end());
  return files;
}

std::string sample_text(std::string_view path) {
  const auto files = sample_data();
  const auto file = std::ranges::find(files, path, &DataFile::path);
  REQUIRE(file != files.end());
  return file->text;
}

std::vector<DataFile> changed(std::vector<DataFile> files, std::string_view path, std::string_view from,
                              std::string_view to) {
  const auto file = std::ranges::find(files, path, &DataFile::path);
  REQUIRE(file != files.end());
  const std::size_t at = file->text.find(from);
  CAPTURE(from);
  REQUIRE(at != std::string::npos);
  file->text.replace(at, from.size(), to);
  return files;
}

std::vector<DataFile> changed_data(std::string_view path, std::string_view from, std::string_view to) {
  return changed(sample_data(), path, from, to);
}

std::vector<DataFile> supported_data() {
  auto files = changed(sample_data(), "manifests/drivers/99.json", R"("breaks": [)", breaks_json);
  files = changed(std::move(files), "manifests/drivers/99.json", R"("builds": [])", builds_json);
  files = changed(std::move(files), "manifests/cuda/99.1.json", R"("bundled_driver": null)",
                  R"("bundled_driver": "99.20.02")");
  return changed(std::move(files), "manifests/forward_compatibility.json", R"("releases": [])", compat_json);
}

}  // namespace nvprov::test
