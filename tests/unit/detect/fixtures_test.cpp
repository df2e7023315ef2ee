#include <algorithm>
#include <filesystem>

#include "catalog/catalog.hpp"
#include "detect/detect.hpp"
#include "host/recording_host.hpp"
#include "model/facts_json.hpp"
#include "resolve/resolve.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

namespace fs = std::filesystem;

const DetectOptions options{.date = "2026-11-22"};

std::vector<std::string> host_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(NVPROV_SOURCE_DIR) / "tests/hosts"))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::unique_ptr<HostView> fixture(const std::string& name) {
  auto host = load_recording((fs::path(NVPROV_SOURCE_DIR) / "tests/hosts" / name).string());
  INFO(name);
  REQUIRE(host);
  return std::move(*host);
}

HostFacts facts_of(const std::string& name) { return detect_host(*fixture(name), whole_catalog(), options); }

}  // namespace

TEST_CASE("each fixture host gives its golden facts") {
  for (const std::string& name : host_names())
    check_golden("hosts/" + name + ".facts.json", format_json(facts_to_json(facts_of(name))));
}

TEST_CASE("each fixture host's facts come back from JSON as they were") {
  for (const std::string& name : host_names()) {
    INFO(name);
    const HostFacts facts = facts_of(name);
    CHECK((facts_from_json(format_json(facts_to_json(facts)), name).value() == facts));
  }
}

TEST_CASE("a recording of a fixture host gives the facts of that host") {
  const Catalog& catalog = whole_catalog();
  for (const std::string& name : host_names()) {
    INFO(name);
    const auto host = fixture(name);
    const auto recorder = make_recording_host(*host);
    const HostFacts facts = detect_host(view_of(*recorder), catalog, options);
    const TempFolder place;
    REQUIRE(save_recording(*recorder, place.path()));
    const auto loaded = load_recording(place.path());
    REQUIRE(loaded);
    CHECK((detect_host(**loaded, catalog, options) == facts));
  }
}

TEST_CASE("a chroot on a build machine with a GPU knows nothing of that machine") {
  const HostFacts facts = facts_of("chroot");
  CHECK(facts.environment.place == PlaceKind::chroot);
  CHECK(facts.kernel.running == std::nullopt);
  CHECK(facts.gpus.empty());
  CHECK(facts.architecture == "x86_64");
  for (const char* fact : {"kernel.running", "gpus", "nvswitches", "driver.loaded", "driver.nouveau_loaded",
                           "secure_boot", "environment.reboot_pending"}) {
    INFO(fact);
    CHECK(could_not_look(facts, fact));
  }
}

TEST_CASE("what a real container with a real GPU shows is what nvidia-smi says of it") {
  const HostFacts facts = facts_of("ubuntu2404-cuda-devel-h200");
  REQUIRE(facts.gpus.size() == 1);
  CHECK(facts.gpus[0].name == "NVIDIA H200");
  CHECK(facts.gpus[0].compute_capability == "9.0");
  CHECK(facts.gpus[0].device_id == "2335");
  CHECK(facts.gpus[0].subsystem_device_id == "18bf");
  REQUIRE(facts.driver.loaded);
  CHECK(facts.driver.loaded->version == "580.159.04");
  CHECK(facts.driver.loaded->flavour == "open");
  CHECK(facts.driver.library_version == "580.159.04");
  CHECK(facts.cuda_toolkits == std::vector<CudaToolkit>{{"/usr/local/cuda-13.0", "13.0"}});
}

TEST_CASE("a plain host was looked at completely") {
  CHECK(facts_of("debian12-t4").diagnostics.empty());
  CHECK(facts_of("debian13-l4").diagnostics.empty());
  CHECK(facts_of("debian12-no-gpu").diagnostics.empty());
}

TEST_CASE("a place in which an image is built, or a container of an application, takes an image's libraries") {
  for (const char* name :
       {"docker-classic-build", "docker-buildkit-build", "buildah-chroot-build", "buildah-oci-build", "kaniko-build",
        "podman-container", "docker-container", "buildkit-container", "ubuntu2404-cuda-devel-h200"}) {
    INFO(name);
    const auto target = decide_target(facts_of(name), Request{});
    REQUIRE(target);
    CHECK(*target == Target::image);
  }
}

TEST_CASE("a container that is run like a machine is neither taken for a host nor for an image") {
  for (const char* name : {"lxc-container", "nspawn-container"}) {
    INFO(name);
    const auto target = decide_target(facts_of(name), Request{});
    REQUIRE(!target);
    CHECK(target.error().kind == ErrorKind::usage);
    CHECK(target.error().hints == std::vector<std::string>{"say which with `--target host` or `--target image`"});
  }
}
