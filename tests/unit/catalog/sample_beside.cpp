#include "unit/catalog/sample_beside.hpp"

namespace nvprov::test {
namespace {

constexpr std::string_view library_json = R"json({
  "schema": "nvprov.library/1",
  "sources": {"matrix": {"title": "Invented support matrix", "url": "https://example.org/gears"}},
  "id": "gears", "title": "Example gears", "source": ["matrix"],
  "cuda_majors": [
    {"cuda_major": "98", "first_release": "7.0.0", "last_release": "7.1.0", "min_driver": "98.10.01",
     "source": ["matrix"]},
    {"cuda_major": "99", "first_release": "7.1.0", "last_release": null, "min_driver": "99.10.01",
     "source": ["matrix"]}],
  "packages": [
    {"manager": "deb", "first_release": "7.0.0", "last_release": "7.0.0", "runtime": ["libgears7"],
     "development": ["libgears7-dev"], "version": "{version}-1+cuda{cuda_release}", "source": ["matrix"]},
    {"manager": "deb", "first_release": "7.1.0", "last_release": null, "runtime": ["libgears-cuda-{cuda_major}"],
     "development": [], "version": null, "source": ["matrix"]}],
  "releases": [
    {"version": "7.0.0", "full_version": "7.0.0.1", "date": "2026-01-02", "builds_complete": true,
     "source": ["matrix"], "builds": [
       {"cuda": "98", "architectures": ["x86_64"], "min_driver": null, "min_capability": "97.0",
        "max_capability": "98.0", "compute_capabilities": null}]},
    {"version": "7.1.0", "full_version": null, "date": null, "builds_complete": false, "source": ["matrix"],
     "builds": [
       {"cuda": "99.1", "architectures": null, "min_driver": "99.20.02", "min_capability": null,
        "max_capability": null, "compute_capabilities": ["98.0", "99.0"]}]}]
})json";

constexpr std::string_view toolkit_json = R"json({
  "schema": "nvprov.container-toolkit/1",
  "sources": {"notes": {"title": "Invented toolkit notes", "url": "https://example.org/toolkit"}},
  "license": "open-source",
  "one_version_packages": ["example-toolkit", "libexample-container1"], "package_version": "{version}-1",
  "cdi_packages": ["example-toolkit"], "cdi_engines": ["docker"], "brought_by": ["example-operator"],
  "offer": {"title": "Example's toolkit repository", "source": ["notes"], "repositories": [
    {"id": "example-toolkit", "kind": "apt", "addresses": [{"arch": "x86_64", "url": "https://example.org/toolkit/"}],
     "keys": ["89ABCDEF"], "key_url": null, "packages_signed": false, "metadata_signed": true,
     "third_party": false}]},
  "security_floor": {"version": "1.2.0", "cves": ["CVE-2026-99999"], "source": ["notes"]},
  "retired": {"packages": ["example-docker2"], "repositories": ["https://example.org/old/"], "source": ["notes"]},
  "installations": [{"id": "docker", "title": "Docker", "programs": ["/usr/bin/dockerd"], "sockets": ["docker.sock"], "packages": ["docker-ce"],
    "format": "docker", "config": "/etc/docker/daemon.json", "drop_in": null, "unit": "docker.service",
    "takes_changes_by": "reload", "cdi_from": "25", "cdi_default_from": null, "belongs_to": [],
    "needed_by": ["docker"], "own_toolkit": false, "advice": "example", "trial": {"import": ["docker", "import", "{archive}", "{image}"],
    "remove": ["docker", "rmi", "{image}"], "starts": [{"title": "--gpus all", "needs_runtime": true,
    "argv": ["docker", "run", "--rm", "--gpus", "all", "{image}"]}]}, "source": ["notes"]}],
  "engines": [{"engine": "docker", "feature": "CDI", "version": "25", "toolkit": "1.2.0", "source": ["notes"]}],
  "features": [{"feature": "cgroup v2", "first_release": "1.1.0", "source": ["notes"]}],
  "issues": [{"id": "lost-gpus", "text": "containers lose their GPUs", "first_release": "1.1.0",
              "last_release": "1.2.0", "workarounds": ["use CDI"], "source": ["notes"]}],
  "releases": [
    {"version": "1.1.0", "date": "2026-02-03", "cves_fixed": [], "source": ["notes"]},
    {"version": "1.2.0", "date": null, "cves_fixed": ["CVE-2026-99999"], "source": ["notes"]}]
})json";

constexpr std::string_view key_json = R"json({
  "schema": "nvprov.key/1",
  "sources": {"notes": {"title": "Invented toolkit notes", "url": "https://example.org/toolkit"}},
  "id": "89ABCDEF", "fingerprint": "0123456789ABCDEF0123456789ABCDEF89ABCDEF", "file_sha256": null, "user_id": null,
  "armored": null, "binding_digest": null, "retired": null, "replaced_by": null, "source": ["notes"]
})json";

constexpr std::string_view fabric_json = R"json({
  "schema": "nvprov.fabric/1",
  "sources": {"guide": {"title": "Invented fabric guide", "url": "https://example.org/fabric"}},
  "generations": [{"id": "switch-9", "nvlink": "9", "chip": null, "systems": ["Example rack"],
                   "components": ["fabric-manager"], "source": ["guide"]}],
  "nvswitches": [{"device_id": "ff01", "name": "Invented switch", "generation": "switch-9", "role": "switch",
                  "source": ["guide"]}],
  "marks": [{"id": "mark-9", "generation": "switch-9", "folder": "/sys/class/example", "file": "device/vpd",
             "text": "SWITCH HERE", "kernel_modules": ["example_ib"], "source": ["guide"]}],
  "boards": [{"id": "n3-board", "device_ids": ["fe03"], "generation": "switch-9", "min_driver": "99.10.01",
              "source": ["guide"]}],
  "packages": [{"component": "fabric-manager", "name": "example-fabricmanager", "version": "driver",
                "first_branch": null, "last_branch": "99", "source": ["guide"]}]
})json";

constexpr std::string_view vgpu_json = R"json({
  "schema": "nvprov.vgpu/1",
  "sources": {"table": {"title": "Invented table of names", "url": "https://example.org/vgpu"}},
  "devices": [{"device_id": "fe01", "source": ["table"], "profiles": ["0002 Invented O1-2Q", "0001 Invented O1-1Q"]}]
})json";

}  // namespace

std::vector<DataFile> sample_data_beside() {
  return {{"manifests/libraries/gears.json", std::string(library_json)},
          {"manifests/container-toolkit.json", std::string(toolkit_json)},
          {"manifests/keys/89ABCDEF.json", std::string(key_json)},
          {"manifests/fabric.json", std::string(fabric_json)},
          {"manifests/vgpu.json", std::string(vgpu_json)}};
}

CudaLibrary sample_library() {
  return {.id = "gears",
          .title = "Example gears",
          .cuda_majors = {{"98", "7.0.0", "7.1.0", "98.10.01"}, {"99", "7.1.0", std::nullopt, "99.10.01"}},
          .packages = {{.manager = "deb",
                        .first_release = "7.0.0",
                        .last_release = "7.0.0",
                        .runtime = {"libgears7"},
                        .development = {"libgears7-dev"},
                        .version = "{version}-1+cuda{cuda_release}"},
                       {.manager = "deb",
                        .first_release = "7.1.0",
                        .last_release = std::nullopt,
                        .runtime = {"libgears-cuda-{cuda_major}"},
                        .development = {},
                        .version = std::nullopt}},
          .releases = {{.version = "7.0.0",
                        .full_version = "7.0.0.1",
                        .date = "2026-01-02",
                        .builds_complete = true,
                        .builds = {{.cuda = "98",
                                    .architectures = {"x86_64"},
                                    .min_driver = std::nullopt,
                                    .min_capability = "97.0",
                                    .max_capability = "98.0",
                                    .compute_capabilities = {}}}},
                       {.version = "7.1.0",
                        .full_version = std::nullopt,
                        .date = std::nullopt,
                        .builds_complete = false,
                        .builds = {{.cuda = "99.1",
                                    .architectures = {},
                                    .min_driver = "99.20.02",
                                    .min_capability = std::nullopt,
                                    .max_capability = std::nullopt,
                                    .compute_capabilities = {"98.0", "99.0"}}}}},
          .sources = {{"Invented support matrix", "https://example.org/gears"}}};
}

ContainerToolkit sample_container_toolkit() {
  const std::vector<Source> notes = {{"Invented toolkit notes", "https://example.org/toolkit"}};
  return {
      .license = "open-source",
      .one_version_packages = {"example-toolkit", "libexample-container1"},
      .cdi_packages = {"example-toolkit"},
      .cdi_engines = {"docker"},
      .brought_by = {"example-operator"},
      .package_version = "{version}-1",
      .offer = {.title = "Example's toolkit repository",
                .repositories = {{.id = "example-toolkit",
                                  .kind = "apt",
                                  .addresses = {{.arch = "x86_64", .url = "https://example.org/toolkit/"}},
                                  .keys = {"89ABCDEF"},
                                  .key_url = std::nullopt,
                                  .packages_signed = false,
                                  .metadata_signed = true,
                                  .third_party = false}},
                .sources = notes},
      .retired = {.packages = {"example-docker2"}, .repositories = {"https://example.org/old/"}, .sources = notes},
      .security_floor = {.version = "1.2.0", .cves = {"CVE-2026-99999"}, .sources = notes},
      .installations = {{.id = "docker",
                         .title = "Docker",
                         .programs = {"/usr/bin/dockerd"},
                         .sockets = {"docker.sock"},
                         .packages = {"docker-ce"},
                         .format = "docker",
                         .config = "/etc/docker/daemon.json",
                         .drop_in = std::nullopt,
                         .unit = "docker.service",
                         .takes_changes_by = "reload",
                         .cdi_from = "25",
                         .cdi_default_from = std::nullopt,
                         .belongs_to = {},
                         .needed_by = {"docker"},
                         .own_toolkit = false,
                         .advice = "example",
                         .trial = EngineTrial{.import = {"docker", "import", "{archive}", "{image}"},
                                              .remove = {"docker", "rmi", "{image}"},
                                              .starts = {{.title = "--gpus all",
                                                          .argv = {"docker", "run", "--rm", "--gpus", "all", "{image}"},
                                                          .needs_runtime = true}}},
                         .sources = notes}},
      .engines = {{.engine = "docker", .feature = "CDI", .version = "25", .toolkit = "1.2.0", .sources = notes}},
      .features = {{.feature = "cgroup v2", .first_release = "1.1.0", .sources = notes}},
      .issues = {{.id = "lost-gpus",
                  .text = "containers lose their GPUs",
                  .first_release = "1.1.0",
                  .last_release = "1.2.0",
                  .workarounds = {"use CDI"},
                  .sources = notes}},
      .releases = {{"1.1.0", "2026-02-03", {}}, {"1.2.0", std::nullopt, {"CVE-2026-99999"}}}};
}

SigningKey sample_key() {
  return {.id = "89ABCDEF",
          .fingerprint = "0123456789ABCDEF0123456789ABCDEF89ABCDEF",
          .file_sha256 = std::nullopt,
          .user_id = std::nullopt,
          .armored = std::nullopt,
          .binding_digest = std::nullopt,
          .retired = std::nullopt,
          .replaced_by = std::nullopt,
          .sources = {{"Invented toolkit notes", "https://example.org/toolkit"}}};
}

Fabric sample_fabric() {
  const std::vector<Source> guide = {{"Invented fabric guide", "https://example.org/fabric"}};
  return {.generations = {{.id = "switch-9",
                           .nvlink = "9",
                           .chip = std::nullopt,
                           .systems = {"Example rack"},
                           .components = {"fabric-manager"},
                           .sources = guide}},
          .nvswitches = {{"ff01", "Invented switch", "switch-9", "switch"}},
          .marks = {{.id = "mark-9",
                     .generation = "switch-9",
                     .folder = "/sys/class/example",
                     .file = "device/vpd",
                     .text = "SWITCH HERE",
                     .kernel_modules = {"example_ib"},
                     .sources = guide}},
          .boards = {{.id = "n3-board",
                      .device_ids = {"fe03"},
                      .generation = "switch-9",
                      .min_driver = "99.10.01",
                      .sources = guide}},
          .packages = {{.component = "fabric-manager",
                        .name = "example-fabricmanager",
                        .version = "driver",
                        .first_branch = std::nullopt,
                        .last_branch = "99",
                        .sources = guide}}};
}

}  // namespace nvprov::test
