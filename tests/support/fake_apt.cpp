#include "support/fake_apt.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

bool has(const std::vector<std::string>& argv, std::string_view word) {
  return std::ranges::find(argv, word) != argv.end();
}

void say(const RunOptions& options, const std::string& text) {
  for (const std::string_view line : split_lines(text))
    if (options.on_output) options.on_output(line);
}

void report(const RunOptions& options, const std::string& line) {
  if (options.on_status) options.on_status(line);
}

CommandOutput ended(int status, std::string out = {}) {
  return {.exit_status = status, .out = std::move(out), .err = {}};
}

}  // namespace

Result<CommandOutput> FakeApt::answer(const Command& command, const RunOptions& options) {
  const auto& argv = command.argv;
  if (argv.front() == "modinfo") return modinfo(argv);
  if (argv.front() == "dpkg" && has(argv, "--configure")) return configure();
  if (argv.front() == "dpkg" && has(argv, "--audit"))
    return ended(0, half_installed.empty() ? "" : "half-installed: " + *half_installed.begin() + "\n");
  if (argv.front() == "apt-get" && has(argv, "update")) return update(options);
  std::vector<std::string> names;
  for (const std::string& word : argv)
    if (const auto name = split(word, '=').front(); available.contains(name)) names.push_back(name);
  if (argv.front() == "apt-get" && has(argv, "install") && (has(argv, "-s") || has(argv, "--simulate")))
    return simulate(names);
  if (argv.front() == "apt-get" && has(argv, "install")) return install(names, options);
  return fail("a command no test expects: " + join(argv, " "));
}

Result<CommandOutput> FakeApt::update(const RunOptions& options) {
  if (update_failures.empty()) return ended(0);
  say(options, update_failures.front());
  update_failures.erase(update_failures.begin());
  return ended(100);
}

std::vector<std::string> FakeApt::missing_for(const std::vector<std::string>& names) const {
  std::set<std::string> wanted(names.begin(), names.end());
  for (const std::string& name : names)
    if (depends.contains(name)) wanted.insert(depends.at(name).begin(), depends.at(name).end());
  std::erase_if(wanted, [&](const std::string& name) {
    return installed.contains(name) && installed.at(name) == available.at(name) && !half_installed.contains(name);
  });
  return {wanted.begin(), wanted.end()};
}

CommandOutput FakeApt::simulate(const std::vector<std::string>& names) const {
  std::string out = "Reading package lists...\nBuilding dependency tree...\n";
  for (const std::string& name : missing_for(names)) {
    const std::string old = installed.contains(name) ? fmt::format(" [{}]", installed.at(name)) : "";
    out += fmt::format("Inst {}{} ({} Example:stable [amd64])\n", name, old, available.at(name));
  }
  return ended(0, out);
}

Result<CommandOutput> FakeApt::install(const std::vector<std::string>& names, const RunOptions& options) {
  if (!download_failure.empty()) {
    say(options, download_failure);
    return ended(100);
  }
  report(options, "dlstatus:1:50.0000:Retrieving file 1 of 2");
  for (const std::string& name : missing_for(names)) {
    report(options, fmt::format("pmstatus:{}:40.0000:Unpacking {} (amd64)", name, name));
    say(options, fmt::format("Unpacking {} ...", name));
    installed[name] = available.at(name);
    if (!dpkg_failure.empty()) {
      half_installed.insert(name);
      say(options, dpkg_failure);
      return ended(100);
    }
    half_installed.erase(name);
  }
  return ended(0);
}

CommandOutput FakeApt::configure() {
  if (configure_fails) return ended(1);
  half_installed.clear();
  return ended(0);
}

CommandOutput FakeApt::modinfo(const std::vector<std::string>& argv) const {
  const auto kernel = modules.find(argv.at(2));
  if (kernel == modules.end()) return ended(1);
  return ended(0, (has(argv, "version") ? kernel->second.first : kernel->second.second) + "\n");
}

ApplyOptions apply_options() {
  ApplyOptions chosen;
  chosen.lock_timeout = 5;
  chosen.now = "2026-11-22T11:04:42Z";
  chosen.pause = [] {};
  return chosen;
}

ApplyFixture::ApplyFixture() {
  apt.available = {
      {"ca-certs", "1-1"}, {"openssl", "3-1"}, {"libgpu1", "99.9.0-1"}, {"gpu-module", "99.9.0-1"}, {"dkms", "2-1"}};
  apt.depends = {{"ca-certs", {"openssl"}}, {"gpu-module", {"dkms"}}};
  apt.modules = {{"6.1.0-41-amd64", {"99.9.0", "NVIDIA"}}};
  host.files["/etc/apt/preferences.d/nvprov"] = {.content = "an older hold\n", .mode = 0640, .owner = 7, .group = 8};
  host.files["/usr/sbin/modinfo"] = {};
  host.files["/var/lib/apt/extended_states"] = {.content = "Package: dkms\nArchitecture: amd64\nAuto-Installed: 1\n"};
  host.folders = {"/lib/modules/6.1.0-41-amd64"};
  host.answer = [this](const Command& command, const RunOptions& options) { return apt.answer(command, options); };
}

namespace {

struct WantedPackage {
  std::string name;
  bool requested;
  bool driver_versioned;
};

const std::vector<WantedPackage> wanted_packages = {{"ca-certs", true, false},
                                                    {"dkms", false, false},
                                                    {"gpu-module", true, true},
                                                    {"libgpu1", true, true},
                                                    {"openssl", false, false}};

Closure closure_of(const FakeApt& apt) {
  Closure closure{.known = true, .packages = {}, .download_bytes = {}, .disk_bytes = {}};
  for (const auto& [name, requested, driver_versioned] : wanted_packages) {
    const auto old = apt.installed.find(name);
    const bool is_installed = old != apt.installed.end();
    if (is_installed && old->second == apt.available.at(name)) continue;
    PackageChange change;
    change.action = is_installed ? PackageAction::upgrade : PackageAction::install;
    change.name = name;
    change.architecture = "amd64";
    change.version = apt.available.at(name);
    if (is_installed) change.old_version = old->second;
    change.requested = requested;
    change.driver_versioned = driver_versioned;
    closure.packages.push_back(std::move(change));
  }
  return closure;
}

std::vector<Step> all_steps() {
  return {
      AddRepository{.path = "/etc/apt/sources.list.d/nvprov.list", .content = "deb x\n", .purpose = "non-free"},
      RefreshMetadata{},
      InstallPackages{.purpose = "prerequisites", .packages = {{"ca-certs", {}}}, .leaving = {}},
      WriteFile{.path = "/etc/apt/preferences.d/nvprov", .content = "the new hold\n", .mode = 0644, .purpose = "hold"},
      InstallPackages{
          .purpose = "driver", .packages = {{"libgpu1", "99.9.0-1"}, {"gpu-module", "99.9.0-1"}}, .leaving = {}},
      WriteFile{.path = "/etc/apt/apt.conf.d/52nvprov", .content = "a guard\n", .mode = 0644, .purpose = "guard"},
  };
}

bool has_all(const FakeApt& apt, const InstallPackages& step) {
  std::vector<std::string> names;
  for (const PackageRequest& package : step.packages) names.push_back(package.name);
  return apt.missing_for(names).empty();
}

bool is_as_wanted(const MemoryHost& host, const std::string& path, const std::string& content) {
  const auto found = host.files.find(path);
  return found != host.files.end() && found->second.content == content && found->second.mode == 0644;
}

struct IsNeeded {
  const MemoryHost& host;
  const FakeApt& apt;
  bool operator()(const AddRepository& step) const { return !is_as_wanted(host, step.path, step.content); }
  bool operator()(const WriteFile& step) const { return !is_as_wanted(host, step.path, step.content); }
  bool operator()(const ImportKey& step) const { return !is_as_wanted(host, step.path, step.content); }
  bool operator()(const RemoveRepository& step) const { return !is_as_wanted(host, step.path, step.content); }
  bool operator()(const EnableRepository& step) const { return !is_as_wanted(host, step.path, step.content); }
  bool operator()(const HoldPackages& step) const { return !is_as_wanted(host, step.path, step.content); }
  bool operator()(const SetModuleStream&) const { return true; }
  bool operator()(const InstallPackages& step) const { return !has_all(apt, step); }
  bool operator()(const SetPackageMark&) const { return true; }
  bool operator()(const SetAlternative&) const { return true; }
  bool operator()(const ConfigureContainerEngine& step) const { return !is_as_wanted(host, step.path, step.content); }
  bool operator()(const ManageService&) const { return false; }
  bool operator()(const RefreshMetadata&) const { return !closure_of(apt).packages.empty(); }
};

}  // namespace

Plan ApplyFixture::plan() const {
  Plan plan;
  plan.tool_version = "0.1.0";
  plan.facts_fingerprint = "f0";
  plan.catalog_digest = "c0";
  plan.closure = closure_of(apt);
  plan.usable = Usable::after_reboot;
  DriverChoice driver;
  driver.version = "99.9.0";
  driver.flavour = "proprietary";
  driver.package_version = "99.9.0-1";
  driver.module_name = "gpu-current";
  driver.packages = {"libgpu1", "gpu-module"};
  driver.driver_versioned = {"libgpu1", "gpu-module"};
  plan.resolution.driver = driver;
  plan.resolution.kernels = {"6.1.0-41-amd64"};
  for (const Step& step : all_steps())
    if (std::visit(IsNeeded{host, apt}, step)) plan.steps.push_back(step);
  return plan;
}

std::map<std::string, MemoryFile> ApplyFixture::files_of_others() const {
  auto files = host.files;
  std::erase_if(files, [](const auto& file) { return file.first.starts_with("/var/lib/nvprov/"); });
  return files;
}

}  // namespace nvprov
