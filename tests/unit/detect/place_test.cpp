#include "detect/place.hpp"

#include "support/catch.hpp"
#include "support/tree_host.hpp"

using namespace nvprov;
using nvprov::test::TreeHost;

namespace {

constexpr const char* disk_root = "27 1 254:0 / / rw,relatime - ext4 /dev/vda1 rw\n";
constexpr const char* proc_mount = "22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw\n";

std::string overlay_root(const std::string& storage) {
  return "600 500 0:55 / / rw,relatime - overlay overlay rw,lowerdir=" + storage + "/l/AA:" + storage + "/l/BB\n";
}

Place place_of(const TreeHost& host) {
  Diagnostics diagnostics;
  const Place place = detect_place(*host.view(), diagnostics);
  CHECK(diagnostics.empty());
  return place;
}

Place place_of_mounts(const std::string& mounts) {
  TreeHost host;
  host.file("/proc/self/mountinfo", mounts);
  return place_of(host);
}

}  // namespace

TEST_CASE("mounts are read with and without optional fields, and a broken line is told") {
  Diagnostics problems;
  const std::vector<Mount> mounts = parse_mountinfo(std::string(disk_root) + proc_mount + "broken line\n", problems);
  CHECK(mounts == std::vector<Mount>{{"254:0", "/", "/", "ext4", "/dev/vda1", "rw"},
                                     {"0:21", "/", "/proc", "proc", "proc", "rw"}});
  CHECK(problems == Diagnostics{{"/proc/self/mountinfo", "line 3", "not a mount as proc(5) describes it", ""}});
}

TEST_CASE("a machine on its own disk is a host") {
  CHECK(place_of_mounts(std::string(disk_root) + proc_mount) == Place{PlaceKind::host, {}, true});
}

TEST_CASE("docker and podman containers are told by their files") {
  TreeHost docker;
  docker.file("/proc/self/mountinfo", overlay_root("/var/lib/docker/overlay2")).file("/.dockerenv", "");
  CHECK(place_of(docker) == Place{PlaceKind::container, {"/.dockerenv", "/proc/self/mountinfo: /: docker"}, true});
  TreeHost podman;
  podman.file("/proc/self/mountinfo", overlay_root("/var/lib/containers/storage/overlay"))
      .file("/run/.containerenv", "engine=\"podman-4.3.1\"\n")
      .environment("container", "podman");
  CHECK(place_of(podman) ==
        Place{PlaceKind::container,
              {"/proc/self/mountinfo: /: podman or cri-o", "/run/.containerenv", "container=podman"},
              true});
}

TEST_CASE("a BuildKit step, which has no mark file, is an image build") {
  CHECK(place_of_mounts(
            overlay_root("/var/lib/docker/overlay2") +
            "601 600 254:0 /var/lib/docker/buildkit/executor/resolv.conf /etc/resolv.conf ro - ext4 /dev/a rw\n") ==
        Place{PlaceKind::image_build,
              {"/proc/self/mountinfo: /: docker", "/proc/self/mountinfo: /etc/resolv.conf: buildkit"},
              true});
}

TEST_CASE("buildah's container is an image build, and so is kaniko's") {
  TreeHost buildah;
  buildah.file("/proc/self/mountinfo", disk_root).file("/run/.containerenv", "engine=\"buildah-1.28.2\"\n");
  CHECK(place_of(buildah) == Place{PlaceKind::image_build, {"/run/.containerenv"}, true});
  TreeHost kaniko;
  kaniko.file("/proc/self/mountinfo", disk_root).file("/kaniko/executor", "");
  CHECK(place_of(kaniko) == Place{PlaceKind::image_build, {"/kaniko/executor"}, true});
}

TEST_CASE("a container of Kubernetes is told by its cgroup, one of systemd by systemd's file") {
  TreeHost pod;
  pod.file("/proc/self/mountinfo", disk_root).file("/proc/1/cgroup", "0::/kubepods.slice/x\n");
  CHECK(place_of(pod) == Place{PlaceKind::container, {"/proc/1/cgroup: kubernetes"}, true});
  TreeHost nspawn;
  nspawn.file("/proc/self/mountinfo", disk_root).file("/run/systemd/container", "systemd-nspawn\n");
  CHECK(place_of(nspawn) == Place{PlaceKind::machine_container, {"/run/systemd/container: systemd-nspawn"}, true});
}

TEST_CASE("a container that is run like a machine is told from one of an application") {
  TreeHost nspawn;
  nspawn.file("/proc/self/mountinfo", disk_root)
      .file("/run/host/container-manager", "systemd-nspawn\n")
      .environment("container", "systemd-nspawn");
  CHECK(place_of(nspawn) ==
        Place{PlaceKind::machine_container,
              {"/run/host/container-manager: systemd-nspawn", "container=systemd-nspawn"},
              true});
  TreeHost lxc;
  lxc.file("/proc/self/mountinfo", disk_root)
      .file("/proc/1/cgroup", "0::/lxc.payload.web/init.scope\n")
      .file("/run/systemd/container", "lxc");
  CHECK(place_of(lxc) ==
        Place{PlaceKind::machine_container, {"/proc/1/cgroup: lxc", "/run/systemd/container: lxc"}, true});
  TreeHost docker_in_lxc;
  docker_in_lxc.file("/proc/self/mountinfo", disk_root)
      .file("/proc/1/cgroup", "0::/lxc.payload.web/docker/0123\n")
      .file("/.dockerenv", "");
  CHECK(place_of(docker_in_lxc) ==
        Place{PlaceKind::container, {"/.dockerenv", "/proc/1/cgroup: docker"}, true});
  TreeHost unknown;
  unknown.file("/proc/self/mountinfo", disk_root).environment("container", "a-new-one");
  CHECK(place_of(unknown) == Place{PlaceKind::container, {"container=a-new-one"}, true});
}

TEST_CASE("a virtual machine and WSL are hosts, whatever calls them a container") {
  TreeHost wsl;
  wsl.file("/proc/self/mountinfo", disk_root).file("/run/systemd/container", "wsl\n").environment("container", "wsl");
  CHECK(place_of(wsl) == Place{PlaceKind::host, {}, true});
}

TEST_CASE("an overlay root without any mark is unclear: a live system or a container") {
  CHECK(place_of_mounts(overlay_root("/run/live")) ==
        Place{PlaceKind::unclear, {"/proc/self/mountinfo: / is an overlay"}, true});
}

TEST_CASE("a chroot on a machine that is a container itself is a host's disk all the same") {
  TreeHost chroot;  // what such a process sees: mounts below its root only, the machine's variables and cgroups
  chroot.file("/proc/self/mountinfo", proc_mount)
      .file("/proc/1/cgroup", "0::/docker/0123\n")
      .environment("container", "docker");
  CHECK(place_of(chroot) == Place{PlaceKind::chroot, {"/proc/self/mountinfo: nothing is mounted at /"}, false});
  CHECK(place_of(TreeHost()) == Place{PlaceKind::chroot, {"/proc is not mounted"}, false});
}

TEST_CASE("a chroot whose folder is a mount of its own has another root than the first process") {
  TreeHost host;
  host.file("/proc/self/mountinfo", "40 27 254:0 /srv/root / rw - ext4 /dev/vda1 rw\n")
      .file("/proc/1/mountinfo", disk_root)
      .environment("container", "docker");
  CHECK(place_of(host) == Place{PlaceKind::chroot, {"/proc/1/mountinfo: the first process has another root"}, false});
  TreeHost service;  // a mount namespace of its own: other mounts, same root
  service.file("/proc/self/mountinfo", "340 300 254:0 / / rw - ext4 /dev/vda1 rw\n")
      .file("/proc/1/mountinfo", disk_root);
  CHECK(place_of(service) == Place{PlaceKind::host, {}, true});
}

TEST_CASE("a container that shares the host's processes is a container, not a chroot") {
  TreeHost host;
  host.file("/proc/self/mountinfo", overlay_root("/var/lib/docker/overlay2")).file("/proc/1/mountinfo", disk_root);
  CHECK(place_of(host) == Place{PlaceKind::container, {"/proc/self/mountinfo: /: docker"}, true});
}

TEST_CASE("in a chroot or a root folder only the marks in that root count") {
  TreeHost image;
  image.file("/proc/self/mountinfo", proc_mount).file("/.dockerenv", "");
  CHECK(place_of(image) ==
        Place{PlaceKind::image_build, {"/.dockerenv", "/proc/self/mountinfo: nothing is mounted at /"}, false});
  TreeHost mounted_image;
  mounted_image.file("/proc/self/mountinfo", "40 27 254:0 /srv/image / rw - ext4 /dev/vda1 rw\n")
      .file("/proc/1/mountinfo", disk_root)
      .file("/.dockerenv", "");
  CHECK(place_of(mounted_image) ==
        Place{PlaceKind::image_build, {"/.dockerenv", "/proc/1/mountinfo: the first process has another root"}, false});
  TreeHost disk;
  disk.rooted().file("/proc/self/mountinfo", overlay_root("/var/lib/docker")).file("/proc/1/cgroup", "0::/docker/1\n");
  CHECK(place_of(disk) == Place{PlaceKind::chroot, {"a root folder"}, false});
}
