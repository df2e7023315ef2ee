// Data of what stands beside driver and CUDA, with one fault each: what is refused when it is loaded, and what lint
// says of data that loads.
#include "catalog/catalog.hpp"
#include "catalog/lint.hpp"
#include "catalog/lint_beside.hpp"
#include "support/catch.hpp"
#include "support/show_diagnostic.hpp"
#include "support/whole_catalog.hpp"
#include "unit/catalog/sample_data.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

constexpr std::string_view gears = "manifests/libraries/gears.json";
constexpr std::string_view toolkit = "manifests/container-toolkit.json";
constexpr std::string_view fabric = "manifests/fabric.json";
constexpr std::string_view vgpu = "manifests/vgpu.json";
constexpr std::string_view example_9 = "distros/example-9.json";

// `from` becomes `to` in a file, and the one problem is at `place` of that file.
struct BesideFault {
  std::string_view file;
  std::string_view from;
  std::string_view to;
  std::string place;
  std::string message;
  std::string hint = {};
};

void check_refused(const std::vector<BesideFault>& faults) {
  for (const BesideFault& fault : faults) {
    INFO(fault.message);
    const auto result = load_catalog(changed_data(fault.file, fault.from, fault.to));
    const Diagnostics expected = {{std::string(fault.file), fault.place, fault.message, fault.hint}};
    CHECK((result ? Diagnostics{} : result.error()) == expected);
  }
}

void check_linted(const std::vector<BesideFault>& faults) {
  for (const BesideFault& fault : faults) {
    INFO(fault.message);
    const auto result = load_catalog(changed_data(fault.file, fault.from, fault.to));
    if (!result) CHECK(result.error() == Diagnostics{});
    REQUIRE(result);
    const Diagnostics expected = {{std::string(fault.file), fault.place, fault.message, fault.hint}};
    CHECK(lint_catalog(*result) == expected);
  }
}

}  // namespace

TEST_CASE("a library that does not fit itself is refused") {
  check_refused({
      {gears, R"("releases": [)",
       R"("releases": [{"version": "7.0.9", "full_version": null, "date": null, "builds_complete": false,
                        "source": ["matrix"], "builds": []},)",
       "/releases/1/version", "`7.0.0` stands after the newer 7.0.9", "list the oldest first"},
      {gears, R"("cuda_major": "98")", R"("cuda_major": "98.0")", "/cuda_majors/0/cuda_major",
       "`98.0` is not a whole number", "write digits, such as 12"},
      {gears, R"("last_release": "7.1.0", "min)", R"("last_release": "7.1.9", "min)", "/cuda_majors/0/last_release",
       "`7.1.9` is not one of the releases", "did you mean `7.1.0`?"},
      {gears, R"({cuda_major}"])", R"({cuda_mayor}"])", "/packages/1/runtime/0", "`cuda_mayor` is not a placeholder",
       "did you mean `cuda_major`?"},
      {gears, R"("manager": "deb", "first_release": "7.1.0")", R"("manager": "dpkg", "first_release": "7.1.0")",
       "/packages/1/manager", "`dpkg` is not a word known here", "known are: deb, rpm, pypi"},
      {gears, R"("architectures": ["x86_64"])", R"("architectures": "x86_64")", "/releases/0/builds/0/architectures",
       "expected a list, found a string"},
  });
}

TEST_CASE("a container toolkit that does not fit itself is refused") {
  check_refused({
      {toolkit, R"("cves": ["CVE-2026-99999"])", R"("cves": ["CVE-26-99999"])", "/security_floor/cves/0",
       "`CVE-26-99999` is not the number of a vulnerability", "write CVE-YEAR-NUMBER"},
      {toolkit, R"("cves_fixed": ["CVE-2026-99999"])", R"("cves_fixed": ["CVE-2026-99999", "2026-1"])",
       "/releases/1/cves_fixed/1", "`2026-1` is not the number of a vulnerability", "write CVE-YEAR-NUMBER"},
      {toolkit, R"("security_floor": {"version": "1.2.0")", R"("security_floor": {"version": "1.2.1")",
       "/security_floor/version", "`1.2.1` is not one of the releases", "did you mean `1.2.0`?"},
      {toolkit, R"("toolkit": "1.2.0", "source": ["notes"])", R"("toolkit": "1.2.0", "source": [])",
       "/engines/0/source", "names no source", "every record says where it was read"},
      {toolkit, R"("needed_by": ["docker"])", R"("needed_by": ["dokcer"])", "/installations/0/needed_by",
       "there is no installation `dokcer`", "did you mean `docker`?"},
      {toolkit, R"("cdi_engines": ["docker"])", R"("cdi_engines": ["dokcer"])", "/cdi_engines/0",
       "there is no installation `dokcer`", "did you mean `docker`?"},
      {toolkit, R"("drop_in": null)", R"("drop_in": "/etc/docker/drop-in")", "/installations/0/drop_in",
       "expected a path for `containerd`, `crio` and `k0s`, and for them alone", ""},
      {toolkit, R"("config": "/etc/docker/daemon.json")", R"("config": null)", "/installations/0/config",
       "expected a path where `format` is not `none`, and there alone", ""},
      {toolkit, R"("remove": ["docker", "rmi", "{image}"])", R"("remove": ["docker", "rmi", "image"])",
       "/installations/0/trial/remove", "expected `{image}` once", ""},
      {toolkit, R"("--gpus", "all", "{image}"])", R"("--gpus", "all", "{image}", "{archive}"])",
       "/installations/0/trial/starts/0/argv", "`{archive}` is not filled in here", "known are: {image}"},
      {toolkit, R"("programs": ["/usr/bin/dockerd"], "sockets": ["docker.sock"])", R"("programs": [], "sockets": [])",
       "/installations/0/programs", "expected a program or a socket that says it is there", ""},
      {toolkit, R"("format": "docker")", R"("format": "dockre")", "/installations/0/format",
       "`dockre` is not a word known here", "did you mean `docker`?"},
      {toolkit, R"("toolkit": "1.2.0")", R"("toolkit": "1.9.0")", "/engines/0/toolkit",
       "`1.9.0` is not one of the releases", "did you mean `1.1.0`?"},
      {toolkit, R"("feature": "cgroup v2", "first_release": "1.1.0")",
       R"("feature": "cgroup v2", "first_release": "1.1.9")", "/features/0/first_release",
       "`1.1.9` is not one of the releases", "did you mean `1.1.0`?"},
      {toolkit, R"("last_release": "1.2.0")", R"("last_release": "1.3.0")", "/issues/0/last_release",
       "`1.3.0` is not one of the releases", "did you mean `1.1.0`?"},
      {toolkit, R"("releases": [)",
       R"("releases": [{"version": "1.3.0", "date": null, "cves_fixed": [], "source": ["notes"]},)",
       "/releases/1/version", "`1.1.0` stands after the newer 1.3.0", "list the oldest first"},
      {toolkit, R"("cdi_packages": ["example-toolkit"])", R"("cdi_packages": ["example-tool"])", "/cdi_packages/0",
       "`example-tool` is not one of `one_version_packages`", "did you mean `example-toolkit`?"},
      {toolkit, R"("keys": ["89ABCDEF"])", R"("keys": ["89ABCDEE"])", "/offer/repositories/0/keys/0",
       "there is no key `89ABCDEE`", "did you mean `89ABCDEF`?"},
      {toolkit, R"("url": "https://example.org/toolkit/")", R"("url": "http://example.org/toolkit/")",
       "/offer/repositories/0/addresses/0/url", "`http://example.org/toolkit/` is an http address", "use https"},
  });
}

TEST_CASE("a fabric or a virtual GPU of a GPU nobody knows is refused") {
  check_refused({
      {fabric, R"("device_ids": ["fe03"])", R"("device_ids": ["fe04"])", "/boards/0/device_ids/0",
       "there is no GPU `fe04` in manifests/gpus.json", "did you mean `fe02`?"},
      {fabric, R"("device_id": "ff01")", R"("device_id": "fe01")", "/nvswitches/0/device_id",
       "`fe01` is the GPU Invented O1 in manifests/gpus.json"},
      {fabric, R"("generation": "switch-9", "role")", R"("generation": "switch-8", "role")", "/nvswitches/0/generation",
       "there is no generation `switch-8`", "did you mean `switch-9`?"},
      {fabric, R"("generation": "switch-9", "folder")", R"("generation": "switch-8", "folder")", "/marks/0/generation",
       "there is no generation `switch-8`", "did you mean `switch-9`?"},
      {fabric, R"("generation": "switch-9", "min)", R"("generation": "switch-8", "min)", "/boards/0/generation",
       "there is no generation `switch-8`", "did you mean `switch-9`?"},
      {fabric, R"("folder": "/sys)", R"("folder": "sys)", "/marks/0/folder",
       "`sys/class/example` is not an absolute path", "begin it with a slash"},
      {fabric, R"("version": "driver")", R"("version": "drivers")", "/packages/0/version",
       "`drivers` is not a word known here", "did you mean `driver`?"},
      {vgpu, R"("device_id": "fe01")", R"("device_id": "fe05")", "/devices/0/device_id",
       "there is no GPU `fe05` in manifests/gpus.json", "did you mean `fe02`?"},
      {vgpu, R"("0001 Invented O1-1Q")", R"("1 Invented O1-1Q")", "/devices/0/profiles/1",
       "`1 Invented O1-1Q` is not a virtual GPU", "write the subsystem's device id, a blank, its name"},
      {vgpu, R"("0001 Invented O1-1Q")", R"("0002 Invented O1-1Q")", "/devices/0/profiles/1", "`0002` stands twice"},
  });
}

TEST_CASE("a GPU on two boards is refused") {
  check_refused({{fabric, R"("boards": [)",
                  R"("boards": [{"id": "other", "device_ids": ["fe03"], "generation": null, "min_driver": null,
                      "source": ["guide"]},)",
                  "/boards/1/device_ids/0", "`fe03` is already on the board `other`"}});
}

TEST_CASE("lint names what a library says that cannot be") {
  check_linted({
      {gears, R"("cuda": "99.1")", R"("cuda": "99.2")", "/releases/1/builds/0/cuda",
       "there is no CUDA 99.2 in the catalog"},
      {gears, R"("cuda": "98")", R"("cuda": "97")", "/releases/0/builds/0/cuda",
       "`cuda_majors` says nothing of CUDA 97"},
      {gears, R"("first_release": "7.0.0", "last_release": "7.1.0")",
       R"("first_release": "7.1.0", "last_release": "7.1.0")", "/releases/0/builds/0/cuda",
       "`cuda_majors` says that 7.0.0 has no build for CUDA 98"},
      {gears, R"("min_driver": "99.20.02")", R"("min_driver": "100.1.1")", "/releases/1/builds/0/min_driver",
       "driver 100.1.1 belongs to no branch of the catalog"},
      {gears, R"("min_driver": "99.10.01")", R"("min_driver": "100.1.1")", "/cuda_majors/1/min_driver",
       "driver 100.1.1 belongs to no branch of the catalog"},
      {gears, R"("min_capability": "97.0")", R"("min_capability": "97.1")", "/releases/0/builds/0/min_capability",
       "no architecture has the compute capability 97.1"},
      {gears, R"(["98.0", "99.0"])", R"(["98.0", "99.5"])", "/releases/1/builds/0/compute_capabilities/1",
       "no architecture has the compute capability 99.5"},
      {gears, R"("date": "2026-01-02")", R"("date": "2027-01-02")", "/releases/0/date",
       "2027-01-02 is after the day the catalog was gathered, 2026-11-22"},
  });
}

TEST_CASE("lint names a range the wrong way round, a release without any build and one without packages") {
  check_linted({
      {gears, R"("min_capability": "97.0",
        "max_capability": "98.0")",
       R"("min_capability": "98.0", "max_capability": "97.0")", "/releases/0/builds/0/max_capability",
       "97.0 is less than the least compute capability, 98.0"},
      {gears, R"({"version": "7.1.0",)",
       R"({"version": "7.0.5", "full_version": null, "date": null, "builds_complete": true, "source": ["matrix"],
          "builds": [{"cuda": "98", "architectures": null, "min_driver": null, "min_capability": null,
                      "max_capability": null, "compute_capabilities": null}]}, {"version": "7.1.0",)",
       "/packages", "7.0.5 has no deb packages, but releases before and after have"},
      {gears, R"("full_version": null, "date": null, "builds_complete": false, "source": ["matrix"],
     "builds": [
       {"cuda": "99.1", "architectures": null, "min_driver": "99.20.02", "min_capability": null,
        "max_capability": null, "compute_capabilities": ["98.0", "99.0"]}])",
       R"("full_version": null, "date": null, "builds_complete": true, "source": ["matrix"], "builds": [])",
       "/releases/1/builds", "7.1.0 has no build at all"},
  });
}

TEST_CASE("lint names a security floor that is none, and dates and spans that cannot be") {
  check_linted({
      {toolkit, R"("security_floor": {"version": "1.2.0")", R"("security_floor": {"version": "1.1.0")",
       "/security_floor/version", "1.1.0 is older than 1.2.0, which fixes CVE-2026-99999"},
      {toolkit, R"("cves": ["CVE-2026-99999"])", R"("cves": ["CVE-2026-11111"])", "/security_floor/cves/0",
       "no release fixes CVE-2026-11111"},
      {toolkit, R"("date": "2026-02-03")", R"("date": "2027-02-03")", "/releases/0/date",
       "2027-02-03 is after the day the catalog was gathered, 2026-11-22"},
      {toolkit, R"("first_release": "1.1.0",
              "last_release": "1.2.0")",
       R"("first_release": "1.2.0", "last_release": "1.1.0")", "/issues/0/last_release",
       "the last release, 1.1.0, is older than the first, 1.2.0"},
  });
}

TEST_CASE("lint names branches of the fabric that are not there") {
  check_linted({
      {fabric, R"("last_branch": "99")", R"("last_branch": "100")", "/packages/fabric-manager",
       "there is no driver branch 100"},
      {fabric, R"("min_driver": "99.10.01")", R"("min_driver": "100.1.1")", "/boards/n3-board/min_driver",
       "driver 100.1.1 belongs to no branch of the catalog"},
  });
}

TEST_CASE("lint names what boards of racks need and a profile with a driver leaves out") {
  Catalog catalog = whole_catalog();
  for (Profile& profile : catalog.profiles) profile.host.rack_components.clear();
  Diagnostics problems;
  lint_beside(catalog, problems);
  REQUIRE(problems.size() == catalog.profiles.size());
  CHECK(problems.front().place == "/host/rack_components");
  CHECK(problems.front().message == "`imex` is missing, which hosts of nvswitch-4-rack need");
}

TEST_CASE("lint names a part of the fabric that a profile with a driver leaves out") {
  const std::string_view profile = "manifests/profiles/deploy.json";
  check_linted({
      {profile, R"("nvswitch_components": ["fabric-manager"])", R"("nvswitch_components": [])",
       "/host/nvswitch_components", "`fabric-manager` is missing, which hosts of switch-9 need"},
      {profile, R"("nvlink5_components": ["fabric-manager"])", R"("nvlink5_components": [])",
       "/host/nvlink5_components", "`fabric-manager` is missing, which hosts of switch-9 need"},
  });
}

TEST_CASE("lint names a part of the fabric that a package family does not keep at the driver's version") {
  auto catalog = load_catalog(sample_data());
  REQUIRE(catalog);
  PackageEra era;
  era.id = "all";
  era.first_branch = "98";
  era.components = {{"fabric-manager", {"example-fabricmanager"}, "proprietary"}};
  catalog->families.push_back({.id = "vendor",
                               .origins = {},
                               .https_prerequisites = {},
                               .eras = {era},
                               .cuda = {},
                               .alternative = std::nullopt,
                               .drawn_driver = std::nullopt,
                               .sources = {}});
  const Diagnostics expected = {{"manifests/packages/vendor.json", "/eras/0/driver_versioned",
                                 "`fabric-manager` must have the driver's version exactly, and is not in the list",
                                 ""}};
  CHECK(lint_catalog(*catalog) == expected);
  catalog->families[0].eras[0].driver_versioned = {"example-fabricmanager"};
  CHECK(lint_catalog(*catalog) == Diagnostics{});
}

TEST_CASE("lint names an add-on that is not kept at the driver's version, unless it is open source") {
  auto catalog = load_catalog(sample_data());
  REQUIRE(catalog);
  PackageEra era;
  era.id = "all";
  era.first_branch = "98";
  era.components = {{.component = "video", .packages = {"example-encode"}, .license = "proprietary", .part = "add-on"},
                    {.component = "desktop", .packages = {"settings"}, .license = "open-source", .part = "add-on"}};
  catalog->families.push_back({.id = "vendor",
                               .origins = {},
                               .https_prerequisites = {},
                               .eras = {era},
                               .cuda = {},
                               .alternative = {},
                               .drawn_driver = {},
                               .sources = {}});
  const Diagnostics expected = {{"manifests/packages/vendor.json", "/eras/0/driver_versioned",
                                 "`video` must have the driver's version exactly, and is not in the list", ""}};
  CHECK(lint_catalog(*catalog) == expected);
  catalog->families[0].eras[0].driver_versioned = {"example-encode"};
  CHECK(lint_catalog(*catalog) == Diagnostics{});
}

TEST_CASE("a distribution that is not supported has neither package manager nor sources; others need both") {
  check_refused({
      {example_9, R"("package_manager": "apt")", R"("package_manager": null)", "/package_manager",
       "expected a string, found null"},
      {example_9, R"("os_id": "example")", R"("os_id": null)", "/os_id", "expected a string, found null"},
      {example_9, R"("codename": "nine")", R"("codename": "nine", "not_supported": "use another tool")",
       "/package_sources", "a distribution that is not supported has package sources"},
      {example_9, R"("codename": "nine")",
       R"("codename": "nine", "recognised_by": [{"path": "etc/mark", "contains": null}])", "/recognised_by/0/path",
       "`etc/mark` is not an absolute path", "begin it with a slash"},
  });
}
