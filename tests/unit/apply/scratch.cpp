#include "apply/scratch.hpp"

#include "apply/package_manager.hpp"
#include "apply/rehearsal.hpp"
#include "packages/apt.hpp"
#include "packages/dnf.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"

namespace nvprov {
namespace {

constexpr const char* alternatives_log = "/var/log/alternatives.log";
constexpr const char* auxiliary_cache = "/var/cache/ldconfig/aux-cache";
constexpr const char* package_cache = "/var/cache/apt/pkgcache.bin";

}  // namespace

TEST_CASE("what an image should not carry goes with the scratch folder", "[scratch]") {
  MemoryHost host;
  std::vector<std::vector<std::string>> ran;
  host.answer = [&](const Command& command, const RunOptions&) {
    ran.push_back(command.argv);
    return CommandOutput{};
  };
  host.files[alternatives_log] = {.content = "before\n", .mode = 0640};
  {
    auto scratch = Scratch::open(host, "7");
    REQUIRE(scratch);
    CHECK(scratch->path() == "/run/nvprov/scratch-7");
    CHECK(host.folders.contains("/run/nvprov/scratch-7/lists/partial"));
    CHECK(host.folders.contains("/run/nvprov/scratch-7/cache/archives/partial"));
    CHECK(host.folders.contains("/run/nvprov/scratch-7/log"));
    host.files[alternatives_log].content += "a program of the run\n";
    host.files[auxiliary_cache] = {.content = "new"};
    host.files[package_cache] = {.content = "new"};
    scratch->remove_too({"/var/log/nvprov"});
    const Scratch moved = std::move(*scratch);  // is cleaned up once
  }
  CHECK(host.files[alternatives_log] == MemoryFile{.content = "before\n", .mode = 0640});
  CHECK(!host.files.contains(auxiliary_cache));
  CHECK(!host.files.contains(package_cache));
  const std::vector<std::vector<std::string>> expected = {
      {"rm", "-rf", "--one-file-system", "--", "/run/nvprov/scratch-7", "/var/log/nvprov"},
      {"rmdir", "--ignore-fail-on-non-empty", "/run/nvprov"}};
  CHECK(ran == expected);
}

TEST_CASE("apt and dnf are told to work in the scratch folder, simulations too", "[scratch]") {
  CHECK(apt_scratch_lines("/s") ==
        std::vector<std::string>{"Dir::State::lists \"/s/lists/\";", "Dir::Cache \"/s/cache/\";",
                                 "Dir::Cache::archives \"/s/cache/archives/\";", "Dir::Log \"/s/log/\";",
                                 "DPkg::Options:: \"--log=/s/log/dpkg.log\";"});
  ApplyOptions options;
  options.scratch = "/s";
  options.apt_config = "/run/nvprov/network-7.conf";
  CHECK(for_this_run({"dnf", "-y", "install", "x"}, options) ==
        std::vector<std::string>{"dnf", "--setopt=cachedir=/s/cache", "--setopt=logdir=/s/log", "-y", "install", "x"});
  CHECK(for_this_run({"dpkg", "--audit"}, options) == std::vector<std::string>{"dpkg", "--audit"});

  MemoryHost host;
  std::vector<std::string> asked;
  host.answer = [&](const Command& command, const RunOptions&) {
    asked = command.argv;
    return CommandOutput{};
  };
  const InstallPackages step{.purpose = "libraries", .packages = {{.name = "x", .version = {}}}, .leaving = {}};
  (void)simulate(host, step, options);
  REQUIRE(asked.size() > 3);
  CHECK(asked[1] == "-c");
  CHECK(asked[2] == options.apt_config);
}

}  // namespace nvprov
