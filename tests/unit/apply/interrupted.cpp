#include "apply/apply.hpp"
#include "apply/journal.hpp"
#include "base/text.hpp"
#include "model/plan_json.hpp"
#include "support/catch.hpp"
#include "support/fake_apt.hpp"

using namespace nvprov;

namespace {

const std::string lock_file = "/var/lib/nvprov/lock";

// What the command line does: finish what was left, look again, apply.
Status next_run(ApplyFixture& fixture) {
  const auto open = open_journal(fixture.host);
  if (!open) return fail(open.error());
  if (*open)
    if (const auto finished = finish_interrupted(fixture.host, **open, apply_options(), {}); !finished) return finished;
  const auto report = apply_plan(fixture.host, fixture.plan(), apply_options(), {});
  if (!report) return fail(report.error());
  return {};
}

void check_all_done(const ApplyFixture& fixture) {
  CHECK(fixture.plan().steps.empty());
  CHECK(fixture.apt.installed == fixture.apt.available);
  CHECK(fixture.apt.half_installed.empty());
  CHECK(open_journal(fixture.host).value() == std::nullopt);
}

std::size_t changes_of_a_whole_run() {
  ApplyFixture fixture;
  REQUIRE(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  return fixture.host.changes.size();
}

JournalState state_of(const MemoryHost& host) {
  const auto journal = journal_from_json(host.files.at(journal_file).content, journal_file);
  REQUIRE(journal);
  return journal->state;
}

// The process ends while dpkg has the first package half in place.
void kill_in_transaction(ApplyFixture& fixture) {
  fixture.host.fail_at = 14;  // the journal after the first transaction
  fixture.host.stays_broken = true;
  fixture.apt.dpkg_failure = "killed\n";
  REQUIRE(!apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  REQUIRE(fixture.host.changes[12].starts_with("run apt-get"));
  REQUIRE(!fixture.apt.half_installed.empty());
  fixture.host.fail_at = 0;
  fixture.apt.dpkg_failure.clear();
}

}  // namespace

TEST_CASE("whichever change fails once, files are as before or the packages are in, and the next run completes") {
  const std::size_t count = changes_of_a_whole_run();
  REQUIRE(count == 24);
  for (std::size_t n = 1; n <= count; ++n) {
    CAPTURE(n);
    ApplyFixture fixture;
    const auto before = fixture.files_of_others();
    fixture.host.fail_at = n;
    const auto report = apply_plan(fixture.host, fixture.plan(), apply_options(), {});
    CAPTURE(fixture.host.changes.at(n - 1));
    REQUIRE(!report);
    CHECK(contains(report.error().message, "no space left"));
    if (!fixture.apt.installed.contains("libgpu1")) CHECK(fixture.files_of_others() == before);
    fixture.host.fail_at = 0;
    CHECK(next_run(fixture));
    check_all_done(fixture);
  }
}

TEST_CASE("wherever the run is killed or the disk stays full, the next run completes") {
  const std::size_t count = changes_of_a_whole_run();
  for (std::size_t n = 1; n <= count; ++n) {
    CAPTURE(n);
    ApplyFixture fixture;
    fixture.host.fail_at = n;
    fixture.host.stays_broken = true;
    REQUIRE(!apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
    fixture.host.fail_at = 0;
    CHECK(next_run(fixture));
    check_all_done(fixture);
  }
}

TEST_CASE("wherever the run is killed before packages, finishing it puts every file back") {
  for (std::size_t n = 5; n <= 12; ++n) {
    CAPTURE(n);
    ApplyFixture fixture;
    const auto before = fixture.files_of_others();
    fixture.host.fail_at = n + 1;
    fixture.host.stays_broken = true;
    REQUIRE(!apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
    fixture.host.fail_at = 0;
    const auto open = open_journal(fixture.host);
    REQUIRE(open);
    REQUIRE(*open);
    REQUIRE(finish_interrupted(fixture.host, **open, apply_options(), {}));
    const bool begun = n == 12;  // the journal that says the first transaction begins is written
    if (!begun) CHECK(fixture.files_of_others() == before);
    CHECK(state_of(fixture.host) == (begun ? JournalState::superseded : JournalState::undone));
  }
}

TEST_CASE("what dpkg left half-configured is configured, and the journal closed as superseded") {
  ApplyFixture fixture;
  kill_in_transaction(fixture);
  const auto open = open_journal(fixture.host);
  REQUIRE(open);
  REQUIRE(*open);
  fixture.host.changes.clear();
  std::string told;
  ApplyEvents events;
  events.note = [&](std::string_view text) { told = text; };
  REQUIRE(finish_interrupted(fixture.host, **open, apply_options(), events));
  CHECK(fixture.host.changes ==
        std::vector<std::string>{"folder /var/lib/nvprov", "lock " + lock_file, "folder /var/log/nvprov",
                                 "run dpkg --force-confdef --force-confold --configure -a", "write " + journal_file});
  CHECK(told == "finishing an earlier run that was interrupted (20261122T110442Z-1)");
  CHECK(state_of(fixture.host) == JournalState::superseded);
  CHECK(next_run(fixture));
  check_all_done(fixture);
}

TEST_CASE("where configuring is not enough, the transaction that was agreed to is taken up again") {
  ApplyFixture fixture;
  kill_in_transaction(fixture);
  fixture.apt.configure_fails = true;
  CHECK(next_run(fixture));
  check_all_done(fixture);
}

TEST_CASE("where apt would now do something else, an interrupted transaction is not taken up") {
  ApplyFixture fixture;
  kill_in_transaction(fixture);
  fixture.apt.configure_fails = true;
  fixture.apt.available["openssl"] = "3-2";
  const auto finished = next_run(fixture);
  REQUIRE(!finished);
  CHECK(finished.error().kind == ErrorKind::failed);
  CHECK(finished.error().message == "packages left half-installed by an earlier run could not be finished");
  CHECK(finished.error().because.back() == "openssl: the package manager would install 3-2, which nobody agreed to");
  CHECK(open_journal(fixture.host).value().has_value());
}

TEST_CASE("a file somebody changed since is left alone when a run is undone") {
  ApplyFixture fixture;
  fixture.host.fail_at = 8;
  fixture.host.stays_broken = true;
  REQUIRE(!apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  fixture.host.fail_at = 0;
  fixture.host.files["/etc/apt/sources.list.d/nvprov.list"].content = "deb mine\n";
  const auto open = open_journal(fixture.host);
  REQUIRE(open);
  REQUIRE(*open);
  REQUIRE(finish_interrupted(fixture.host, **open, apply_options(), {}));
  CHECK(fixture.host.files.at("/etc/apt/sources.list.d/nvprov.list").content == "deb mine\n");
}

TEST_CASE("what a cut-off write left beside a file is removed") {
  ApplyFixture fixture;
  fixture.host.fail_at = 8;
  fixture.host.stays_broken = true;
  REQUIRE(!apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  fixture.host.fail_at = 0;
  fixture.host.files["/etc/apt/sources.list.d/.nvprov.list.nvprov-new"] = {.content = "deb"};
  fixture.host.files["/etc/apt/sources.list.d/.other.list.nvprov-new"] = {.content = "deb"};
  const auto open = open_journal(fixture.host);
  REQUIRE(open);
  REQUIRE(*open);
  REQUIRE(finish_interrupted(fixture.host, **open, apply_options(), {}));
  CHECK(!fixture.host.files.contains("/etc/apt/sources.list.d/.nvprov.list.nvprov-new"));
  CHECK(fixture.host.files.contains("/etc/apt/sources.list.d/.other.list.nvprov-new"));
}

TEST_CASE("a run that is still at work is not finished by another") {
  ApplyFixture fixture;
  fixture.host.fail_at = 8;
  fixture.host.stays_broken = true;
  REQUIRE(!apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  fixture.host.fail_at = 0;
  fixture.host.own_locks[lock_file] = "process 4711 (nvprov)";
  const auto finished = next_run(fixture);
  REQUIRE(!finished);
  CHECK(finished.error().message == lock_file + " is locked by process 4711 (nvprov)");
  CHECK(state_of(fixture.host) == JournalState::open);
}

TEST_CASE("a run that ended well since is left as it is") {
  ApplyFixture fixture;
  REQUIRE(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  Journal stale = *journal_from_json(fixture.host.files.at(journal_file).content, journal_file);
  stale.state = JournalState::open;
  fixture.host.changes.clear();
  REQUIRE(finish_interrupted(fixture.host, stale, apply_options(), {}));
  CHECK(fixture.host.changes == std::vector<std::string>{"folder /var/lib/nvprov", "lock " + lock_file});
}

TEST_CASE("a host without journals has none open") {
  const MemoryHost host;
  CHECK(open_journal(host).value() == std::nullopt);
}

TEST_CASE("a damaged journal is an error that names it and what is wrong") {
  ApplyFixture fixture;
  REQUIRE(apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
  auto& content = fixture.host.files.at(journal_file).content;
  SECTION("truncated") {
    content.resize(content.size() / 2);
    const auto open = open_journal(fixture.host);
    REQUIRE(!open);
    CHECK(open.error().message == "the journal " + journal_file + " cannot be read");
    CHECK(open.error().because.size() == 1);
  }
  SECTION("newer") {
    content = replace_all(content, "nvprov.journal/1", "nvprov.journal/2");
    const auto open = open_journal(fixture.host);
    REQUIRE(!open);
    CHECK(open.error().because ==
          std::vector<std::string>{"/schema: written by a newer nvprov: the schema is `nvprov.journal/2`, this nvprov "
                                   "reads `nvprov.journal/1`"});
  }
  fixture.host.files.erase("/etc/apt/apt.conf.d/52nvprov");
  CHECK(!apply_plan(fixture.host, fixture.plan(), apply_options(), {}));
}

TEST_CASE("an engine whose file was written before the run was killed is told of it by the next") {
  MemoryHost host;
  host.folders.insert("/run/systemd/system");
  host.files["/etc/docker/daemon.json"] = {.content = "{}\n"};
  std::vector<std::string> asked;
  int status = 0;
  host.answer = [&](const Command& command, const RunOptions&) -> Result<CommandOutput> {
    asked.push_back(command.argv.at(1));
    return CommandOutput{.exit_status = asked.back() == "reload" ? std::exchange(status, 0) : 0, .out = "", .err = ""};
  };
  Journal journal;
  journal.id = "20261122T110442Z-1";
  journal.log = "/log";
  const auto add = [&](Step step, StepState state) {
    journal.steps.push_back(
        {.step = std::move(step), .state = state, .pre_images = {}, .pre_packages = {}, .error = {}});
  };
  add(InstallPackages{.purpose = "container toolkit", .packages = {}, .leaving = {}}, StepState::done);
  add(ConfigureContainerEngine{.engine = "Docker",
                               .path = "/etc/docker/daemon.json",
                               .former = {},
                               .content = "{}\n",
                               .mode = 0644,
                               .backup = {},
                               .record = {},
                               .purpose = {}},
      StepState::done);
  add(ManageService{.unit = "docker.service", .action = ServiceAction::reload, .engine = "Docker", .purpose = {}},
      StepState::pending);
  add(ManageService{.unit = "other.service", .action = ServiceAction::reload, .engine = "Other", .purpose = {}},
      StepState::pending);
  journal.steps[1].pre_images = {{.path = "/etc/docker/daemon.json", .existed = false, .content = {}}};
  REQUIRE(save_journal(host, journal));
  SECTION("and takes it") {
    REQUIRE(finish_interrupted(host, journal, apply_options(), {}));
    CHECK(asked == std::vector<std::string>{"is-active", "reload"});
    CHECK(state_of(host) == JournalState::superseded);
    CHECK(host.files.contains("/etc/docker/daemon.json"));
  }
  SECTION("and does not take it: it gets its former file, and no run is left to finish") {
    status = 1;
    CHECK_FALSE(finish_interrupted(host, journal, apply_options(), {}));
    CHECK(asked == std::vector<std::string>{"is-active", "reload", "reload"});
    CHECK_FALSE(host.files.contains("/etc/docker/daemon.json"));
    CHECK(open_journal(host).value() == std::nullopt);
  }
}
