// Roots with one drift each: exactly that item is named, and nothing on the root that is as agreed.
#include "check/audit.hpp"

#include <fmt/format.h>

#include <set>

#include "base/text.hpp"
#include "catalog/checks.hpp"
#include "catalog/packed_files.hpp"
#include "report/audit_text.hpp"
#include "support/audited_root.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"
#include "verify/verify.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

// "package-version libcuda1" of each finding.
std::vector<std::string> named(const std::vector<Finding>& findings) {
  std::vector<std::string> words;
  for (const Finding& finding : findings) words.push_back(finding.check + " " + finding.subject);
  return words;
}

std::vector<Finding> audited(const AuditedRoot& root, const Lockfile* lock, std::optional<Target> target = {}) {
  const LookedAt seen = look_at(root, lock != nullptr ? lock->files : std::vector<LockedFile>{});
  return audit({.facts = seen.facts,
                .files = seen.files,
                .catalog = whole_catalog(),
                .lock = lock,
                .target = target.value_or(audited_target(seen.facts, lock))});
}

using Drift = std::function<void(AuditedRoot&)>;

struct DriftCase {
  const char* expected;
  Drift drift;
  const char* also = nullptr;  // another fact of the same drift
};

std::vector<std::string> expected_of(const DriftCase& drift) {
  if (drift.also == nullptr) return {drift.expected};
  return {drift.expected, drift.also};
}

constexpr const char* libraries = "/usr/lib/x86_64-linux-gnu/";
constexpr const char* module_file = "/lib/modules/6.1.0-56-amd64/updates/dkms/nvidia-current.ko";
constexpr const char* key_file_path = "/etc/apt/keyrings/nvprov-cuda-debian12.gpg";
constexpr const char* repository_file = "/etc/apt/sources.list.d/nvprov-distro.list";
constexpr const char* hold_file = "/etc/apt/preferences.d/nvprov";
constexpr const char* guard_file = "/etc/apt/apt.conf.d/52nvprov-unattended-upgrades";
constexpr const char* certificate_file = "/etc/nvprov/ca-mirror.example.org.pem";
constexpr const char* engine_file = "/etc/docker/daemon.json";
constexpr const char* index_file =
    "/var/lib/apt/lists/deb.example.org_debian_dists_bookworm_non-free_binary-amd64_Packages";

Drift without_package(const std::string& name) {
  return [name](AuditedRoot& root) { root.packages.erase(name); };
}
Drift with_package(const std::string& name, const std::string& version) {
  return [name, version](AuditedRoot& root) { root.packages[name].version = version; };
}
Drift with_status(const std::string& name, const std::string& status) {
  return [name, status](AuditedRoot& root) { root.packages[name].status = status; };
}
Drift without_file(const std::string& path) {
  return [path](AuditedRoot& root) { root.files.erase(path); };
}
Drift with_file(const std::string& path, const std::string& content) {
  return [path, content](AuditedRoot& root) { root.files[path].content = content; };
}
Drift with_mode(const std::string& path, unsigned mode) {
  return [path, mode](AuditedRoot& root) { root.files[path].mode = mode; };
}

void take_libcuda_from_elsewhere(AuditedRoot& root) {
  std::string& index = root.files[index_file].content;
  index = replace_all(index, "Package: libcuda1\n", "Package: libcuda1-not\n");
  const std::string lists = "/var/lib/apt/lists/deb.example.net_dists_stable_";
  root.files[lists + "InRelease"].content = "Origin: Elsewhere\n";
  root.files[lists + "main_binary-amd64_Packages"].content =
      "Package: libcuda1\nArchitecture: amd64\nVersion: 535.309.01-0+deb12u1\n\n";
}

void boot_a_newer_kernel(AuditedRoot& root) {
  root.files["/boot/vmlinuz-6.1.0-57-amd64"].content = "kernel";
  root.files["/lib/modules/6.1.0-57-amd64/updates/dkms/nvidia-current.ko"].content = "module";
}

std::vector<DriftCase> drifts() {
  return {
      {"package-missing nvidia-smi", without_package("nvidia-smi")},
      {"package-missing libcudart11.0", without_package("libcudart11.0")},
      {"package-missing nvidia-container-toolkit", without_package("nvidia-container-toolkit")},
      {"package-version libcuda1", with_package("libcuda1", "535.309.02-1")},
      {"package-version libcuda1", with_package("libcuda1", "535.261.03-1")},
      {"package-version nvidia-smi", with_package("nvidia-smi", "535.261.03-1")},
      {"package-version nvidia-kernel-dkms", with_package("nvidia-kernel-dkms", "535.309.01-0+deb12u2")},
      {"package-version nvidia-persistenced", with_package("nvidia-persistenced", "550.54.14-1")},
      {"package-version libnvidia-container1", with_package("libnvidia-container1", "1.17.8-1"),
       "toolkit-below-floor libnvidia-container1"},
      {"package-origin libcuda1", take_libcuda_from_elsewhere},
      {"package-removed libcuda0", with_package("libcuda0", "1.0")},
      {"package-unexpected libnvidia-encode1", with_package("libnvidia-encode1", "535.309.01-0+deb12u1")},
      {"package-unexpected libgl1-nvidia-glvnd-glx", with_package("libgl1-nvidia-glvnd-glx", "535.261.03-1"),
       "mixed-versions libgl1-nvidia-glvnd-glx"},
      {"package-broken nvidia-persistenced", with_status("nvidia-persistenced", "install ok half-configured")},
      {"package-broken libcuda1", with_status("libcuda1", "install reinstreq half-installed")},
      {"packages-unknown packages", [](AuditedRoot& root) { root.packages.clear(); }},
      {"key-missing /etc/apt/keyrings/nvprov-cuda-debian12.gpg", without_file(key_file_path)},
      {"key-changed /etc/apt/keyrings/nvprov-cuda-debian12.gpg", with_file(key_file_path, "another keyring")},
      {"repository-missing /etc/apt/sources.list.d/nvprov-distro.list", without_file(repository_file)},
      {"repository-changed /etc/apt/sources.list.d/nvprov-distro.list",
       with_file(repository_file, "deb [trusted=yes] http://deb.example.net/debian bookworm main\n")},
      {"hold-missing /etc/apt/preferences.d/nvprov", without_file(hold_file)},
      {"hold-changed /etc/apt/preferences.d/nvprov",
       with_file(hold_file, "Package: libcuda1\nPin: version 550.*\nPin-Priority: 995\n")},
      {"hold-missing /etc/apt/apt.conf.d/52nvprov-unattended-upgrades", without_file(guard_file)},
      {"hold-changed /etc/apt/apt.conf.d/52nvprov-unattended-upgrades", with_file(guard_file, "// nothing\n")},
      {"file-missing /etc/nvprov/ca-mirror.example.org.pem", without_file(certificate_file)},
      {"file-changed /etc/nvprov/ca-mirror.example.org.pem", with_file(certificate_file, "another one")},
      {"file-missing /etc/docker/daemon.json", without_file(engine_file)},
      {"file-missing /etc/docker/daemon.json", with_file(engine_file, "{\"debug\": true}")},
      {"file-missing /etc/docker/daemon.json", with_file(engine_file, "{ broken")},
      {"file-changed /etc/docker/daemon.json",
       with_file(engine_file, R"({"runtimes": {"nvidia": {"path": "/tmp/other", "args": []}}})")},
      {"file-mode /etc/apt/sources.list.d/nvprov-distro.list", with_mode(repository_file, 0600)},
      {"file-mode /etc/nvprov/ca-mirror.example.org.pem", with_mode(certificate_file, 0666),
       "writable-file /etc/nvprov/ca-mirror.example.org.pem"},
      {"writable-file /etc/apt/preferences.d/nvprov", [](AuditedRoot& root) { root.files[hold_file].owner = 1000; }},
      {"writable-file /etc/nvprov",
       [](AuditedRoot& root) {
         root.folders["/etc/nvprov"] = {"", 0777};
       }},
      {"writable-file /var/lib/nvprov",
       [](AuditedRoot& root) {
         root.folders["/var/lib/nvprov"] = {"", 0755, 1000};
       }},
      {"kernel-outside 6.1.0-57-amd64", boot_a_newer_kernel},
      {"kernel-without-module 6.1.0-56-amd64", without_file(module_file)},
      {"unowned-driver-file /usr/lib/x86_64-linux-gnu/libcuda.so.550.54.14",
       with_file(std::string(libraries) + "libcuda.so.550.54.14", "library")},
      {"unowned-driver-file /usr/lib/x86_64-linux-gnu/libnvidia-ml.so.550.54.14",
       with_file(std::string(libraries) + "libnvidia-ml.so.550.54.14", "library")},
      {"unowned-driver-file /usr/local/bin/nvidia-smi", with_file("/usr/local/bin/nvidia-smi", "program")},
      {"unowned-driver-file /usr/bin/nvidia-uninstall", with_file("/usr/bin/nvidia-uninstall", "program")},
      {"unowned-driver-file /lib/modules/6.1.0-56-amd64/kernel/drivers/video/nvidia.ko",
       with_file("/lib/modules/6.1.0-56-amd64/kernel/drivers/video/nvidia.ko", "module")},
      {"architecture-differs aarch64", [](AuditedRoot& root) { root.packages["dpkg"].architecture = "arm64"; }},
  };
}

Lockfile agreed_lock() {
  Lockfile lock = lock_of(agreed_root());
  lock.removed = {"libcuda0"};
  const std::vector<KeyPath> keys = {{"runtimes", "nvidia"}};
  lock.files.push_back({.kind = LockedFileKind::engine_keys,
                        .path = engine_file,
                        .mode = 0644,
                        .digest = lock_digest(values_at(engine_file, agreed_root().files[engine_file].content, keys)),
                        .fingerprints = {},
                        .keys = keys});
  return lock;
}

}  // namespace

TEST_CASE("what a user changes in an engine's file beside nvprov's keys is no drift") {
  const Lockfile lock = agreed_lock();
  AuditedRoot root = agreed_root();
  root.files[engine_file] = {
      "{\"runtimes\": {\"other\": {\"path\": \"x\"}, \"nvidia\": {\"args\": [],\n \"path\": "
      "\"nvidia-container-runtime\"}}}",
      0600};
  CHECK(named(audited(root, &lock)).empty());
}

TEST_CASE("a root that is as agreed gives no finding") {
  const Lockfile lock = agreed_lock();
  CHECK(named(audited(agreed_root(), &lock)).empty());
  CHECK(named(audited(agreed_root(), nullptr)).empty());
  CHECK(named(audited(image_root(), nullptr)).empty());
}

TEST_CASE("of roots with one drift each exactly that item is named") {
  const Lockfile lock = agreed_lock();
  const auto cases = drifts();
  CHECK(cases.size() >= 30);
  for (const DriftCase& each : cases) {
    AuditedRoot root = agreed_root();
    each.drift(root);
    CHECK(named(audited(root, &lock)) == expected_of(each));
  }
}

TEST_CASE("what of packages and kernels could not be read is a finding, whatever else was") {
  const Lockfile lock = agreed_lock();
  const auto with_note = [&](const std::string& place, const Lockfile* held) {
    LookedAt seen = look_at(agreed_root(), lock.files);
    seen.facts.diagnostics.push_back({.file = {}, .place = place, .message = "it is damaged", .hint = {}});
    return named(audit(
        {.facts = seen.facts, .files = seen.files, .catalog = whole_catalog(), .lock = held, .target = Target::host}));
  };
  CHECK(with_note("package_facts.packages", nullptr) == std::vector<std::string>{"packages-unknown packages"});
  CHECK(with_note("package_facts", nullptr) == std::vector<std::string>{"packages-unknown packages"});
  CHECK(with_note("package_facts.packages./var/lib/dpkg/status:7", nullptr) ==
        std::vector<std::string>{"packages-unknown packages"});
  CHECK(with_note("package_facts.repositories", nullptr).empty());
  CHECK(with_note("kernel.installed", &lock) == std::vector<std::string>{"kernels-unknown kernels"});
  CHECK(with_note("kernel.modules_of_nvidia", &lock) == std::vector<std::string>{"kernels-unknown modules"});
  CHECK(with_note("kernel.modules_of_nvidia", nullptr).empty());
}

TEST_CASE("a package that dpkg's status tells badly is a finding, marks of apt that cannot be read are none") {
  AuditedRoot root = agreed_root();
  root.packages["odd"].status = "half";
  CHECK(named(audited(root, nullptr)) == std::vector<std::string>{"packages-unknown packages"});
  root = agreed_root();
  root.files["/var/lib/apt/extended_states"].content = "nonsense\n";
  CHECK(named(audited(root, nullptr)).empty());
}

TEST_CASE("a lock of another distribution is told before anything else") {
  Lockfile lock = agreed_lock();
  lock.distro = "debian-13";
  CHECK(named(audited(agreed_root(), &lock)).front() == "distro-differs Debian GNU/Linux 12 (bookworm)");
}

TEST_CASE("a driver in an image is found by its packages, else by its files") {
  AuditedRoot root = image_root();
  root.packages["libcuda1"].version = "535.309.01-0+deb12u1";
  CHECK(named(audited(root, nullptr)) == std::vector<std::string>{"driver-in-image libcuda1"});
  root = image_root();
  root.files["/usr/lib/x86_64-linux-gnu/libcuda.so.535.309.01"].content = "library";
  root.files["/var/lib/dpkg/info/odd.list"].content = "/usr/lib/x86_64-linux-gnu/libcuda.so.535.309.01\n";
  CHECK(named(audited(root, nullptr)) ==
        std::vector<std::string>{"driver-in-image /usr/lib/x86_64-linux-gnu/libcuda.so.535.309.01"});
  CHECK(named(audited(root, nullptr, Target::host)).empty());
}

TEST_CASE("a driver in an image is named beside what its lock says of it") {
  const Lockfile lock = lock_of(image_root());
  AuditedRoot root = image_root();
  root.packages["libcuda1"].version = "535.309.01-0+deb12u1";
  CHECK(named(audited(root, &lock)) ==
        std::vector<std::string>{"package-unexpected libcuda1", "driver-in-image libcuda1"});
}

TEST_CASE("all libraries of a driver are told from those of the container toolkit") {
  const auto findings_with = [](const std::string& name) {
    AuditedRoot root = image_root();
    root.files[libraries + name].content = "library";
    return named(audited(root, nullptr));
  };
  for (const char* name : {"libGLX_nvidia.so.0", "libEGL_nvidia.so.0", "libnvoptix.so.1", "libcudadebugger.so.1"})
    CHECK(findings_with(name) == std::vector<std::string>{fmt::format("driver-in-image {}{}", libraries, name),
                                                          fmt::format("unowned-driver-file {}{}", libraries, name)});
  for (const char* name : {"libnvidia-container.so.1.19.1", "libnvidia-container-go.so.1", "libcudart.so.11"})
    CHECK(findings_with(name).empty());
  AuditedRoot root = image_root();
  root.files[std::string(libraries) + "vdpau/libvdpau_nvidia.so.1"].content = "library";
  CHECK(named(audited(root, nullptr)).size() == 2);
}

TEST_CASE("what is below a security floor is named without a lock") {
  AuditedRoot root = agreed_root();
  for (auto& [name, package] : root.packages)
    if (package.version == "535.309.01-0+deb12u1") package.version = "535.261.03-1";
  const auto old_driver = audited(root, nullptr);
  REQUIRE(named(old_driver) == std::vector<std::string>{"driver-below-floor 5821"});
  CHECK(old_driver.front().expected == "535.309.01");
  CHECK(old_driver.front().found == "535.261.03");
  CHECK(!old_driver.front().sources.empty());
  root = agreed_root();
  for (auto& [name, package] : root.packages)
    if (package.version == "1.19.1-1") package.version = "1.17.8-1";
  CHECK(named(audited(root, nullptr)) == std::vector<std::string>{"toolkit-below-floor nvidia-container-toolkit"});
}

TEST_CASE("what has more than one version is named without a lock") {
  AuditedRoot root = agreed_root();
  root.packages["libnvidia-ml1"].version = "535.261.03-1";
  CHECK(named(audited(root, nullptr)) == std::vector<std::string>{"mixed-versions libnvidia-ml1"});
  root = agreed_root();
  root.packages["libnvidia-container1"].version = "1.19.2-1";
  CHECK(named(audited(root, nullptr)) == std::vector<std::string>{"toolkit-mixed libnvidia-container-tools",
                                                                  "toolkit-mixed nvidia-container-toolkit",
                                                                  "toolkit-mixed nvidia-container-toolkit-base"});
}

TEST_CASE("module flavour, loaded driver and module stream are compared where they are known") {
  Lockfile lock = agreed_lock();
  lock.streams = {{.module = "nvidia-driver", .stream = "580-open"}};
  LookedAt seen = look_at(agreed_root(), lock.files);
  seen.facts.driver.loaded = LoadedDriver{.version = "535.261.03", .flavour = "open"};
  seen.facts.package_facts.modules = {{.name = "nvidia-driver", .stream = "580-dkms", .state = "enabled"}};
  const auto findings = audit(
      {.facts = seen.facts, .files = seen.files, .catalog = whole_catalog(), .lock = &lock, .target = Target::host});
  CHECK(named(findings) == std::vector<std::string>{"stream-differs nvidia-driver", "flavour-differs kernel module",
                                                    "loaded-differs loaded driver"});
}

TEST_CASE("every check has words, and all words belong to a check") {
  const auto checks = load_checks(embedded_files());
  REQUIRE(checks);
  std::set<std::string> with_words;
  for (const Check& check : *checks) with_words.insert(check.id);
  std::set<std::string> ids;
  for (const auto& of_command : {audit_checks(), verify_checks()}) ids.insert(of_command.begin(), of_command.end());
  CHECK(with_words == ids);
}

TEST_CASE("an audit reads as sentences, and says the same as one document") {
  AuditedRoot root = agreed_root();
  root.packages["libcuda1"].version = "535.261.03-1";
  const Lockfile lock = agreed_lock();
  const AuditReport report{.system = "Debian GNU/Linux 12 (bookworm), x86_64",
                           .root = "disk",
                           .lock_file = "nvprov.lock",
                           .lock = lock,
                           .target = Target::host,
                           .findings = audited(root, &lock),
                           .checks = load_checks(embedded_files()).value()};
  CHECK(audit_text(report, {}) ==
        "Audit of Debian GNU/Linux 12 (bookworm), x86_64 (disk), a host, against nvprov.lock\n"
        "  error    libcuda1 is 535.261.03-1, and the lock has 535.309.01-0+deb12u1\n"
        "           hint: `nvprov apply --lock FILE` brings it back, and `nvprov lock --update` agrees to a\n"
        "                 newer one\n"
        "1 error, 0 warnings\n");
  const std::string json = format_json(audit_to_json(report));
  CHECK(contains(json, "\"schema\": \"nvprov.audit/1\""));
  CHECK(contains(json, "\"message\": \"libcuda1 is 535.261.03-1, and the lock has 535.309.01-0+deb12u1\""));
}
