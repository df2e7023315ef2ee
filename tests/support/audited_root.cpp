#include "support/audited_root.hpp"

#include <fmt/format.h>

#include "detect/detect.hpp"
#include "detect/owned_files.hpp"
#include "host/archive_host.hpp"
#include "lock/make_lock.hpp"
#include "support/catch.hpp"
#include "support/tar_file.hpp"
#include "support/temp_folder.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov::test {
namespace {

constexpr const char* os_release =
    "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n";
constexpr const char* agreed_version = "535.309.01-0+deb12u1";
constexpr const char* agreed_kernel = "6.1.0-56-amd64";

std::string status_of(const AuditedRoot& root) {
  std::string text;
  for (const auto& [name, package] : root.packages)
    text += fmt::format("Package: {}\nStatus: {}\nArchitecture: {}\nVersion: {}\n\n", name, package.status,
                        package.architecture, package.version);
  return text;
}

// An archive with the packages apt took from it.
std::string index_of(const AuditedRoot& root) {
  std::string text;
  for (const auto& [name, package] : root.packages)
    text += fmt::format("Package: {}\nArchitecture: {}\nVersion: {}\n\n", name, package.architecture, package.version);
  return text;
}

AuditedRoot bare_debian() {
  AuditedRoot root;
  root.files["/etc/os-release"].content = os_release;
  root.files["/usr/bin/apt-get"] = {"program", 0755};
  root.files["/etc/apt/sources.list"].content = "deb http://deb.example.org/debian bookworm main non-free\n";
  root.packages["dpkg"] = {"1.21.22"};
  root.packages["bash"] = {"5.2.15-2"};
  return root;
}

void add_driver(AuditedRoot& root) {
  for (const char* name : {"libcuda1", "nvidia-smi", "nvidia-kernel-dkms", "nvidia-kernel-support", "libnvidia-ml1",
                           "libnvidia-ptxjitcompiler1", "nvidia-alternative", "firmware-nvidia-gsp"})
    root.packages[name] = {agreed_version};
  root.packages["nvidia-persistenced"] = {"535.171.04-1~deb12u1"};
  root.files["/usr/lib/x86_64-linux-gnu/nvidia/current/libcuda.so.535.309.01"].content = "library";
  root.files["/var/lib/dpkg/info/libcuda1:amd64.list"].content =
      "/.\n/usr/lib/x86_64-linux-gnu/nvidia/current/libcuda.so.535.309.01\n";
  root.files["/usr/bin/nvidia-smi"] = {"program", 0755};
  root.files["/var/lib/dpkg/info/nvidia-smi.list"].content = "/.\n/usr/bin/nvidia-smi\n";
}

void add_kernel(AuditedRoot& root, const std::string& release) {
  root.files["/boot/vmlinuz-" + release].content = "kernel";
  root.files[fmt::format("/lib/modules/{}/modules.builtin", release)].content = "";
}

void add_module(AuditedRoot& root, const std::string& release) {
  root.files["/var/lib/dkms/nvidia-current/535.309.01/source"].content = "source";
  root.files[fmt::format("/lib/modules/{}/updates/dkms/nvidia-current.ko", release)].content = "module";
}

void add_files_of_nvprov(AuditedRoot& root) {
  root.files["/etc/apt/preferences.d/nvprov"].content =
      "Package: libcuda1\nPin: version 535.309.01-0+deb12u1\nPin-Priority: 995\n";
  root.files["/etc/apt/apt.conf.d/52nvprov-unattended-upgrades"].content =
      "Unattended-Upgrade::Package-Blacklist { \"^libcuda1$\"; };\n";
  root.files["/etc/apt/sources.list.d/nvprov-distro.list"].content =
      "deb http://deb.example.org/debian bookworm non-free-firmware\n";
  root.files["/etc/apt/keyrings/nvprov-cuda-debian12.gpg"].content =
      find_key(whole_catalog(), "F796ECB0")->armored.value();
  root.files["/etc/nvprov/ca-mirror.example.org.pem"].content = "a certificate";
  root.files["/etc/docker/daemon.json"].content =
      R"({"debug": true, "runtimes": {"nvidia": {"path": "nvidia-container-runtime", "args": []}}})";
}

}  // namespace

std::unique_ptr<HostView> AuditedRoot::view() const {
  AuditedRoot whole = *this;
  if (!packages.empty()) whole.files["/var/lib/dpkg/status"].content = status_of(*this);
  TarFile tar;
  for (const auto& [path, entry] : whole.files) tar.file(path.substr(1), entry.content, entry.mode, entry.owner);
  for (const auto& [path, entry] : folders) tar.folder(path.substr(1), entry.mode, entry.owner);
  for (const auto& [path, target] : links) tar.link(path.substr(1), target);
  const TempFolder folder;
  auto host = open_archive_host(folder.write("root.tar", tar.text()), [](std::string_view) { return true; }, {});
  REQUIRE(host);
  return std::move(*host);
}

AuditedRoot agreed_root() {
  AuditedRoot root = bare_debian();
  add_driver(root);
  add_kernel(root, agreed_kernel);
  add_module(root, agreed_kernel);
  add_files_of_nvprov(root);
  root.packages["nvidia-container-toolkit"] = {"1.19.1-1"};
  root.packages["nvidia-container-toolkit-base"] = {"1.19.1-1"};
  root.packages["libnvidia-container-tools"] = {"1.19.1-1"};
  root.packages["libnvidia-container1"] = {"1.19.1-1"};
  root.packages["libcudart11.0"] = {"11.8.89~11.8.0-5~deb12u1"};
  const std::string lists = "/var/lib/apt/lists/deb.example.org_debian_dists_bookworm_";
  root.files[lists + "InRelease"].content = "Origin: Debian\nSuite: oldstable\n";
  root.files[lists + "non-free_binary-amd64_Packages"].content = index_of(root);
  return root;
}

AuditedRoot image_root() {
  AuditedRoot root = bare_debian();
  root.files["/.dockerenv"].content = "";
  root.packages["libcudart11.0"] = {"11.8.89~11.8.0-5~deb12u1"};
  return root;
}

LookedAt look_at(const AuditedRoot& root, const std::vector<LockedFile>& locked) {
  const auto host = root.view();
  HostFacts facts = detect_host(*host, whole_catalog(), {.date = "2026-11-26", .all_origins = false});
  FileFacts files = look_at_files(*host, facts.architecture, locked);
  return {std::move(facts), std::move(files)};
}

Lockfile lock_of(const AuditedRoot& root) {
  const LookedAt seen = look_at(root, {});
  auto lock = lock_host(seen.facts, seen.files, whole_catalog(), "0.1.0", std::nullopt);
  if (!lock) FAIL(lock.error().message);
  return std::move(*lock);
}

}  // namespace nvprov::test
