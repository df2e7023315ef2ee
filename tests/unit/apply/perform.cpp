#include "apply/perform.hpp"

#include "apply/saved_files.hpp"
#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"

namespace nvprov::perform_tests {
namespace {

constexpr const char* path = "/etc/docker/daemon.json";

ConfigureContainerEngine edit(std::optional<std::string> former) {
  return {.engine = "Docker",
          .path = path,
          .former = std::move(former),
          .content = "{\"runtimes\": {}}\n",
          .mode = 0640,
          .backup = "/etc/docker/daemon.json.nvprov-saved",
          .record = {},
          .purpose = "NVIDIA's runtime"};
}

const ManageService reload = {
    .unit = "docker.service", .action = ServiceAction::reload, .engine = "Docker", .purpose = ""};

// systemctl, as `active` has it, which notes what it was asked.
struct Systemd {
  MemoryHost host;
  int active = 0;
  int done = 0;
  std::vector<std::string> asked;

  explicit Systemd(bool is_there = true) {
    if (is_there) host.folders.insert("/run/systemd/system");
    host.answer = [this](const Command& command, const RunOptions&) -> Result<CommandOutput> {
      asked.push_back(command.argv.at(1));
      return CommandOutput{.exit_status = asked.back() == "is-active" ? active : done, .out = "", .err = ""};
    };
  }
};

template <class T>
StepResult performed(const T& step, Host& host) {
  const ApplyOptions options;
  const ApplyEvents events;
  const std::string log = "/log";
  return perform(step, host, PackageManagerRun{.options = options, .events = events, .log = log});
}

}  // namespace

TEST_CASE("an engine's file is copied before it is written") {
  MemoryHost host;
  host.files[path] = {.content = "{}\n", .mode = 0640};
  CHECK(performed(edit("{}\n"), host).value());
  CHECK(host.changes ==
        std::vector<std::string>{"write /etc/docker/daemon.json.nvprov-saved", std::string("write ") + path});
  CHECK(host.files["/etc/docker/daemon.json.nvprov-saved"].content == "{}\n");
  CHECK(host.files[path].content == "{\"runtimes\": {}}\n");
  CHECK(host.files[path].mode == 0640);
  CHECK_FALSE(performed(edit("{}\n"), host).value());  // as it should be
}

TEST_CASE("an engine's file that changed since the plan is left alone") {
  MemoryHost host;
  host.files[path] = {.content = "{\"debug\": true}\n"};
  const auto result = performed(edit("{}\n"), host);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().error.kind == ErrorKind::changed);
  CHECK(host.changes.empty());

  const auto unexpected = performed(edit(std::nullopt), host);
  REQUIRE_FALSE(unexpected.has_value());
  CHECK(host.changes.empty());
}

TEST_CASE("without its copy an engine's file is not written") {
  MemoryHost host;
  host.files[path] = {.content = "{}\n"};
  host.fail_at = 1;
  CHECK_FALSE(performed(edit("{}\n"), host).has_value());
  CHECK(host.files[path].content == "{}\n");
}

TEST_CASE("a service that runs is told, one that does not is left alone") {
  Systemd systemd;
  CHECK(performed(reload, systemd.host).value());
  CHECK(systemd.asked == std::vector<std::string>{"is-active", "reload"});

  systemd.asked.clear();
  systemd.active = 3;
  CHECK_FALSE(performed(reload, systemd.host).value());
  CHECK(systemd.asked == std::vector<std::string>{"is-active"});
}

TEST_CASE("without systemd there is no service to tell") {
  Systemd none(false);
  CHECK_FALSE(performed(reload, none.host).value());
  CHECK(none.asked.empty());
}

TEST_CASE("a service is enabled where its unit file can be, and only once") {
  const std::string unit = "nvidia-persistenced.service";
  const ManageService enable{.unit = unit, .action = ServiceAction::enable_now, .engine = {}, .purpose = {}};
  Systemd disk(false);
  CHECK_FALSE(performed(enable, disk.host).value());  // the packages brought none
  disk.host.files["/usr/lib/systemd/system/" + unit].content = "[Service]\n";
  CHECK_FALSE(performed(enable, disk.host).value());  // others start it
  disk.host.files["/usr/lib/systemd/system/" + unit].content = "[Install]\nWantedBy=multi-user.target\n";
  CHECK_FALSE(performed(enable, disk.host).value());  // nothing reads it
  CHECK(disk.asked.empty());
  disk.host.files["/usr/bin/systemctl"] = {};
  CHECK(performed(enable, disk.host).value());
  CHECK(disk.asked == std::vector<std::string>{"enable"});
  CHECK(disk.host.changes.back() == "run systemctl enable " + unit);  // a disk that does not run starts nothing
  disk.host.files["/etc/systemd/system/multi-user.target.wants/" + unit] = {};
  CHECK_FALSE(performed(enable, disk.host).value());
}

TEST_CASE("on a machine that runs a service is enabled and started at once, and told where that fails") {
  const std::string unit = "nvidia-persistenced.service";
  const ManageService enable{.unit = unit, .action = ServiceAction::enable_now, .engine = {}, .purpose = {}};
  Systemd running;
  running.host.files["/lib/systemd/system/" + unit].content = "[Install]\nWantedBy=multi-user.target\n";
  running.host.files["/bin/systemctl"] = {};
  CHECK(performed(enable, running.host).value());
  CHECK(running.host.changes.back() == "run systemctl enable --now " + unit);
  running.done = 1;
  const auto failed = performed(enable, running.host);
  REQUIRE_FALSE(failed.has_value());
  CHECK(contains(failed.error().error.message, unit + " could not be enabled"));
}

TEST_CASE("a service that cannot be told is an error that names the command") {
  Systemd systemd;
  systemd.done = 1;
  const auto result = performed(reload, systemd.host);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().error.message == "`systemctl reload docker.service` failed");
}

TEST_CASE("packages are marked as asked for, and as drawn in again where the run is taken back") {
  MemoryHost host;
  host.answer = [](const Command&, const RunOptions&) { return CommandOutput{}; };
  const SetPackageMark mark = {.packages = {"cuda-drivers", "nvidia-open"}, .purpose = "the driver stays"};
  CHECK(performed(mark, host).value());
  CHECK(host.changes.back() == "run apt-mark manual cuda-drivers nvidia-open");
  Journal journal;
  JournalStep step;
  step.step = mark;
  step.state = StepState::done;
  step.pre_images = {{.path = files_of(mark).front(), .existed = false, .content = {}}};
  journal.steps = {step};
  CHECK(put_files_back(host, journal).empty());
  CHECK(host.changes.back() == "run apt-mark auto cuda-drivers nvidia-open");

  host.answer = [](const Command&, const RunOptions&) {
    return CommandOutput{.exit_status = 100, .out = "", .err = "E: no such package"};
  };
  const auto failed = performed(mark, host);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().error.message == "cuda-drivers, nvidia-open could not be marked");
}

constexpr const char* record = "/var/lib/dpkg/alternatives/cuda";
const SetAlternative to_12_4 = {
    .name = "cuda", .link = "/usr/local/cuda", .target = "/usr/local/cuda-12.4", .former = {}};

TEST_CASE("a link that several releases share is set once") {
  MemoryHost host;
  host.files[record] = {.content = "auto\n/usr/local/cuda\n"};
  host.links["/etc/alternatives/cuda"] = "/usr/local/cuda-12.8";
  host.answer = [](const Command&, const RunOptions&) { return CommandOutput{}; };
  CHECK(performed(to_12_4, host).value());
  CHECK(host.changes.back() == "run update-alternatives --set cuda /usr/local/cuda-12.4");

  host.changes.clear();
  host.links["/etc/alternatives/cuda"] = "/usr/local/cuda-12.4";
  CHECK(performed(to_12_4, host).value());  // by priority alone, which a newer release would change
  host.files[record].content = "manual\n/usr/local/cuda\n";
  host.changes.clear();
  CHECK_FALSE(performed(to_12_4, host).value());
  CHECK(host.changes.empty());
}

TEST_CASE("a link that cannot be set is an error that names it") {
  MemoryHost host;
  host.answer = [](const Command&, const RunOptions&) { return CommandOutput{.exit_status = 2, .out = "", .err = ""}; };
  const auto result = performed(to_12_4, host);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().error.message == "/usr/local/cuda could not be set to /usr/local/cuda-12.4");
}

TEST_CASE("a link goes back to what somebody chose before, or to what the packages choose") {
  MemoryHost host;
  host.links["/etc/alternatives/cuda"] = "/usr/local/cuda-12.4";
  host.answer = [](const Command&, const RunOptions&) { return CommandOutput{}; };
  Journal journal;
  JournalStep step;
  step.step = to_12_4;
  step.state = StepState::done;
  step.pre_images = {{.path = record, .existed = true, .content = "auto\n"}};
  journal.steps = {step};
  CHECK(put_files_back(host, journal).empty());
  CHECK(host.changes == std::vector<std::string>{"run update-alternatives --auto cuda"});
  CHECK(journal.steps.front().state == StepState::undone);

  host.changes.clear();
  SetAlternative chosen = to_12_4;
  chosen.former = "/usr/local/cuda-11.8";
  journal.steps.front().step = chosen;
  journal.steps.front().state = StepState::done;
  CHECK(put_files_back(host, journal).empty());
  CHECK(host.changes == std::vector<std::string>{"run update-alternatives --set cuda /usr/local/cuda-11.8"});
}

}  // namespace nvprov::perform_tests
