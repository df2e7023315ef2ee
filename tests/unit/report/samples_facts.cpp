#include "unit/report/samples.hpp"

namespace nvprov::report_samples {
namespace {

InstalledPackage package(std::string name, std::string version, bool held = false) {
  InstalledPackage result;
  result.name = std::move(name);
  result.version = std::move(version);
  result.architecture = "amd64";
  result.state = "installed";
  result.held = held;
  result.origin = "Debian";
  return result;
}

RepositoryEntry archive(std::string suite, bool enabled) {
  RepositoryEntry entry;
  entry.file = "/etc/apt/sources.list";
  entry.line = 1;
  entry.format = "one-line";
  entry.enabled = enabled;
  entry.types = {"deb"};
  entry.uris = {"http://mirror.example.org/debian"};
  entry.suites = {std::move(suite)};
  entry.components = {"main"};
  return entry;
}

OsFacts debian_12() {
  OsFacts os;
  os.id = "debian";
  os.version_id = "12";
  os.codename = "bookworm";
  os.name = "Debian GNU/Linux 12 (bookworm)";
  return os;
}

}  // namespace

Gpu t4(const std::string& address) {
  Gpu gpu;
  gpu.address = address;
  gpu.device_id = "1eb8";
  gpu.pci_class = "0302";
  gpu.name = "Tesla T4";
  gpu.architecture = "Turing";
  gpu.compute_capability = "7.5";
  return gpu;
}

HostFacts t4_host() {
  HostFacts facts;
  facts.origin = "live";
  facts.observed_on = "2026-11-22";
  facts.os = debian_12();
  facts.architecture = "x86_64";
  facts.kernel.running = "6.1.0-56-amd64";
  facts.kernel.installed = {{.release = "6.1.0-41-amd64", .has_headers = false},
                            {.release = "6.1.0-56-amd64", .has_headers = true}};
  facts.gpus = {t4("0000:3b:00.0"), t4("0000:af:00.0")};
  facts.container_engines = {{.name = "docker", .path = "/usr/bin/docker"}};
  facts.cuda_toolkits = {{.path = "/usr/local/cuda-12.4", .version = "12.4.1"}};
  facts.secure_boot = SecureBootFacts{.enabled = true, .dkms_key_enrolled = std::nullopt};
  facts.environment.place_evidence = {"/proc/1/comm is systemd"};
  facts.environment.root_user = false;
  facts.package_facts.manager = "apt";
  facts.package_facts.architecture = "amd64";
  facts.package_facts.packages = {package("dkms", "3.0.10-8+deb12u1"),
                                  package("nvidia-smi", "535.309.01-0+deb12u1", true)};
  facts.package_facts.repositories = {archive("bookworm", true), archive("bookworm-backports", false)};
  facts.package_facts.pins = {
      {.file = "/etc/apt/preferences", .line = 1, .packages = "*", .pin = "release a=now", .priority = "100"}};
  facts.diagnostics = {{.file = "",
                        .place = "kernel.modules_of_nvidia",
                        .message = "cannot read /lib/modules",
                        .hint = "run it as root"}};
  return facts;
}

HostFacts disk_under_root() {
  HostFacts facts;
  facts.origin = "root";
  facts.os = debian_12();
  facts.architecture = "x86_64";
  facts.environment.place = PlaceKind::chroot;
  facts.package_facts.manager = "apt";
  facts.package_facts.architecture = "amd64";
  for (const char* fact : {"kernel.running", "gpus", "driver.loaded", "secure_boot", "container_engines"}) {
    facts.diagnostics.push_back(
        {.file = "", .place = fact, .message = "not part of a folder given by --root", .hint = ""});
  }
  return facts;
}

}  // namespace nvprov::report_samples
