#include "solver/apt_pins.hpp"

#include "support/catch.hpp"

namespace nvprov {
namespace {

const SuiteFacts stable = {.site = "mirror.example.org",
                           .origin = "Debian",
                           .label = "Debian",
                           .suite = "stable",
                           .codename = "bookworm",
                           .version = "12.11",
                           .component = "main",
                           .architecture = "amd64"};
const SuiteFacts backports = {.site = "mirror.example.org",
                              .origin = "Debian",
                              .label = "Debian Backports",
                              .suite = "stable-backports",
                              .codename = "bookworm-backports",
                              .version = "",
                              .component = "main",
                              .architecture = "amd64",
                              .not_automatic = true,
                              .but_automatic_upgrades = true};
const SuiteFacts vendor = {.site = "gpu.example.org",
                           .origin = "NVIDIA",
                           .label = "NVIDIA CUDA",
                           .suite = "",
                           .codename = "",
                           .version = "",
                           .component = "",
                           .architecture = "amd64"};

PackagePin pin(std::string packages, std::string what, std::string priority) {
  return {.file = "/etc/apt/preferences",
          .line = 1,
          .packages = std::move(packages),
          .pin = std::move(what),
          .priority = std::move(priority)};
}

// Newest first, as a package has them: 99.9 of the vendor, 99.1 of backports, 98 of the release.
const std::vector<DebVersion> versions = {{"99.9-1", {&vendor}}, {"99.1-1~bpo12+1", {&backports}}, {"98-1", {&stable}}};

std::string taken(const std::vector<PackagePin>& pins, std::vector<DebVersion> of = versions,
                  const std::string& default_release = {}) {
  const AptPins table(pins, default_release);
  const DebVersion* candidate = table.candidate("libgpu1", of);
  return candidate == nullptr ? "none" : std::string(candidate->version);
}

}  // namespace

TEST_CASE("without pins the newest version counts, but no backport") {
  CHECK(taken({}) == "99.9-1");
  CHECK(taken({}, {versions[1], versions[2]}) == "98-1");
}

TEST_CASE("an installed backport is upgraded from backports") {
  std::vector<DebVersion> of = {versions[1], {"98.5-1~bpo12+1", {}, true}, versions[2]};
  CHECK(taken({}, of) == "99.1-1~bpo12+1");
}

TEST_CASE("a pin by name and version counts before one for everything") {
  CHECK(taken({pin("*", "release o=NVIDIA", "600"), pin("libgpu1", "version 98*", "1001")}) == "98-1");
  CHECK(taken({pin("libgpu*", "version 98-1", "700")}) == "98-1");
  CHECK(taken({pin("/^libgpu/", "version 98-1", "700")}) == "98-1");
  CHECK(taken({pin("libother", "version 98-1", "700")}) == "99.9-1");
}

TEST_CASE("pins by release and by site choose among sources") {
  CHECK(taken({pin("*", "release n=bookworm", "600")}) == "98-1");
  CHECK(taken({pin("*", "release a=stable-backports", "600")}) == "99.1-1~bpo12+1");
  CHECK(taken({pin("*", "release bookworm-backports", "600")}) == "99.1-1~bpo12+1");
  CHECK(taken({pin("*", "release o=Debian,l=Debian Backports", "600")}) == "99.1-1~bpo12+1");
  CHECK(taken({pin("*", "release v=12*", "600")}) == "98-1");
  CHECK(taken({pin("*", R"(origin "mirror.example.org")", "600")}) == "99.1-1~bpo12+1");
  CHECK(taken({pin("*", R"(origin "gpu.example.org")", "-1")}) == "98-1");
}

TEST_CASE("the first pin that fits decides") {
  CHECK(taken({pin("*", "release l=Debian", "600"), pin("*", "release l=Debian", "100")}) == "98-1");
}

TEST_CASE("the default release counts before others") { CHECK(taken({}, versions, "bookworm") == "98-1"); }

TEST_CASE("an older version than the installed one is taken from priority 1000 on only") {
  std::vector<DebVersion> of = {{"99.5-1", {}, true}, versions[2]};
  CHECK(taken({pin("libgpu1", "version 98-1", "999")}, of) == "99.5-1");
  CHECK(taken({pin("libgpu1", "version 98-1", "1000")}, of) == "98-1");
}

TEST_CASE("a version nobody may have is no candidate") {
  CHECK(taken({pin("libgpu1", "release o=NVIDIA", "-10"), pin("libgpu1", "release o=Debian", "-10")}) == "none");
}

TEST_CASE("a pin that says nothing apt understands counts for nothing") {
  CHECK(taken({pin("libgpu1", "version 98-1", "many"), pin("libgpu1", "colour blue", "1001")}) == "99.9-1");
}

}  // namespace nvprov
