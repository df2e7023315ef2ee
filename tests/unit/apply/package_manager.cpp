#include "apply/package_manager.hpp"

#include "support/catch.hpp"
#include "support/memory_host.hpp"

using namespace nvprov;

namespace {

// What run_logged() makes of a program that prints and reports these lines.
LoggedOutput run_printing(const std::vector<std::string>& printed, const std::vector<std::string>& reported) {
  MemoryHost host;
  host.answer = [&](const Command&, const RunOptions& options) -> Result<CommandOutput> {
    CHECK(options.log_path == "/var/log/nvprov/x.log");
    for (const std::string& line : printed) options.on_output(line);
    for (const std::string& line : reported) options.on_status(line);
    return CommandOutput{.exit_status = 3, .out = {}, .err = {}};
  };
  const std::string log = "/var/log/nvprov/x.log";
  const ApplyOptions options;
  const ApplyEvents events;
  const auto output = run_logged(host, {"program"}, {.options = options, .events = events, .log = log});
  REQUIRE(output);
  CHECK(output->exit_status == 3);
  return *output;
}

}  // namespace

TEST_CASE("the output of a program is kept line by line") {
  CHECK(run_printing({"one", "two"}, {}).text == "one\ntwo\n");
}

TEST_CASE("a download touches no package") {
  CHECK(!run_printing({"Reading package lists...", "Get:1 http://mirror.example.org/debian stable/main libgpu1"},
                      {"dlstatus:1:20.0000:Retrieving file 1 of 5", "no status line"})
             .touched_packages);
}

TEST_CASE("what dpkg prints and what apt reports of it each show that packages were touched") {
  CHECK(run_printing({}, {"pmstatus:dpkg-exec:0.0000:Running dpkg"}).touched_packages);
  for (const char* line :
       {"Selecting previously unselected package libgpu1.", "Preparing to unpack .../libgpu1.deb ...",
        "Unpacking libgpu1 (1) ...", "Setting up libgpu1 (1) ...", "Removing libgpu1 (1) ..."}) {
    CAPTURE(line);
    CHECK(run_printing({line}, {}).touched_packages);
  }
}

TEST_CASE("the last lines of a log leave out empty ones") {
  CHECK(last_lines("a\n\nb\n  \nc\n", 2) == std::vector<std::string>{"b", "c"});
  CHECK(last_lines("a\n", 15) == std::vector<std::string>{"a"});
  CHECK(last_lines("", 15).empty());
}

TEST_CASE("the log of a module's build is found in what DKMS prints, once") {
  CHECK(build_logs_in("Building module:\nError! Bad return status\n"
                      "Consult /var/lib/dkms/gpu/99.9/build/make.log for more information.\n"
                      "Consult /var/lib/dkms/gpu/99.9/build/make.log for more information.\nsee /tmp/make.log\n") ==
        std::vector<std::string>{"/var/lib/dkms/gpu/99.9/build/make.log"});
  CHECK(build_logs_in("").empty());
}
