#include "apply/apply.hpp"

#include "model/plan_json.hpp"
#include "support/catch.hpp"
#include "support/fake_apt.hpp"

using namespace nvprov;

namespace {

const std::string log_file = "/var/log/nvprov/20261122T110442Z-1.log";

Journal journal_in(const MemoryHost& host, const std::string& path = journal_file) {
  REQUIRE(host.files.contains(path));
  const auto journal = journal_from_json(host.files.at(path).content, path);
  REQUIRE(journal);
  return *journal;
}

std::vector<StepState> states_of(const Journal& journal) {
  std::vector<StepState> states;
  for (const JournalStep& step : journal.steps) states.push_back(step.state);
  return states;
}

Error error_of(ApplyFixture& fixture, const Plan& plan, const ApplyOptions& chosen = apply_options()) {
  const auto report = apply_plan(fixture.host, plan, chosen, {});
  REQUIRE(!report);
  return report.error();
}
Error error_of(ApplyFixture& fixture) { return error_of(fixture, fixture.plan()); }

}  // namespace

TEST_CASE("a plan is done in order, proven and recorded") {
  ApplyFixture fixture;
  const Plan plan = fixture.plan();
  std::vector<std::string> seen;
  ApplyEvents events;
  events.step_started = [&](const Step& step, std::size_t index, std::size_t count) {
    seen.push_back("step " + std::to_string(index) + "/" + std::to_string(count) + " " + std::to_string(step.index()));
  };
  events.progress = [&](std::string_view phase, double percent, std::string_view message) {
    seen.push_back(std::string(phase) + " " + std::to_string(static_cast<int>(percent)) + " " + std::string(message));
  };
  const auto report = apply_plan(fixture.host, plan, apply_options(), events);
  REQUIRE(report);

  ApplyReport expected;
  expected.changed = true;
  expected.reboot_needed = true;
  expected.journal_path = journal_file;
  expected.log_path = log_file;
  expected.proven = {"6.1.0-41-amd64: gpu-current 99.9.0 (proprietary)"};
  CHECK(*report == expected);
  CHECK(fixture.apt.installed == fixture.apt.available);
  CHECK(fixture.host.files.at("/etc/apt/preferences.d/nvprov").content == "the new hold\n");
  CHECK(seen == std::vector<std::string>{
                    "step 0/6 2", "step 1/6 5", "step 2/6 8", "download 50 Retrieving file 1 of 2",
                    "install 40 Unpacking ca-certs (amd64)", "install 40 Unpacking openssl (amd64)", "step 3/6 6",
                    "step 4/6 8", "download 50 Retrieving file 1 of 2", "install 40 Unpacking dkms (amd64)",
                    "install 40 Unpacking gpu-module (amd64)", "install 40 Unpacking libgpu1 (amd64)", "step 5/6 6"});
}

TEST_CASE("the journal keeps what every step found") {
  ApplyFixture fixture;
  fixture.apt.installed["dkms"] = "1-1";
  const Plan plan = fixture.plan();
  REQUIRE(apply_plan(fixture.host, plan, apply_options(), {}));

  const auto done = [](const Step& step) {
    return JournalStep{.step = step, .state = StepState::done, .pre_images = {}, .pre_packages = {}, .error = {}};
  };
  Journal expected{.id = "20261122T110442Z-1",
                   .started_at = "2026-11-22T11:04:42Z",
                   .tool_version = "0.1.0",
                   .state = JournalState::done,
                   .request = plan.request,
                   .facts_fingerprint = "f0",
                   .catalog_digest = "c0",
                   .resolution = plan.resolution,
                   .closure = plan.closure,
                   .steps = {},
                   .log = log_file};
  for (const Step& step : plan.steps) expected.steps.push_back(done(step));
  expected.steps[0].pre_images = {{.path = "/etc/apt/sources.list.d/nvprov.list", .content = {}}};
  expected.steps[2].pre_packages = {{"ca-certs", std::nullopt, false}, {"openssl", std::nullopt, false}};
  expected.steps[3].pre_images = {{.path = "/etc/apt/preferences.d/nvprov",
                                   .existed = true,
                                   .content = "an older hold\n",
                                   .mode = 0640,
                                   .owner = 7,
                                   .group = 8}};
  expected.steps[4].pre_packages = {
      {"dkms", "1-1", true}, {"gpu-module", std::nullopt, false}, {"libgpu1", std::nullopt, false}};
  expected.steps[5].pre_images = {{.path = "/etc/apt/apt.conf.d/52nvprov", .content = {}}};
  CHECK(format_json(journal_to_json(journal_in(fixture.host))) == format_json(journal_to_json(expected)));
  CHECK(fixture.host.files.at(journal_file).mode == 0600);
}

TEST_CASE("the journal is written before and after each step") {
  ApplyFixture fixture;
  REQUIRE(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  std::vector<std::string> kinds;
  for (const std::string& change : fixture.host.changes)
    kinds.push_back(change == "write " + journal_file ? "journal" : change.substr(0, change.find(' ')));
  CHECK(kinds == std::vector<std::string>{"folder", "lock",    "folder",  "folder", "journal", "journal",
                                          "write",  "journal", "journal", "run",    "journal", "journal",
                                          "run",    "journal", "journal", "write",  "journal", "journal",
                                          "run",    "journal", "journal", "write",  "journal", "journal"});
}

TEST_CASE("a second apply writes nothing, not even a lock or a journal") {
  ApplyFixture fixture;
  REQUIRE(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  const auto files = fixture.host.files;
  fixture.host.changes.clear();
  const Plan second = fixture.plan();
  REQUIRE(second.steps.empty());
  const auto report = apply_plan(fixture.host, second, apply_options(), {});
  REQUIRE(report);
  CHECK(report->changed == false);
  CHECK(report->journal_path.empty());
  CHECK(report->proven == std::vector<std::string>{"6.1.0-41-amd64: gpu-current 99.9.0 (proprietary)"});
  CHECK(fixture.host.changes.empty());
  CHECK(fixture.host.files == files);
}

TEST_CASE("a file that already is as wanted is not written again") {
  ApplyFixture fixture;
  const Plan plan = fixture.plan();
  fixture.host.files["/etc/apt/sources.list.d/nvprov.list"] = {.content = "deb x\n"};
  fixture.host.files["/etc/apt/apt.conf.d/52nvprov"] = {.content = "a guard\n", .mode = 0600};
  REQUIRE(apply_plan(fixture.host, plan, apply_options(), {}));
  const auto& changes = fixture.host.changes;
  CHECK(std::count(changes.begin(), changes.end(), "write /etc/apt/sources.list.d/nvprov.list") == 0);
  CHECK(std::count(changes.begin(), changes.end(), "write /etc/apt/apt.conf.d/52nvprov") == 1);  // its mode differed
}

TEST_CASE("a second run on the same day has a journal of its own") {
  ApplyFixture fixture;
  REQUIRE(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  fixture.host.files.erase("/etc/apt/apt.conf.d/52nvprov");
  const auto report = apply_plan(fixture.host, fixture.plan(), apply_options(), {});
  REQUIRE(report);
  CHECK(report->journal_path == "/var/lib/nvprov/journal/20261122T110442Z-2.json");
}

TEST_CASE("a blocker nobody agreed to is refused before anything is touched, naming its flag") {
  ApplyFixture fixture;
  Plan plan = fixture.plan();
  plan.blockers = {
      {.reason = ConflictReason::held_package, .subject = "libgpu1", .other = {}, .limit = {}, .sources = {}}};
  CHECK(error_of(fixture, plan) == Error{.kind = ErrorKind::refused,
                                         .message = "something stands in the way of this plan",
                                         .because = {"held-package: libgpu1"},
                                         .hints = {"agree to it with `--allow-held`"},
                                         .context = {}});
  CHECK(fixture.host.changes.empty());
  ApplyOptions agreed = apply_options();
  agreed.consent.held = true;
  CHECK(apply_plan(fixture.host, plan, agreed, {}));
}

TEST_CASE("what apt is allowed comes from the consent given, not from the plan") {
  ApplyFixture fixture;
  Plan plan = fixture.plan();
  for (Step& step : plan.steps)
    if (auto* install = std::get_if<InstallPackages>(&step)) install->allow_removals = install->allow_held = true;
  ApplyOptions agreed = apply_options();
  agreed.consent.downgrades = true;
  REQUIRE(apply_plan(fixture.host, plan, agreed, {}));
  const auto done = std::get<InstallPackages>(journal_in(fixture.host).steps[4].step);
  CHECK(done.allow_downgrades);
  CHECK(!done.allow_removals);
  CHECK(!done.allow_held);
}

TEST_CASE("a plan that does not know its exact packages is not applied") {
  ApplyFixture fixture;
  Plan plan = fixture.plan();
  plan.closure.known = false;
  CHECK(error_of(fixture, plan).kind == ErrorKind::changed);
  CHECK(fixture.host.changes.empty());
}

TEST_CASE("a second run at the same time fails at once, naming the process") {
  ApplyFixture fixture;
  fixture.host.own_locks["/var/lib/nvprov/lock"] = "process 4711 (nvprov)";
  const auto before = fixture.files_of_others();
  const Error error = error_of(fixture);
  CHECK(error.kind == ErrorKind::failed);
  CHECK(error.message == "/var/lib/nvprov/lock is locked by process 4711 (nvprov)");
  CHECK(error.context == std::vector<std::string>{"taking nvprov's own lock: one run at a time"});
  CHECK(fixture.files_of_others() == before);
}

TEST_CASE("a repository whose signature does not hold is not trusted, and its file is taken away again") {
  ApplyFixture fixture;
  const auto before = fixture.files_of_others();
  const std::string words =
      "W: GPG error: http://mirror.example.org/debian stable InRelease: The following signatures couldn't be verified "
      "because the public key is not available: NO_PUBKEY 0123456789ABCDEF";
  fixture.apt.update_failures = {words + "\nE: The repository is not signed.\n"};
  const Error error = error_of(fixture);
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.because.back() == "nothing was installed, and every file is as it was");
  CHECK(error.hints == std::vector<std::string>{"read the whole output in `" + log_file + "`"});
  CHECK(fixture.files_of_others() == before);
  CHECK(fixture.apt.installed.empty());
  CHECK(journal_in(fixture.host).state == JournalState::undone);
  CHECK(states_of(journal_in(fixture.host)) == std::vector<StepState>{StepState::undone, StepState::failed,
                                                                      StepState::pending, StepState::pending,
                                                                      StepState::pending, StepState::pending});
  CHECK(open_journal(fixture.host).value() == std::nullopt);
}

TEST_CASE("a mirror that cannot be reached fails and leaves the host as it was") {
  ApplyFixture fixture;
  const auto before = fixture.files_of_others();
  fixture.apt.update_failures = {
      "Err:1 http://mirror.example.org/debian stable InRelease\n"
      "  Could not connect to mirror.example.org:80 (192.0.2.1), connection timed out\n"
      "E: Failed to fetch http://mirror.example.org/debian/dists/stable/InRelease  Could not connect to "
      "mirror.example.org:80 (192.0.2.1), connection timed out\n"};
  const Error error = error_of(fixture);
  CHECK(error.kind == ErrorKind::failed);
  CHECK(error.message == "a repository cannot be reached");
  CHECK(fixture.files_of_others() == before);
}

TEST_CASE("an index lock taken between our look and apt's is waited for again") {
  ApplyFixture fixture;
  const std::string locked =
      "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 99 (apt-get)\n"
      "E: Unable to lock directory /var/lib/apt/lists/\n";
  fixture.apt.update_failures = {locked, locked};
  CHECK(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  ApplyFixture unlucky;
  unlucky.apt.update_failures = {locked, locked, locked};
  CHECK(error_of(unlucky).message == "another program holds the lock of the indexes");
}

TEST_CASE("a download that fails touches no package, so the files are put back") {
  ApplyFixture fixture;
  const auto before = fixture.files_of_others();
  fixture.apt.download_failure = "E: Failed to fetch http://mirror.example.org/ca-certs.deb  404  Not Found\n";
  const Error error = error_of(fixture);
  CHECK(error.kind == ErrorKind::failed);
  CHECK(error.message == "installing packages (prerequisites) failed: apt ended with status 100");
  CHECK(error.because ==
        std::vector<std::string>{"E: Failed to fetch http://mirror.example.org/ca-certs.deb  404  Not Found",
                                 "nothing was installed, and every file is as it was"});
  CHECK(fixture.files_of_others() == before);
  CHECK(journal_in(fixture.host).state == JournalState::undone);
}

TEST_CASE("an interrupt while a lock is waited for ends the wait and puts the files back") {
  ApplyFixture fixture;
  const auto before = fixture.files_of_others();
  fixture.host.lock_holders["/var/lib/dpkg/lock-frontend"] = {"apt-get (pid 7)"};
  int asked = 0;
  ApplyOptions chosen = apply_options();
  chosen.interrupted = [&] { return ++asked == 3; };
  CHECK(error_of(fixture, fixture.plan(), chosen).message == "interrupted");
  CHECK(fixture.files_of_others() == before);
  CHECK(journal_in(fixture.host).state == JournalState::undone);
}

TEST_CASE("a package that is not what the signed index lists is not trusted") {
  ApplyFixture fixture;
  const auto before = fixture.files_of_others();
  fixture.apt.download_failure =
      "E: Failed to fetch http://mirror.example.org/ca-certs.deb  Hash Sum mismatch\n"
      "E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n";
  CHECK(error_of(fixture).kind == ErrorKind::not_trusted);
  CHECK(fixture.files_of_others() == before);
}

TEST_CASE("a transaction that breaks shows the end of its log and leaves the rest to the next run") {
  ApplyFixture fixture;
  for (int line = 1; line <= 40; ++line) fixture.apt.dpkg_failure += "line " + std::to_string(line) + "\n";
  const Error error = error_of(fixture);
  CHECK(error.kind == ErrorKind::failed);
  std::vector<std::string> expected;
  for (int line = 26; line <= 40; ++line) expected.push_back("line " + std::to_string(line));
  CHECK(error.because == expected);
  CHECK(error.hints == std::vector<std::string>{"read the whole output in `" + log_file + "`"});
  CHECK(fixture.host.files.contains("/etc/apt/sources.list.d/nvprov.list"));
  const auto open = open_journal(fixture.host);
  REQUIRE(open);
  REQUIRE(*open);
  CHECK((*open)->state == JournalState::failed);
  CHECK(states_of(**open) == std::vector<StepState>{StepState::done, StepState::done, StepState::failed,
                                                    StepState::pending, StepState::pending, StepState::pending});
}

TEST_CASE("an apply while an earlier run is open is refused with its journal's name") {
  ApplyFixture fixture;
  fixture.apt.dpkg_failure = "it broke\n";
  error_of(fixture);
  const Error error = error_of(fixture);
  CHECK(error.kind == ErrorKind::refused);
  CHECK(error.because == std::vector<std::string>{"its journal is " + journal_file});
}

TEST_CASE("an apt that would install another version is stopped before it installs anything") {
  ApplyFixture fixture;
  const Plan plan = fixture.plan();
  const auto before = fixture.files_of_others();
  fixture.apt.available["libgpu1"] = "99.9.1-1";
  const Error error = error_of(fixture, plan);
  CHECK(error ==
        Error{.kind = ErrorKind::changed,
              .message = "the package manager would not do what the plan lists",
              .because = {"libgpu1: the plan would install 99.9.0-1, the package manager would install 99.9.1-1",
                          "nothing was installed, and every file is as it was"},
              .hints = {"plan again: the host or its repositories have changed"},
              .context = {}});
  CHECK(fixture.apt.installed.empty());  // not even the prerequisites
  CHECK(fixture.files_of_others() == before);
}

TEST_CASE("an apt that would do more or less than planned is stopped, each package named") {
  ApplyFixture fixture;
  const Plan plan = fixture.plan();
  fixture.apt.available["libextra"] = "4-1";
  fixture.apt.depends["gpu-module"] = {"libextra"};
  CHECK(error_of(fixture, plan).because ==
        std::vector<std::string>{"dkms: the plan would install 2-1, the package manager would leave it as it is",
                                 "libextra: the plan does not name it, the package manager would install 4-1",
                                 "nothing was installed, and every file is as it was"});
}

TEST_CASE("an apt that cannot do the transaction at all is a changed host") {
  ApplyFixture fixture;
  const Plan plan = fixture.plan();
  fixture.host.answer = [&](const Command& command, const RunOptions& run) -> Result<CommandOutput> {
    if (command.argv == std::vector<std::string>{"apt-get", "update"} || !run.on_output)
      return CommandOutput{.exit_status = 100, .out = {}, .err = "E: Unable to locate package libgpu1\n"};
    return fixture.apt.answer(command, run);
  };
  const Error error = error_of(fixture, plan);
  CHECK(error.kind == ErrorKind::changed);
  CHECK(error.because.front() == "E: Unable to locate package libgpu1");
}

TEST_CASE("a driver package whose version is not the driver's is stopped, though plan and apt agree") {
  ApplyFixture fixture;
  fixture.apt.available["libgpu1"] = "98.0-1";
  const Plan plan = fixture.plan();
  const Error error = error_of(fixture, plan);
  CHECK(error.kind == ErrorKind::changed);
  CHECK(error.because.front() == "libgpu1: its version would be 98.0-1, the driver's is 99.9.0-1");
  CHECK(fixture.apt.installed.empty());
}

TEST_CASE("a module that is not as planned fails the run, naming the log of its build") {
  ApplyFixture fixture;
  fixture.host.files["/var/lib/dkms/gpu-current/99.9.0/build/make.log"] = {.content = "error", .modified = 200};
  fixture.apt.modules.clear();
  const Error error = error_of(fixture);
  CHECK(error == Error{.kind = ErrorKind::failed,
                       .message = "the module of driver 99.9.0 is not in place for kernel 6.1.0-41-amd64",
                       .because = {"modinfo finds no module `gpu-current`"},
                       .hints = {"read the log of the module's build in "
                                 "`/var/lib/dkms/gpu-current/99.9.0/build/make.log`"},
                       .context = {}});
  // The packages stay, nothing is left to finish, and the next apply says the same again.
  CHECK(fixture.apt.installed == fixture.apt.available);
  CHECK(journal_in(fixture.host).state == JournalState::failed);
  CHECK(open_journal(fixture.host).value() == std::nullopt);
  CHECK(error_of(fixture) == error);
}

TEST_CASE("a failure after the packages are in place takes nothing back") {
  ApplyFixture fixture;
  const Plan plan = fixture.plan();
  fixture.host.fail_at = 22;  // the guard, the last file
  const Error error = error_of(fixture, plan);
  REQUIRE(fixture.host.changes[21] == "write /etc/apt/apt.conf.d/52nvprov");
  CHECK(fixture.host.files.at("/etc/apt/preferences.d/nvprov").content == "the new hold\n");
  CHECK(fixture.apt.installed == fixture.apt.available);
  CHECK(open_journal(fixture.host).value() == std::nullopt);
  fixture.host.fail_at = 0;
  CHECK(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  CHECK(fixture.plan().steps.empty());
}

TEST_CASE("an engine that does not take its new settings gets its former ones back") {
  const std::string path = "/etc/docker/daemon.json";
  MemoryHost host;
  host.folders.insert("/run/systemd/system");
  host.files[path] = {.content = "{}\n", .mode = 0640};
  std::vector<std::string> asked;
  int reload_status = 1;
  host.answer = [&](const Command& command, const RunOptions&) -> Result<CommandOutput> {
    asked.push_back(command.argv.at(1));
    if (asked.back() == "is-active") return CommandOutput{};
    return CommandOutput{.exit_status = std::exchange(reload_status, 0), .out = "", .err = ""};
  };
  Plan plan;
  plan.steps = {
      ConfigureContainerEngine{.engine = "Docker",
                               .path = path,
                               .former = "{}\n",
                               .content = "{\"runtimes\": {}}\n",
                               .mode = 0640,
                               .backup = path + ".nvprov-saved",
                               .record = {},
                               .purpose = {}},
      ManageService{.unit = "docker.service", .action = ServiceAction::reload, .engine = "Docker", .purpose = {}}};
  const auto report = apply_plan(host, plan, apply_options(), {});
  REQUIRE(!report);
  CHECK(report.error().message == "`systemctl reload docker.service` failed");
  CHECK(host.files.at(path).content == "{}\n");
  CHECK(host.files.at(path).mode == 0640);
  CHECK(asked == std::vector<std::string>{"is-active", "reload", "reload"});
  CHECK(states_of(journal_in(host)) == std::vector{StepState::undone, StepState::failed});
  CHECK(open_journal(host).value() == std::nullopt);
}
