#include "cli/engine_setup.hpp"

#include "model/words.hpp"
#include "support/catch.hpp"
#include "support/tree_host.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov {
namespace {

using test::TreeHost;

// What systemd leaves of a unit that runs.
constexpr const char* docker_runs = "/run/systemd/units/invocation:docker.service";

HostFacts running_host() {
  HostFacts facts;
  facts.origin = "live";
  facts.environment.place = PlaceKind::host;
  return facts;
}

EngineChoice chosen(const std::string& id, std::optional<std::string> version, CdiSupport cdi) {
  return {.id = id, .title = id, .version = std::move(version), .package = std::nullopt, .cdi = cdi};
}

Result<EngineSetup> set_up(const TreeHost& host, const EngineChoice& choice, const HostFacts& facts = running_host(),
                           const Request& request = {}) {
  Resolution resolution;
  resolution.engines = {choice};
  return engine_setup(*host.view(), {facts, *whole_catalog().container_toolkit, request, resolution});
}

std::vector<std::string> kinds(const std::vector<Notice>& notices) {
  std::vector<std::string> words;
  for (const Notice& notice : notices) words.emplace_back(to_word(notice.kind));
  return words;
}

const EngineChoice docker_26 = chosen("docker", "26.1.5", CdiSupport::switched_on);
const EngineChoice containerd_1_7 = chosen("containerd", "1.7.24", CdiSupport::switched_on);

}  // namespace

TEST_CASE("an engine's file keeps what is in it, and a link to it stays a link") {
  TreeHost host;
  host.file("/srv/docker.json", "{\n  \"debug\": true\n}\n").link("/etc/docker/daemon.json", "../../srv/docker.json");
  const auto setup = set_up(host, docker_26);
  REQUIRE(setup.has_value());
  REQUIRE(setup->files.size() == 1);
  const ConfigureContainerEngine& step = setup->files.front();
  CHECK(step.path == "/srv/docker.json");
  CHECK(step.former == "{\n  \"debug\": true\n}\n");
  CHECK(step.backup == "/srv/docker.json.nvprov-saved");
  CHECK(step.purpose == "NVIDIA's runtime and CDI devices");
  CHECK(step.content.starts_with("{\n  \"debug\": true,\n"));
  CHECK(kinds(setup->notices) == std::vector<std::string>{"engine-cdi-later"});
  CHECK(setup->services.empty());  // it does not run

  host.file("/srv/docker.json", step.content);
  const auto again = set_up(host, docker_26);
  REQUIRE(again.has_value());
  CHECK(*again == EngineSetup{});
}

TEST_CASE("an engine's file that is no JSON is refused, with its place") {
  TreeHost host;
  host.file("/etc/docker/daemon.json", "{\n  broken\n}\n");
  const auto setup = set_up(host, docker_26);
  REQUIRE_FALSE(setup.has_value());
  CHECK(setup.error().kind == ErrorKind::refused);
  CHECK(setup.error().message.find("line 2") != std::string::npos);
  CHECK(setup.error().context == std::vector<std::string>{"adding the runtime to /etc/docker/daemon.json of docker"});
}

TEST_CASE("an engine's file that cannot be read is refused") {
  TreeHost host;
  host.file("/etc/docker/daemon.json", "{}").unreadable("/etc/docker/daemon.json");
  const auto setup = set_up(host, docker_26);
  REQUIRE_FALSE(setup.has_value());
  CHECK(setup.error().kind == ErrorKind::refused);
}

TEST_CASE("links that lead round in a circle are refused") {
  TreeHost host;
  host.link("/etc/docker/daemon.json", "other.json").link("/etc/docker/other.json", "daemon.json");
  const auto setup = set_up(host, docker_26);
  REQUIRE_FALSE(setup.has_value());
  CHECK(setup.error().kind == ErrorKind::refused);
}

TEST_CASE("k0s gets a drop-in of its own file's version, and its own file stays") {
  const EngineChoice k0s = chosen("k0s", std::nullopt, CdiSupport::unknown);
  for (const auto& [version, plugin] :
       {std::pair("2", "io.containerd.grpc.v1.cri"), std::pair("3", "io.containerd.cri.v1.runtime")}) {
    TreeHost host;
    host.file("/etc/k0s/containerd.toml", std::string("# k0s_managed=true\n# This is a placeholder\nversion = ") +
                                              version + "\nimports = [\n\t\"/run/k0s/containerd-cri.toml\",\n]\n");
    const auto setup = set_up(host, k0s);
    REQUIRE(setup.has_value());
    REQUIRE(setup->files.size() == 1);
    CHECK(setup->files.front().path == "/etc/k0s/containerd.d/nvidia.toml");
    CHECK(setup->files.front().content ==
          std::string("version = ") + version + "\n\n[plugins.\"" + plugin +
              "\".containerd.runtimes.nvidia]\nruntime_type = \"io.containerd.runc.v2\"\n"
              "privileged_without_host_devices = false\n\n[plugins.\"" +
              plugin + "\".containerd.runtimes.nvidia.options]\nBinaryName = \"/usr/bin/nvidia-container-runtime\"\n");
    CHECK(setup->services.empty());

    host.file(setup->files.front().path, setup->files.front().content);
    const auto again = set_up(host, k0s);
    REQUIRE(again.has_value());
    CHECK(*again == EngineSetup{});
  }
}

TEST_CASE("where k0s does not read drop-ins, none is written") {
  const EngineChoice k0s = chosen("k0s", std::nullopt, CdiSupport::unknown);
  TreeHost none;
  TreeHost own;
  own.file("/etc/k0s/containerd.toml", "version = 3\n");
  for (const TreeHost* host : {&none, &own}) {
    const auto setup = set_up(*host, k0s);
    REQUIRE(setup.has_value());
    CHECK(setup->files.empty());
    CHECK(kinds(setup->notices) == std::vector<std::string>{"engine-file-not-its-own"});
  }
  TreeHost broken;
  broken.file("/etc/k0s/containerd.toml", "# k0s_managed=true\nversion = \n");
  CHECK_FALSE(set_up(broken, k0s).has_value());
}

TEST_CASE("an engine that runs is told of its new settings") {
  TreeHost host;
  host.link(docker_runs, "0123456789abcdef");
  const auto setup = set_up(host, docker_26);
  REQUIRE(setup.has_value());
  REQUIRE(setup->services.size() == 1);
  CHECK(setup->services.front().unit == "docker.service");
  CHECK(setup->services.front().action == ServiceAction::reload);
  CHECK(setup->blockers.empty());
}

TEST_CASE("an engine of another machine is not told of anything") {
  TreeHost host;
  host.link(docker_runs, "0123456789abcdef");
  HostFacts chroot = running_host();
  chroot.environment.place = PlaceKind::chroot;
  CHECK(set_up(host, docker_26, chroot).value_or(EngineSetup{}).services.empty());
  HostFacts disk = running_host();
  disk.origin = "root";
  CHECK(set_up(host, docker_26, disk).value_or(EngineSetup{}).services.empty());
}

TEST_CASE("telling an engine of its new settings can be left to the user") {
  TreeHost host;
  host.link(docker_runs, "0123456789abcdef");
  Request request;
  request.restart_engines = false;
  const auto setup = set_up(host, docker_26, running_host(), request);
  REQUIRE(setup.has_value());
  CHECK(setup->services.empty());
  CHECK(kinds(setup->notices) == std::vector<std::string>{"engine-cdi-later", "engine-by-hand"});
  CHECK(setup->notices.back().other == "systemctl reload docker.service");
}

TEST_CASE("an engine that must be restarted wants that agreed to") {
  TreeHost host;
  host.link("/run/systemd/units/invocation:containerd.service", "0123456789abcdef");
  const auto setup = set_up(host, containerd_1_7);
  REQUIRE(setup.has_value());
  REQUIRE(setup->services.size() == 1);
  CHECK(setup->services.front().action == ServiceAction::restart);
  REQUIRE(setup->blockers.size() == 1);
  CHECK(setup->blockers.front().reason == ConflictReason::engine_needs_restart);
}

TEST_CASE("an engine that comes with the plan reads its settings once it runs") {
  TreeHost host;
  EngineChoice fresh = docker_26;
  fresh.package = "docker.io";
  const auto setup = set_up(host, fresh);
  REQUIRE(setup.has_value());
  CHECK(setup->services.size() == 1);
}

TEST_CASE("the runtime of another path stays") {
  TreeHost host;
  host.file(
      "/etc/docker/daemon.json",
      "{\"features\": {\"cdi\": true}, \"runtimes\": {\"nvidia\": {\"path\": \"/opt/bin/nvidia-container-runtime\"}}}");
  const auto setup = set_up(host, docker_26);
  REQUIRE(setup.has_value());
  CHECK(setup->files.empty());
  CHECK(kinds(setup->notices) == std::vector<std::string>{"engine-runtime-kept"});
}

TEST_CASE("containerd's drop-in is written before the main file that imports it") {
  TreeHost host;
  host.file("/etc/containerd/config.toml", "version = 3\n");
  const auto setup = set_up(host, chosen("containerd", "2.1.9", CdiSupport::by_default));
  REQUIRE(setup.has_value());
  REQUIRE(setup->files.size() == 2);
  CHECK(setup->files[0].path == "/etc/containerd/conf.d/99-nvidia.toml");
  CHECK_FALSE(setup->files[0].former.has_value());
  CHECK(setup->files[0].backup.empty());
  CHECK(setup->files[1].path == "/etc/containerd/config.toml");
}

TEST_CASE("a file imported by an older containerd that would hide the runtime is named") {
  TreeHost host;
  host.file("/etc/containerd/config.toml", "version = 2\nimports = [\"conf.d/*.toml\"]\n")
      .file("/etc/containerd/conf.d/10-other.toml", "version = 2\n[grpc]\nuid = 0\n")
      .file("/etc/containerd/conf.d/20-cri.toml",
            "version = 2\n[plugins.\"io.containerd.grpc.v1.cri\"]\nsandbox_image = \"pause\"\n");
  const auto setup = set_up(host, containerd_1_7);
  REQUIRE_FALSE(setup.has_value());
  CHECK(setup.error().kind == ErrorKind::refused);
  CHECK(setup.error().message.starts_with("/etc/containerd/conf.d/20-cri.toml "));
}

TEST_CASE("containerd as Docker's package leaves it is said to have no part for Kubernetes") {
  TreeHost host;
  host.file("/etc/containerd/config.toml", "disabled_plugins = [\"cri\"]\n");
  const auto setup = set_up(host, containerd_1_7);
  REQUIRE(setup.has_value());
  CHECK(kinds(setup->notices) == std::vector<std::string>{"engine-cri-off"});
}

TEST_CASE("CRI-O gets a file of its own, made with what the others say") {
  TreeHost host;
  host.file("/etc/crio/crio.conf", "[crio.runtime]\ndefault_runtime = \"crun\"\n")
      .file("/etc/crio/crio.conf.d/10-crun.conf", "[crio.runtime.runtimes.crun]\nruntime_path = \"/usr/bin/crun\"\n");
  const auto setup = set_up(host, chosen("cri-o", std::nullopt, CdiSupport::unknown));
  REQUIRE(setup.has_value());
  REQUIRE(setup->files.size() == 1);
  CHECK(setup->files.front().path == "/etc/crio/crio.conf.d/99-nvidia.toml");
  CHECK(setup->files.front().content.find("nvidia-container-runtime") != std::string::npos);
}

TEST_CASE("files of a host that is not here are not guessed at") {
  TreeHost host;
  HostFacts elsewhere = running_host();
  elsewhere.origin = "file";
  const auto setup = set_up(host, docker_26, elsewhere);
  REQUIRE(setup.has_value());
  CHECK(setup->files.empty());
  CHECK(kinds(setup->notices) == std::vector<std::string>{"engine-unread"});
}

TEST_CASE("an engine without settings of ours has no file") {
  TreeHost host;
  CHECK(set_up(host, chosen("podman", "4.3.1", CdiSupport::by_default)).value() == EngineSetup{});
}

}  // namespace nvprov
