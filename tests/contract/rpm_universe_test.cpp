#include "solver/rpm_universe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "closure/package_asker.hpp"
#include "contract/bare_root.hpp"
#include "contract/local_archive.hpp"
#include "detect/rpm.hpp"
#include "host/ca_bundle.hpp"
#include "host/posix_host.hpp"
#include "packages/dnf.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

// What nvprov's own closure of rpm's packages says, beside what the real dnf 4 says of the same question.
// A namespace of its own: its helpers have the names of those for Debian's packages.
namespace nvprov::rpm_universe_contract {
namespace {

using test::BareRoot;
using test::said;
using Words = std::vector<std::string>;

constexpr const char* rpm_database = "/var/lib/rpm";

const RpmList main_list = {.id = "first", .repository = "file:///srv/world/main/", .excluded = {"excluded*"}};
const RpmList extra_list = {.id = "extra", .repository = "file:///srv/world/extra/", .priority = 100};
const ModularRpms second_stream_off = {.active = {"fake-stream-0:1.0-1.el9.x86_64", "fake-part-0:1.0-1.el9.x86_64"},
                                       .hidden = {"fake-stream-0:2.0-1.el9.x86_64", "fake-part-0:2.0-1.el9.x86_64"}};

class ServedWorld {
 public:
  explicit ServedWorld(const Words& installed) {
    test::add_world(root_, "make-rpm-world", "world");
    root_.write("/etc/rpm/macros", "%_dbpath /var/lib/rpm\n");
    root_.write("/etc/yum.repos.d/world.repo",
                "[first]\nname=first\nbaseurl=file:///srv/world/main/\ngpgcheck=0\nexcludepkgs=excluded*\n"
                "[extra]\nname=extra\nbaseurl=file:///srv/world/extra/\ngpgcheck=0\npriority=100\n");
    Words argv = {"rpm", "--dbpath", rpm_database, "-i", "--justdb", "--nodeps"};
    for (const std::string& name : installed) argv.push_back(fmt::format("/srv/world/{}.rpm", name));
    if (!installed.empty()) root_.run_well(argv);
    if (installed.empty()) root_.run_well({"rpm", "--dbpath", rpm_database, "--initdb"});
    root_.run_well({"dnf", "-y", "module", "enable", "fake:1"});
  }

  // "install a 1-1.el9 x86_64"; nullopt where there is no answer.
  std::optional<Words> dnf_says(InstallPackages step) {
    auto answer = dnf_says_once(step);
    if (answer) return answer;
    step.allow_removals = step.allow_downgrades = true;
    return dnf_says_once(step);
  }

  // As the program asks, from a root it never enters.
  Closure asker_says(const InstallPackages& step) {
    const test::TempFolder cache;
    const auto machine = make_posix_host("/");
    HostFacts facts;
    facts.origin = "root";
    facts.architecture = "x86_64";
    facts.package_facts.manager = "dnf";
    facts.package_facts.modules = {{"fake", "1", "enabled"}};
    Diagnostics problems;
    ConsultedRepositories repositories;
    repositories.entries =
        parse_repo_file(root_.read("/etc/yum.repos.d/world.repo"), "/etc/yum.repos.d/world.repo", problems);
    PackageAsker asker(*machine, {.cache_folder = cache.path(), .target_root = root_.path()},
                       make_curl_downloader({}, {}, find_ca_bundle(*machine)));
    const auto metadata = asker.fetch_metadata(facts, repositories, {"library", "excluded"});
    if (!metadata) FAIL(metadata.error().message);
    CHECK(metadata->offers.size() == 3);
    const auto closure = asker.close(facts, repositories, {step}, {});
    if (!closure) FAIL(closure.error().message);
    REQUIRE(*closure);
    return **closure;
  }

  static Words words(const Closure& closure) { return words_of(closure.packages); }

  std::optional<Words> nvprov_says(const InstallPackages& step, bool from_facts) {
    RpmUniverse universe({.architecture = "x86_64"});
    Diagnostics problems;
    if (from_facts) {
      PackageFacts facts;
      detect_rpm_packages(root_.host(), facts, problems);
      problems.clear();  // there may be no package at all
      universe.add_installed(facts.packages);
    } else {
      universe.add_installed(parse_installed_rpms(root_.run_well(rpm_query_argv(rpm_database)), problems));
    }
    REQUIRE(problems.empty());
    REQUIRE(universe.add_list(main_list, primary("main")));
    REQUIRE(universe.add_list(extra_list, primary("extra")));
    universe.set_modules(second_stream_off);
    const auto closure = universe.close({.wanted = step});
    if (!closure) return std::nullopt;
    return words_of(closure->packages);
  }

 private:
  static Words words_of(const std::vector<PackageChange>& changes) {
    Words words;
    for (const PackageChange& change : changes) {
      const auto& version = change.action == PackageAction::remove ? change.old_version : change.version;
      if (change.action != PackageAction::keep)
        words.push_back(
            fmt::format("{} {} {} {}", word_of(change.action), change.name, version.value_or(""), change.architecture));
    }
    std::ranges::sort(words);
    return words;
  }

  static const char* word_of(PackageAction action) {
    switch (action) {
      case PackageAction::install: return "install";
      case PackageAction::upgrade: return "upgrade";
      case PackageAction::downgrade: return "downgrade";
      case PackageAction::remove: return "remove";
      case PackageAction::keep: return "keep";
    }
    return "";
  }

  std::string primary(const std::string& repository) const {
    const std::filesystem::path folder = root_.path() + "/srv/world/" + repository + "/repodata";
    for (const auto& file : std::filesystem::directory_iterator(folder))
      if (file.path().string().find("primary.xml") != std::string::npos) return file.path();
    return {};
  }

  std::optional<Words> dnf_says_once(const InstallPackages& step) {
    const CommandOutput output = root_.run(dnf_assume_no_argv(DnfGeneration::dnf4, step, package_specs(step, {})));
    if (!parse_dnf_conflicts(said(output)).empty()) return std::nullopt;
    const auto transaction = parse_transaction(output.out);
    INFO(said(output));
    REQUIRE(transaction);
    return words_of(transaction->changes);
  }

  BareRoot root_;
};

InstallPackages rpm_step_of(const Words& requests) {
  InstallPackages step;
  for (const std::string& request : requests) {
    const std::size_t blank = request.find(' ');
    if (blank == std::string::npos)
      step.packages.push_back({request, std::nullopt});
    else
      step.packages.push_back({request.substr(0, blank), request.substr(blank + 1)});
  }
  return step;
}

// What the requests lead to on a host with these packages, both ways, and from facts alone.
void compare_with_dnf(const Words& installed, const std::vector<Words>& requests) {
  ServedWorld world(installed);
  for (const Words& request : requests) {
    const InstallPackages step = rpm_step_of(request);
    CAPTURE(installed, request);
    const auto expected = world.dnf_says(step);
    CHECK(world.nvprov_says(step, false) == expected);
    CHECK(world.nvprov_says(step, true) == expected);
  }
}

}  // namespace

TEST_CASE("on an empty host nvprov closes rpm's packages as dnf does", "[dnf]") {
  compare_with_dnf({}, {{"driver"},
                        {"driver 3:580.10.00-1.el9"},
                        {"driver 3:580.10.00-1.el9", "kmod 3:580.10.00-1.el9", "library 3:580.10.00-1.el9"},
                        {"library.i686"},
                        {"library", "library.i686"},
                        {"library32-user"},
                        {"kernel"},
                        {"old"},
                        {"was"},
                        {"needs-was"},
                        {"pinned"},
                        {"pinned", "base 2.0-1.el9"},
                        {"conflicter"},
                        {"conflicter", "base"},
                        {"needs-file"},
                        {"/usr/bin/fake-tool"},
                        {"rich", "y"},
                        {"rich-or"},
                        {"broken"},
                        {"best-broken"},
                        {"best-broken 1.0-1.el9"},
                        {"needs-virtual"},
                        {"either"},
                        {"virtual"},
                        {"weak"},
                        {"needs-data"},
                        {"tool"},
                        {"tool 2.0-1.el9"},
                        {"only-extra"},
                        {"base"},
                        {"needs-base-three"},
                        {"fake-stream"},
                        {"fake-part-user"},
                        {"modular-rival"},
                        {"needs-excluded"},
                        {"absent"}});
}

TEST_CASE("on a host with older packages nvprov closes rpm's packages as dnf does", "[dnf]") {
  compare_with_dnf({"main/base-1.0-1.el9.x86_64", "main/library-580.10.00-1.el9.x86_64", "main/kernel-6.1-1.el9.x86_64",
                    "main/kernel-core-6.1-1.el9.x86_64", "main/old-1.0-1.el9.x86_64", "main/was-1.0-1.el9.x86_64",
                    "main/needs-was-1.0-1.el9.x86_64", "main/x-1.0-1.el9.x86_64", "main/tool-0.5-1.el9.x86_64",
                    "main/rich-1.0-1.el9.x86_64"},
                   {{"driver"},
                    {"driver 3:580.10.00-1.el9"},
                    {"library"},
                    {"library.i686"},
                    {"library32-user"},
                    {"kernel"},
                    {"kernel 6.2-1.el9"},
                    {"new"},
                    {"renamed"},
                    {"conflicter"},
                    {"needs-new-base"},
                    {"needs-base-three"},
                    {"pinned"},
                    {"y"},
                    {"x"},
                    {"needs-file"},
                    {"only-extra"},
                    {"tool"},
                    {"needs-old"},
                    {"needs-soname"}});
}

TEST_CASE("on a host with newer packages nvprov closes rpm's packages as dnf does", "[dnf]") {
  compare_with_dnf(
      {"main/base-2.0-1.el9.x86_64", "main/needs-new-base-1.0-1.el9.x86_64", "main/kmod-595.175.07-1.el9.x86_64",
       "main/driver-595.175.07-1.el9.x86_64", "main/library-595.175.07-1.el9.x86_64", "main/new-2.0-1.el9.x86_64",
       "main/conflicter-1.0-1.el9.x86_64"},
      {{"driver 3:580.10.00-1.el9"},
       {"driver 3:580.10.00-1.el9", "kmod 3:580.10.00-1.el9", "library 3:580.10.00-1.el9"},
       {"library 3:580.10.00-1.el9"},
       {"pinned"},
       {"wants-down"},
       {"old"},
       {"needs-old"},
       {"base 1.0-1.el9"},
       {"conflicter"},
       {"needs-soname"}});
}

TEST_CASE("asked through fetched metadata, of a root that is not entered, the answer is dnf's", "[dnf]") {
  ServedWorld world({"main/library-580.10.00-1.el9.x86_64"});
  for (const char* name : {"driver", "fake-part-user", "only-extra", "library.i686", "needs-thing"}) {
    CAPTURE(name);
    const InstallPackages step = rpm_step_of({name});
    CHECK(ServedWorld::words(world.asker_says(step)) == world.dnf_says(step));
  }
  const Closure closure = world.asker_says(rpm_step_of({"kmod"}));
  REQUIRE(closure.packages.size() == 1);
  CHECK(closure.packages[0].origin == "first");
  CHECK(closure.packages[0].requested);
  CHECK(closure.packages[0].path == "kmod-595.175.07-1.el9.x86_64.rpm");
}

}  // namespace nvprov::rpm_universe_contract
