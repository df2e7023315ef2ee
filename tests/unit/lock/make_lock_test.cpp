#include "lock/make_lock.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "lock/lock_difference.hpp"
#include "packages/dnf.hpp"
#include "support/audited_root.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

using namespace nvprov;
using namespace nvprov::test;

namespace {

InstalledPackage installed(const std::string& name, const std::string& version) {
  InstalledPackage package;
  package.name = name;
  package.version = version;
  package.architecture = "amd64";
  package.state = "installed";
  return package;
}

HostFacts facts_with(std::vector<InstalledPackage> packages) {
  HostFacts facts;
  facts.package_facts.packages = std::move(packages);
  return facts;
}

LockedPackage locked(const std::string& name, const std::string& version) {
  LockedPackage package;
  package.name = name;
  package.version = version;
  package.architecture = "amd64";
  return package;
}

LockedFile locked_at(const std::string& path, const std::string& digest) {
  LockedFile file;
  file.path = path;
  file.digest = digest;
  return file;
}

PackageChange change_of(PackageAction action, const std::string& name, const std::string& version) {
  PackageChange change;
  change.action = action;
  change.name = name;
  change.architecture = "amd64";
  (action == PackageAction::remove ? change.old_version : change.version) = version;
  return change;
}

PackageChange driver_change() {
  PackageChange change = change_of(PackageAction::install, "gpu-driver", "99.9.0-1");
  change.origin = "Example stable";
  change.repository = "https://mirror.example.org/debian";
  change.path = "pool/gpu-driver.deb";
  change.digest = "sha256:00ff";
  change.requested = true;
  change.driver_versioned = true;
  return change;
}

DriverChoice chosen_driver() {
  DriverChoice driver;
  driver.branch = "99";
  driver.version = "99.9.0";
  driver.flavour = "open";
  driver.module_name = "gpu-current";
  driver.packages = {"gpu-driver", "gpu-tool"};
  driver.driver_versioned = {"gpu-driver", "libgpu1"};
  return driver;
}

std::vector<Step> steps_of_driver() {
  WriteFile hold;
  hold.path = "/etc/apt/preferences.d/nvprov";
  hold.content = "hold\n";
  AddRepository repository;
  repository.path = "/etc/apt/sources.list.d/nvprov-x.list";
  repository.content = "deb x\n";
  ImportKey key;
  key.path = "/etc/apt/keyrings/nvprov-x.gpg";
  key.content = "key";
  key.fingerprints = {"B", "A"};
  InstallPackages install;
  install.packages = {{.name = "gpu-driver", .version = {}}};
  return {hold, repository, key, install};
}

// A plan that installs a driver of one package and what it draws in, and removes another.
Plan plan_of_driver() {
  Plan plan;
  plan.tool_version = "0.1.0";
  plan.catalog_date = "2026-11-22";
  plan.architecture = "x86_64";
  plan.resolution.distro = "debian-12";
  plan.resolution.source = "distro";
  plan.resolution.kernels = {"6.1.0-41-amd64"};
  plan.resolution.driver = chosen_driver();
  plan.closure.known = true;
  plan.closure.packages = {driver_change(), change_of(PackageAction::install, "dkms", "3.0"),
                           change_of(PackageAction::remove, "gpu-legacy", "1")};
  plan.steps = steps_of_driver();
  return plan;
}

std::vector<std::string> names_in(const Lockfile& lock) {
  std::vector<std::string> names;
  for (const LockedPackage& package : lock.packages) names.push_back(package.name + " " + package.version);
  return names;
}

}  // namespace

TEST_CASE("the lock of a plan holds what it installs, what was there already, and its files") {
  const auto lock = make_lock(plan_of_driver(), facts_with({installed("gpu-tool", "7"), installed("bash", "5")}), {});
  REQUIRE(lock);
  CHECK(names_in(*lock) == std::vector<std::string>{"dkms 3.0", "gpu-driver 99.9.0-1", "gpu-tool 7"});
  CHECK(lock->removed == std::vector<std::string>{"gpu-legacy"});
  CHECK(lock->driver == LockedDriver{"99", "99.9.0", "open", "gpu-current"});
  const LockedPackage* driver = find_locked(*lock, "gpu-driver", "amd64");
  REQUIRE(driver != nullptr);
  CHECK(driver->digest == "sha256:00ff");
  CHECK(driver->driver_versioned);
  REQUIRE(lock->files.size() == 3);
  CHECK(lock->files[0].kind == LockedFileKind::key);
  CHECK(lock->files[0].fingerprints == std::vector<std::string>{"A", "B"});
  CHECK(lock->files[1].kind == LockedFileKind::hold);
  CHECK(lock->files[1].digest == lock_digest("hold\n"));
  CHECK(lock->files[2].kind == LockedFileKind::repository);
}

TEST_CASE("a plan without versions has no lock") {
  Plan plan = plan_of_driver();
  plan.closure.known = false;
  const auto lock = make_lock(plan, {}, {});
  REQUIRE(!lock);
  CHECK(lock.error().kind == ErrorKind::refused);
}

TEST_CASE("what an earlier lock has stays as far as it is still there") {
  Lockfile earlier;
  earlier.packages = {locked("libcudart", "12.4-1"), locked("gone", "1"), locked("gpu-legacy", "1")};
  earlier.removed = {"gpu-driver", "older"};
  earlier.files = {locked_at("/etc/nvprov/ca-x.pem", "sha256:aa"),
                   locked_at("/etc/apt/preferences.d/nvprov", "sha256:bb")};
  const auto lock = make_lock(plan_of_driver(),
                              facts_with({installed("libcudart", "12.4-2"), installed("gpu-driver", "1")}), earlier);
  REQUIRE(lock);
  CHECK(names_in(*lock) == std::vector<std::string>{"dkms 3.0", "gpu-driver 99.9.0-1", "libcudart 12.4-2"});
  CHECK(lock->removed == std::vector<std::string>{"gpu-legacy", "older"});
  CHECK(lock->files.size() == 4);
  CHECK(lock->files[1].digest == lock_digest("hold\n"));
}

TEST_CASE("packages of two architectures are both in a lock") {
  InstalledPackage other = installed("libgpu1", "7");
  other.architecture = "i386";
  const HostFacts facts = facts_with({installed("libgpu1", "7"), other, installed("gpu-tool", "7")});
  const auto lock = make_lock(plan_of_driver(), facts, {});
  REQUIRE(lock);
  CHECK(find_locked(*lock, "libgpu1", "amd64") != nullptr);
  CHECK(find_locked(*lock, "libgpu1", "i386") != nullptr);
}

TEST_CASE("what an earlier lock has of another architecture stays as it is installed") {
  Lockfile earlier;
  earlier.packages = {locked("dkms", "2"), locked("libcudart", "12.4-1")};
  earlier.packages[0].architecture = "i386";
  earlier.packages[1].architecture = "i386";
  InstalledPackage dkms = installed("dkms", "2.5");
  dkms.architecture = "i386";
  const auto lock = make_lock(plan_of_driver(), facts_with({dkms, installed("libcudart", "12.4-1")}), earlier);
  REQUIRE(lock);
  REQUIRE(find_locked(*lock, "dkms", "i386") != nullptr);
  CHECK(find_locked(*lock, "dkms", "i386")->version == "2.5");
  CHECK(find_locked(*lock, "dkms", "amd64")->version == "3.0");
  CHECK(find_locked(*lock, "libcudart", {}) == nullptr);
}

TEST_CASE("what an earlier lock has for every architecture stays where it is of one now") {
  Lockfile earlier;
  earlier.packages = {locked("libcudart", "12.4-1")};
  earlier.packages[0].architecture = "all";
  const auto lock = make_lock(plan_of_driver(), facts_with({installed("libcudart", "12.4-1")}), earlier);
  REQUIRE(lock);
  CHECK(find_locked(*lock, "libcudart", "amd64") != nullptr);
}

TEST_CASE("a package that is for every architecture now is in a lock once") {
  InstalledPackage tool = installed("gpu-driver", "1");
  tool.architecture = "all";
  const auto lock = make_lock(plan_of_driver(), facts_with({tool}), {});
  REQUIRE(lock);
  CHECK(names_in(*lock) == std::vector<std::string>{"dkms 3.0", "gpu-driver 99.9.0-1"});
}

TEST_CASE("a plan leads to a lock only if each architecture's package is as locked") {
  Lockfile lock;
  lock.packages = {locked("libgpu1", "7"), locked("libgpu1", "7")};
  lock.packages[1].architecture = "i386";
  InstalledPackage other = installed("libgpu1", "6");
  other.architecture = "i386";
  CHECK(differences_to_lock(lock, {}, facts_with({installed("libgpu1", "7"), other}), {}) ==
        std::vector<LockDifference>{{"package libgpu1", "7", "6"}});
}

TEST_CASE("a lock made anew keeps where packages of the same version came from") {
  Lockfile earlier = lock_of(agreed_root());
  for (LockedPackage& package : earlier.packages) package.digest = "sha256:" + package.name;
  earlier.packages.front().version = "0.1";
  const LookedAt seen = look_at(agreed_root(), {});
  const auto lock = lock_host(seen.facts, seen.files, whole_catalog(), "0.1.0", earlier);
  REQUIRE(lock);
  CHECK(!lock->packages.front().digest);
  CHECK(lock->packages.back().digest == "sha256:" + lock->packages.back().name);
}

TEST_CASE("of a file of holds that is the user's too, only nvprov's lines count") {
  Plan plan = plan_of_driver();
  const std::string ours = merge_versionlock("mine-1.0\n", DnfGeneration::dnf4, {{{"gpu"}, "3:99.9.0-1"}}, "hold");
  plan.steps = {HoldPackages{.path = "/etc/dnf/plugins/versionlock.list", .content = ours, .purpose = {}}};
  const auto lock = make_lock(plan, {}, {});
  REQUIRE(lock);
  REQUIRE(lock->files.size() == 1);
  CHECK(lock->files[0].kind == LockedFileKind::hold_lines);
  CHECK(lock->files[0].digest == lock_digest(our_versionlock("others-2.0\n" + ours.substr(ours.find('#')))));
}

TEST_CASE("the lock of a host holds the packages the catalog knows and the files nvprov owns") {
  const Lockfile lock = lock_of(agreed_root());
  CHECK(lock.distro == "debian-12");
  CHECK(lock.architecture == "x86_64");
  CHECK(lock.target == Target::host);
  CHECK(lock.source == "distro");
  CHECK(lock.driver == LockedDriver{"535", "535.309.01", "proprietary", "nvidia-current"});
  CHECK(lock.kernels == std::vector<std::string>{"6.1.0-56-amd64"});
  CHECK(lock.cuda == std::vector<std::string>{"11.8"});
  CHECK(lock.request.driver == "535.309.01");
  CHECK(lock.request.cuda == std::vector<std::string>{"=11.8"});
  CHECK(find_locked(lock, "bash", {}) == nullptr);
  REQUIRE(find_locked(lock, "libcuda1", "amd64") != nullptr);
  CHECK(find_locked(lock, "libcuda1", "amd64")->origin == "Debian");
  std::vector<std::string> paths;
  for (const LockedFile& file : lock.files) paths.push_back(file.path);
  CHECK(paths == std::vector<std::string>{"/etc/apt/apt.conf.d/52nvprov-unattended-upgrades",
                                          "/etc/apt/keyrings/nvprov-cuda-debian12.gpg", "/etc/apt/preferences.d/nvprov",
                                          "/etc/apt/sources.list.d/nvprov-distro.list",
                                          "/etc/nvprov/ca-mirror.example.org.pem"});
}

TEST_CASE("locks are compared by what they hold") {
  const Lockfile before = lock_of(agreed_root());
  CHECK(lock_differences(before, before).empty());
  Lockfile after = before;
  after.catalog_date = "2027-01-01";
  after.driver->version = "535.400.01";
  after.packages.front().version = "99";
  after.packages.push_back(locked("new", "1"));
  after.files.pop_back();
  CHECK(lock_differences(before, after) ==
        std::vector<LockDifference>{{"driver", "535.309.01 proprietary", "535.400.01 proprietary"},
                                    {"package " + before.packages.front().name, before.packages.front().version, "99"},
                                    {"package new", "", "1"},
                                    {"file " + before.files.back().path, before.files.back().digest, ""}});
}

TEST_CASE("a plan leads to a lock when nothing of it would be otherwise") {
  const Lockfile lock = lock_of(agreed_root());
  const LookedAt seen = look_at(agreed_root(), lock.files);
  Lockfile planned;
  planned.distro = lock.distro;
  planned.architecture = lock.architecture;
  planned.driver = lock.driver;
  CHECK(differences_to_lock(lock, planned, seen.facts, seen.files).empty());  // everything is there already
  planned.packages = {locked("libcuda1", "535.400.01-1"), locked("other", "1")};
  CHECK(differences_to_lock(lock, planned, seen.facts, seen.files) ==
        std::vector<LockDifference>{{"package libcuda1", "535.309.01-0+deb12u1", "535.400.01-1"},
                                    {"package other", "", "1"}});
}

TEST_CASE("a file that is not as locked is in the way of a lock unless the plan writes it") {
  const Lockfile lock = lock_of(agreed_root());
  AuditedRoot root = agreed_root();
  const std::string hold = "/etc/apt/preferences.d/nvprov";
  root.files.erase(hold);
  const LookedAt seen = look_at(root, lock.files);
  Lockfile planned;
  planned.distro = lock.distro;
  planned.architecture = lock.architecture;
  planned.driver = lock.driver;
  const auto locked = std::ranges::find(lock.files, hold, &LockedFile::path);
  REQUIRE(locked != lock.files.end());
  CHECK(differences_to_lock(lock, planned, seen.facts, seen.files) ==
        std::vector<LockDifference>{{"file " + hold, locked->digest, ""}});
  planned.files = {*locked};
  CHECK(differences_to_lock(lock, planned, seen.facts, seen.files).empty());
  CHECK(request_of_lock(lock).hold == Hold::version);
}

TEST_CASE("a plan for a lock asks for its releases by name") {
  Lockfile lock = lock_of(agreed_root());
  lock.cuda = {"12.4.1", "11.8"};
  lock.request = {};
  const Request request = request_of_lock(lock);
  CHECK(request.driver == "535.309.01");
  CHECK(request.module == "proprietary");
  CHECK(request.source == "distro");
  CHECK(request.cuda == std::vector<std::string>{"=12.4", "=11.8"});
  lock.cuda.clear();
  CHECK(request_of_lock(lock).cuda == std::vector<std::string>{"none"});
}
