#include "host/run_command.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "host/posix_host.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

using namespace nvprov;
using nvprov::test::TempFolder;

namespace {

Result<CommandOutput> run(std::vector<std::string> argv, const RunOptions& options = {}) {
  return make_posix_host("/")->run({std::move(argv), {}}, options);
}

}  // namespace

TEST_CASE("a command's output and exit status are collected") {
  CHECK(run({"sh", "-c", "echo out; echo err >&2; exit 3"}).value() == CommandOutput{3, "out\n", "err\n"});
  CHECK(run({"sh", "-c", "kill -9 $$"}).value().exit_status == 137);
  CHECK(run({"sh", "-c", "exit 127"}).value().exit_status == 127);
}

TEST_CASE("more output than a pipe holds, on both sides at once, stops nothing") {
  const auto output = run({"sh", "-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"}).value();
  CHECK(output.out.size() == 300000);
  CHECK(output.err.size() == 300000);
}

TEST_CASE("a program that is not there is an error that names it") {
  const auto missing = run({"no-such-program-here"});
  REQUIRE(!missing);
  CHECK(missing.error().message == "the program `no-such-program-here` is not on this machine");
  const TempFolder folder;
  const auto forbidden = run({folder.write("data", "no program")});
  REQUIRE(!forbidden);
  CHECK(forbidden.error().message == "could not run `" + folder.path() + "/data`: Permission denied");
}

TEST_CASE("a command gets a fixed environment, the proxies, and what is named") {
  ::setenv("http_proxy", "http://proxy.example.org:3128", 1);
  ::setenv("LD_PRELOAD_LOOKALIKE", "x", 1);
  const auto output = make_posix_host("/")->run({{"env"}, {{"LC_ALL", "C.UTF-8"}, {"EXTRA", "1"}}}, {}).value();
  ::unsetenv("http_proxy");
  ::unsetenv("LD_PRELOAD_LOOKALIKE");
  CHECK(output.out.find("http_proxy=http://proxy.example.org:3128\n") != std::string::npos);
  CHECK(output.out.find("DEBIAN_FRONTEND=noninteractive\n") != std::string::npos);
  CHECK(output.out.find("LC_ALL=C.UTF-8\n") != std::string::npos);
  CHECK(output.out.find("LC_ALL=C\n") == std::string::npos);
  CHECK(output.out.find("EXTRA=1\n") != std::string::npos);
  CHECK(output.out.find("LD_PRELOAD_LOOKALIKE") == std::string::npos);
}

TEST_CASE("a command gets no descriptor of ours but the three and the status pipe, and an empty input") {
  // Deliberately without O_CLOEXEC, as a library might leave one.
  const int leaked = ::fcntl(::open("/dev/null", O_RDONLY), F_DUPFD, 50);
  CHECK(run({"sh", "-c", "cat; ls /proc/self/fd"}).value().out == "0\n1\n2\n3\n");  // 3 is ls reading the folder
  std::vector<std::string> lines;
  RunOptions options;
  options.on_status = [](std::string_view) {};
  CHECK(run({"sh", "-c", "ls /proc/self/fd"}, options).value().out == "0\n1\n2\n3\n4\n");
  ::close(leaked);
}

TEST_CASE("lines and status lines arrive while the command runs") {
  std::vector<std::string> lines;
  std::vector<std::string> statuses;
  RunOptions options;
  options.on_output = [&](std::string_view line) { lines.emplace_back(line); };
  options.on_status = [&](std::string_view line) { statuses.emplace_back(line); };
  const auto output =
      run({"sh", "-c", "printf 'a\\r\\nb\\n'; echo status:1 >&3; printf 'status:2' >&3; printf last"}, options);
  REQUIRE(output);
  CHECK(lines == std::vector<std::string>{"a", "b", "last"});
  CHECK(statuses == std::vector<std::string>{"status:1", "status:2"});
}

TEST_CASE("with a log the output is appended there and still told line by line") {
  const TempFolder folder;
  std::vector<std::string> lines;
  RunOptions options;
  options.log_path = folder.path() + "/var/log/nvprov.log";
  options.on_output = [&](std::string_view line) { lines.emplace_back(line); };
  CHECK(run({"sh", "-c", "echo one; exec echo two"}, options).value() == CommandOutput{0, "", ""});
  CHECK(run({"sh", "-c", "echo three >&2"}, options).value() == CommandOutput{0, "", ""});
  CHECK(folder.read("var/log/nvprov.log") == "one\ntwo\nthree\n");
  CHECK(lines == std::vector<std::string>{"one", "two", "three"});
}

TEST_CASE("a service left behind with our pipe open does not hold us") {
  const auto before = std::chrono::steady_clock::now();
  CHECK(run({"sh", "-c", "sleep 20 & echo started"}).value().out == "started\n");
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(10));
}

TEST_CASE("a query runs only programs of the list, and of those only what reads") {
  const auto host = make_posix_host("/");
  CHECK(host->query({{"uname", "-s"}, {}}).value().out == "Linux\n");
  CHECK(host->query({{"rm", "-f", "/nothing"}, {}}).error().message ==
        "`rm` is not on the list of programs that only read");
  CHECK(host->query({{"/usr/bin/uname"}, {}}).error().message ==
        "`/usr/bin/uname` is not on the list of programs that only read");
  CHECK(check_read_only({{"apt-get", "-s", "install", "x"}, {}}));
  CHECK(check_read_only({{"apt-get", "install", "x"}, {}}).error().message ==
        "`apt-get install x` could change the machine; a query may not");
  CHECK(!check_read_only({{"dpkg", "--configure", "-a"}, {}}));
  CHECK(!check_read_only({{}, {}}));
}

TEST_CASE("of rpm's command lines only the two that list and ask for an owner are queries") {
  const std::string format = R"(%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{VENDOR}\n)";
  const auto allowed = [](const std::vector<std::string>& argv) { return check_read_only({argv, {}}).has_value(); };
  CHECK(allowed({"rpm", "-qa", "--qf", format}));
  CHECK(allowed({"rpm", "--dbpath", "/var/lib/rpm", "-qa", "--qf", format}));
  CHECK(allowed({"rpm", "--dbpath", "/var/lib/rpm", "-qf", "/usr/bin/nvidia-uninstall"}));
  CHECK(!allowed({"rpm"}));
  CHECK(!allowed({"rpm", "-qa"}));
  CHECK(!allowed({"rpm", "-qa", "--qf", format, "--pipe", "sh"}));
  CHECK(!allowed({"rpm", "--eval", "%(id)", "-qa", "--qf", format}));
  CHECK(!allowed({"rpm", "--define", "a b", "-qa", "--qf", format}));
  CHECK(!allowed({"rpm", "--dbpath", "/%(id)", "-qa", "--qf", format}));
  CHECK(!allowed({"rpm", "--dbpath", "lib", "-qa", "--qf", format}));
  CHECK(!allowed({"rpm", "-qa", "--qf", "%{NAME}"}));
  CHECK(!allowed({"rpm", "-qf", "--pipe=sh"}));
  CHECK(!allowed({"rpm", "-e", "bash"}));
}

TEST_CASE("a command of a rooted host runs inside it, or says that only root may") {
  const TempFolder root;
  const auto host = make_posix_host(root.path());
  const auto output = host->run({{"true"}, {}}, {});
  REQUIRE(!output);
  if (::geteuid() == 0)
    CHECK(output.error().message == "the program `true` is not in " + root.path());
  else
    CHECK(output.error().hints == std::vector<std::string>{"run this as root"});
}
