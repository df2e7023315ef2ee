#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "closure/closure.hpp"
#include "closure/package_asker.hpp"
#include "contract/local_archive.hpp"
#include "host/posix_host.hpp"
#include "packages/apt.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

// A bare root of Debian 12 made for this test, with one-line sources.
std::string bare_root() { return std::getenv("NVPROV_CONTRACT_ROOT"); }

Distro debian() {
  Distro distro;
  distro.codename = "bookworm";
  return distro;
}

PackageSource archive_of_debian() {
  PackageSource source;
  source.id = "distro";
  source.title = "the distribution's own archive";
  source.suites = {"{codename}", "{codename}-security"};
  source.components = {"contrib", "non-free", "non-free-firmware"};
  return source;
}

// "install libcuda1 amd64 535.309.01-0+deb12u1"
std::vector<std::string> words_of(const std::vector<PackageChange>& changes) {
  std::vector<std::string> words;
  for (const PackageChange& change : changes)
    words.push_back(fmt::format("{} {} {} {}", static_cast<int>(change.action), change.name, change.architecture,
                                change.version.value_or("")));
  std::ranges::sort(words);
  return words;
}

std::vector<PackageChange> simulated_inside(const InstallPackages& step) {
  const auto inside = make_posix_host(bare_root());
  const auto updated = inside->run({update_argv(), {}}, {});
  REQUIRE(updated);
  REQUIRE(updated->exit_status == 0);
  const auto output = inside->run({simulate_argv(step), {}}, {});
  REQUIRE(output);
  REQUIRE(output->exit_status == 0);
  const auto simulation = parse_simulation(output->out);
  REQUIRE(simulation);
  return simulation->changes;
}

// The root as a host, with the whole archive of Debian 12 to take from.
struct WholeArchive {
  std::unique_ptr<Host> machine = make_posix_host("/");
  HostFacts facts;
  ConsultedRepositories repositories;
};

WholeArchive whole_archive() {
  WholeArchive archive;
  archive.facts.package_facts.architecture = "amd64";
  archive.facts.package_facts.manager = "apt";
  Diagnostics problems;
  const auto sources = archive.machine->read_file(bare_root() + "/etc/apt/sources.list");
  REQUIRE((sources && *sources));
  archive.facts.package_facts.repositories = parse_one_line_sources(**sources, "/etc/apt/sources.list", problems);
  const auto added = component_repository(archive.facts.package_facts, debian(), archive_of_debian());
  REQUIRE(added);
  archive.repositories = {archive.facts.package_facts.repositories, {*added}, {}, {}, {}};
  REQUIRE(archive.machine->write_file(bare_root() + added->path, added->content, 0644));
  return archive;
}

// What apt would do inside the root; none where it refuses.
std::optional<std::vector<std::string>> answer_of_apt(const Host& inside, const InstallPackages& step) {
  const auto output = inside.query({simulate_argv(step), {}});
  REQUIRE(output);
  if (output->exit_status != 0) return std::nullopt;
  const auto simulation = parse_simulation(output->out);
  REQUIRE(simulation);
  return words_of(simulation->changes);
}

std::optional<std::vector<std::string>> answer_of_solver(PackageAsker& asker, const WholeArchive& archive,
                                                         const InstallPackages& step) {
  const auto closure = asker.close(archive.facts, archive.repositories, {step}, {});
  REQUIRE(closure);
  if (!*closure) return std::nullopt;
  return words_of((*closure)->packages);
}

// One request a line, of packages that depend on much: alternatives, virtual packages, versions that are not there.
constexpr std::string_view requests = R"(
libcuda1
libcuda1 nvidia-smi
nvidia-smi
nvidia-driver
nvidia-kernel-dkms nvidia-driver-libs
nvidia-cuda-toolkit
nvidia-open-kernel-dkms
nvidia-persistenced
nvidia-cuda-dev
libcudart11.0
libcublas11
libnccl2
nvidia-settings
nvidia-xconfig
nvidia-tesla-470-driver
libnvidia-tesla-470-cuda1 nvidia-tesla-470-kernel-dkms
nvidia-detect
nvidia-container-toolkit
dkms
linux-headers-amd64
build-essential
docker.io
podman
ca-certificates
curl
gnupg
firmware-misc-nonfree
nvidia-vdpau-driver
vulkan-tools
nvidia-vulkan-icd
ffmpeg
libnvcuvid1 libnvidia-encode1
nvidia-cuda-gdb
nvidia-visual-profiler
python3-pycuda
hwloc
libhwloc-plugins
mesa-utils
xserver-xorg-video-nvidia
nvidia-legacy-390xx-driver
nvidia-modprobe
nvidia-suspend-common
primus
bumblebee-nvidia
nonexistent-package
libcuda1=999
apache2
default-mta
mail-transport-agent
emacs
python3-numpy
default-jdk
gcc
r-base
postgresql
systemd-sysv
openssh-server
texlive-latex-base
libcuda1 nvidia-open-kernel-dkms
nvidia-cuda-toolkit nvidia-driver docker.io
)";

InstallPackages step_of(std::string_view line) {
  InstallPackages step;
  for (const std::string& word : split_words(line)) {
    const std::vector<std::string> parts = split(word, '=');
    PackageRequest request{.name = parts.front(), .version = {}};
    if (parts.size() > 1) request.version = parts[1];
    step.packages.push_back(std::move(request));
  }
  return step;
}

}  // namespace

TEST_CASE("what apt is asked from outside is what it does inside the root", "[network]") {
  const auto machine = make_posix_host("/");
  const test::TempFolder cache;
  HostFacts facts;
  facts.package_facts.architecture = "amd64";
  Diagnostics problems;
  const auto sources = machine->read_file(bare_root() + "/etc/apt/sources.list");
  REQUIRE((sources && *sources));
  facts.package_facts.repositories = parse_one_line_sources(**sources, "/etc/apt/sources.list", problems);
  const auto added = component_repository(facts.package_facts, debian(), archive_of_debian());
  REQUIRE(added);
  const ConsultedRepositories repositories{facts.package_facts.repositories, {*added}, {}, {}, {}};
  const PrivateApt apt{cache.path() + "/cache", bare_root()};
  InstallPackages step;
  step.packages = {{"libcuda1", std::nullopt}, {"nvidia-smi", std::nullopt}, {"nvidia-kernel-dkms", std::nullopt}};

  const auto metadata = fetch_apt_metadata(*machine, apt, facts, repositories, {"libcuda1", "nvidia-smi"});
  REQUIRE(metadata);
  CHECK(metadata->offers.size() >= 2);
  const auto closure = close_apt_packages(*machine, apt, facts, repositories, {step});
  REQUIRE(closure);
  REQUIRE(*closure);
  CHECK((*closure)->packages.size() > 20);

  REQUIRE(machine->write_file(bare_root() + added->path, added->content, 0644));
  CHECK(words_of((*closure)->packages) == words_of(simulated_inside(step)));
}

TEST_CASE("the closure of sixty requests on the whole archive is the real apt's", "[network]") {
  const WholeArchive archive = whole_archive();
  const test::TempFolder cache;
  PackageAsker asker(*archive.machine, {cache.path() + "/cache", bare_root()}, make_curl_downloader());
  const auto inside = make_posix_host(bare_root());
  const auto updated = inside->run({update_argv(), {}}, {});
  REQUIRE((updated && updated->exit_status == 0));
  int asked = 0;
  for (const std::string_view line : split_lines(requests)) {
    if (line.empty()) continue;
    INFO(line);
    const InstallPackages step = step_of(line);
    CHECK(answer_of_solver(asker, archive, step) == answer_of_apt(*inside, step));
    ++asked;
  }
  CHECK(asked == 60);
}

}  // namespace nvprov
