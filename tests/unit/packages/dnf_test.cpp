#include "packages/dnf.hpp"

#include "support/catch.hpp"
#include "unit/packages/recorded.hpp"

using namespace nvprov;

namespace {

DnfTransaction transaction_of(const std::string& name) {
  const auto read = parse_transaction(recorded("dnf-4/" + name));
  INFO(name);
  REQUIRE(read);
  return *read;
}

std::vector<std::string> summary(const DnfTransaction& transaction) {
  const std::vector<std::string> words = {"install", "upgrade", "downgrade", "remove", "keep"};
  std::vector<std::string> lines;
  for (const PackageChange& change : transaction.changes)
    lines.push_back(words[static_cast<std::size_t>(change.action)] + " " + change.name + " " +
                    change.old_version.value_or("-") + " " + change.version.value_or("-") +
                    (change.requested ? " requested" : ""));
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("rpm versions: the known cases", "[dnf]") {
  const auto older = [](const char* left, const char* right) { return compare_rpm_versions(left, right) < 0; };
  CHECK(older("580.95.05-1.el9", "580.126.09-1.el9"));
  CHECK(older("999-1", "1:1-1"));
  CHECK(older("3:580.95.05-1.el9", "3:580.126.09-1.el9"));
  CHECK(older("1.0~rc1-1", "1.0-1"));
  CHECK(older("1.0-1", "1.0^git1-1"));
  CHECK(older("1.0^git1-1", "1.0.1-1"));
  CHECK((compare_rpm_versions("0:1.0-1", "1.0-1") == 0));
  CHECK(upstream_rpm_version("3:580.126.09-1.el9") == "580.126.09");
  CHECK(rpm_version_text("(none)", "1", "2") == "1-2");
  CHECK(rpm_version_text("3", "1", "2") == "3:1-2");
}

TEST_CASE("a .repo file is read as dnf reads it", "[dnf]") {
  Diagnostics problems;
  const auto entries = parse_repo_file(
      "# c\n[main]\ngpgcheck=1\n[cuda-rhel9-x86_64]\nname=cuda\nbaseurl=https://a.example.org/x\n   "
      "https://b.example.org/x\n"
      "enabled = 0\npassword=secret\n\n[epel]\nmetalink=https://m.example.org/?repo=epel\nwhat\n",
      "/etc/yum.repos.d/x.repo", problems);
  REQUIRE(entries.size() == 2);
  RepositoryEntry first;
  first.file = "/etc/yum.repos.d/x.repo";
  first.line = 4;
  first.format = "repo";
  first.enabled = false;
  first.types = {"rpm"};
  first.uris = {"https://a.example.org/x", "https://b.example.org/x"};
  first.options = {{"name", "cuda"},
                   {"baseurl", "https://a.example.org/x\nhttps://b.example.org/x"},
                   {"enabled", "0"},
                   {"password", "***"}};
  first.id = "cuda-rhel9-x86_64";
  CHECK((entries[0] == first));
  CHECK(entries[1].id == "epel");
  CHECK(entries[1].enabled);
  CHECK(entries[1].uris == Lines{"https://m.example.org/?repo=epel"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].place == "line 13");
}

TEST_CASE("our .repo file fails where its repository fails, and is read back", "[dnf]") {
  const std::string text = render_repo_file({.id = "nvprov-cuda",
                                             .name = "CUDA",
                                             .baseurl = "https://a.example.org/x/",
                                             .key_paths = {"/etc/pki/rpm-gpg/K"},
                                             .packages_signed = false,
                                             .metadata_signed = true,
                                             .ca_path = "/etc/ca.pem",
                                             .proxy = {},
                                             .module_hotfixes = false});
  CHECK(text ==
        "[nvprov-cuda]\nname=CUDA\nbaseurl=https://a.example.org/x/\nenabled=1\ngpgcheck=0\nrepo_gpgcheck=1\n"
        "gpgkey=file:///etc/pki/rpm-gpg/K\nsslcacert=/etc/ca.pem\nskip_if_unavailable=0\n");
  Diagnostics problems;
  CHECK(parse_repo_file(text, "x", problems).size() == 1);
  CHECK(problems.empty());
}

TEST_CASE("a user's repository is switched on, every other byte stays", "[dnf]") {
  const std::string text = "; mine\r\n[a]\nenabled=0\n[crb]\r\nname=x\r\n enabled=0\n#enabled=0\nenabled = 0\r\nzz";
  CHECK(enable_repository(text, "crb").value() ==
        "; mine\r\n[a]\nenabled=0\n[crb]\r\nname=x\r\n enabled=0\n#enabled=0\nenabled =1\r\nzz");
  CHECK(enable_repository("[a]\nname=x\n", "a").value() == "[a]\nname=x\n");
  CHECK(enable_repository(text, "b") == std::nullopt);
}

TEST_CASE("module states are read", "[dnf]") {
  Diagnostics problems;
  CHECK(parse_module_state("[nvidia-driver]\nname=nvidia-driver\nstream=580-open\nprofiles=\nstate=enabled\n", "f",
                           problems) == std::vector<ModuleState>{{"nvidia-driver", "580-open", "enabled"}});
  CHECK(problems.empty());
  parse_module_state("what\n", "f", problems);
  CHECK(problems.size() == 1);
}

TEST_CASE("the transactions dnf shows are read", "[dnf]") {
  CHECK(summary(transaction_of("install")) ==
        Lines{"install a-package-of-a-very-long-name-that-makes-dnf-wrap-its-table-in-two-lines - 570.124.06-1.el9 "
              "requested",
              "install dkms - 3.0.12-1.el9", "install kmod-nvidia-open-dkms - 3:580.95.05-1.el9 requested",
              "install nvidia-driver-cuda - 3:580.95.05-1.el9 requested",
              "install nvidia-driver-cuda-libs - 3:580.95.05-1.el9"});
  const PackageChange first = transaction_of("install").changes.front();
  CHECK(first.origin == "cuda-rhel9");
  CHECK(first.architecture == "noarch");
  CHECK(first.download_bytes == 5734);  // "5.6 k"
  CHECK(summary(transaction_of("downgrade-by-install")) ==
        Lines{"downgrade nvidia-driver-cuda - 3:580.95.05-1.el9",
              "downgrade nvidia-driver-cuda-libs - 3:580.95.05-1.el9"});
  CHECK(summary(transaction_of("upgrade-by-install")).front() == "upgrade nvidia-driver-cuda - 3:580.126.09-1.el9");
  CHECK(summary(transaction_of("conflict-erasing")) ==
        Lines{"remove replaced 1-1 -", "install replacer - 2-1 requested", "remove user-of-replaced 1-1 -"});
  CHECK(summary(transaction_of("obsoletes")) ==
        Lines{"install new-obsoleter - 2-1 requested", "remove replaced 1-1 -"});
  CHECK(transaction_of("nothing") == DnfTransaction{});
  CHECK(transaction_of("mod-enable").modules ==
        std::vector<ModuleChange>{{ModuleAction::enable, "nvidia-driver", "580-open"}});
  CHECK(transaction_of("mod-reset").modules == std::vector<ModuleChange>{{ModuleAction::reset, "nvidia-driver", ""}});
}

TEST_CASE("dnf 5's table and a wrapped row of dnf 4's are read", "[dnf]") {
  const auto five = parse_transaction(
      "Package          Arch   Version          Repository      Size\nUpgrading:\n"
      " fmt             x86_64 11.0.2-2.fc41    fedora     264.1 KiB\n"
      "   replacing fmt x86_64 10.2.1-4.fc40    <unknown>  371.4 KiB\n"
      "Installing dependencies:\n hiredis x86_64 0:1.2.0-3.fc41 fedora 0.0   B\n\nTransaction Summary:\n Upgrading: "
      "1\n");
  REQUIRE(five);
  CHECK(summary(*five) == Lines{"upgrade fmt 10.2.1-4.fc40 11.0.2-2.fc41", "install hiredis - 1.2.0-3.fc41"});
  const auto wrapped = parse_transaction(
      " Package   Arch   Version   Repository   Size\n====\nInstalling:\n spirv-tools-libs   i686   1.1.0.git9e.fc26\n"
      "                                                      updates  614 k\n\nTransaction Summary\n");
  REQUIRE(wrapped);
  CHECK(summary(*wrapped) == Lines{"install spirv-tools-libs - 1.1.0.git9e.fc26 requested"});
}

TEST_CASE("a table with a line nobody knows is refused", "[dnf]") {
  const std::string heading = " Package Arch Version Repository Size\n";
  CHECK(!parse_transaction(heading + "Frobnicating:\n a x86_64 1-1 r 1 k\nTransaction Summary\n"));
  CHECK(!parse_transaction(heading + "Installing:\n a x86_64 1-1\nTransaction Summary\n"));
  CHECK(!parse_transaction(heading + "Skipping packages with broken dependencies:\n a x86_64 1-1 r 1 k\n"));
  CHECK(!parse_transaction("Error: no\n"));
}

TEST_CASE("offers are read with their epochs, older ones first", "[dnf]") {
  const auto offers = parse_repoquery(
      "a\t3\t580.126.09\t1.el9\tx86_64\tcuda\t5661\t7\na\t3\t580.95.05\t1.el9\tx86_64\tcuda\t5653\t0\n"
      "dkms\t0\t3.0.12\t1.el9\tnoarch\tepel\t1\t2\n");
  REQUIRE(offers);
  CHECK(*offers == std::vector<PackageOffer>{{"a", "3:580.95.05-1.el9", "x86_64", "cuda", "", 5653, 0, false},
                                             {"a", "3:580.126.09-1.el9", "x86_64", "cuda", "", 5661, 7, false},
                                             {"dkms", "3.0.12-1.el9", "noarch", "epel", "", 1, 2, false}});
  CHECK(!parse_repoquery("a b c\n"));
}

TEST_CASE("why dnf failed is told", "[dnf]") {
  const auto failure = [](const std::string& name) { return classify_dnf_failure(recorded("dnf-4/" + name)).failure; };
  CHECK(failure("fail-not-found") == DnfFailure::not_found);
  CHECK(failure("fail-refused") == DnfFailure::unreachable);
  CHECK(failure("fail-tls") == DnfFailure::unreachable);
  CHECK(failure("fail-checksum") == DnfFailure::mismatch);
  CHECK(failure("fail-unsigned-md") == DnfFailure::not_trusted);
  CHECK(failure("fail-wrong-key") == DnfFailure::not_trusted);
  CHECK(failure("fail-tampered") == DnfFailure::not_trusted);
  CHECK(failure("fail-unsigned-pkg") == DnfFailure::not_trusted);
  CHECK(failure("fail-bad-rpm") == DnfFailure::mismatch);
  CHECK(failure("fail-rpm-gone") == DnfFailure::not_found);
  CHECK(failure("mod-install") == DnfFailure::filtered);
  CHECK(failure("broken") == DnfFailure::unsatisfiable);
  CHECK(failure("nomatch") == DnfFailure::unsatisfiable);
  CHECK(classify_dnf_failure("Waiting for process with pid 3 to finish.").failure == DnfFailure::locked);
  CHECK(classify_dnf_failure("RPMDB already locked by 3").failure == DnfFailure::locked);
  CHECK(classify_dnf_failure("Error: strange").detail == "strange");
}

TEST_CASE("what excludes what is told in dnf's words", "[dnf]") {
  const auto conflicts = parse_dnf_conflicts(recorded("dnf-4/conflict"));
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts[0].subject ==
        "problem with installed package replaced-1-1.noarch; package replacer-2-1.noarch conflicts with replaced "
        "provided by replaced-1-1.noarch; conflicting requests");
  CHECK(parse_dnf_conflicts(recorded("dnf-4/nomatch")).at(0).subject == "No match for argument: no-such-package");
}

TEST_CASE("what is asked of dnf is what is done", "[dnf]") {
  const InstallPackages step{.purpose = "driver",
                             .packages = {{"dkms", "3.0.12-1.el9"}, {"nvidia-driver-cuda", "3:580.95.05-1.el9"}},
                             .leaving = {},
                             .allow_downgrades = true,
                             .allow_removals = true};
  PackageChange change;
  change.name = "nvidia-driver-cuda";
  change.version = "3:580.95.05-1.el9";
  change.architecture = "x86_64";
  const Lines specs = package_specs(step, {change});
  CHECK(specs == Lines{"dkms-0:3.0.12-1.el9", "nvidia-driver-cuda-3:580.95.05-1.el9.x86_64"});
  CHECK(dnf_install_argv(DnfGeneration::dnf4, step, {"a"}) == Lines{"dnf", "-y", "--setopt=install_weak_deps=0",
                                                                    "--setopt=exit_on_lock=1", "install",
                                                                    "--allowerasing", "a"});
  CHECK(dnf_assume_no_argv(DnfGeneration::dnf5, step, {"a"}) ==
        Lines{"dnf5", "--assumeno", "--setopt=install_weak_deps=0", "--setopt=exit_on_lock=1", "install",
              "--allowerasing", "--allow-downgrade", "a"});
  CHECK(repoquery_argv(DnfGeneration::dnf5, {"a"}, false).at(3).ends_with("installsize}\\n"));
  CHECK(repoquery_argv(DnfGeneration::dnf4, {"a"}, true).back() == "a");
}

TEST_CASE("a lock is put beside the user's own and taken back", "[dnf]") {
  const VersionLock lock{.packages = {"a", "b"}, .version = "3:580.126.09-1.el9"};
  const std::string users = "# mine\nzsh-0:5.8-9.el9.*";
  const std::string merged = merge_versionlock(users, DnfGeneration::dnf4, {lock}, "hold the driver");
  CHECK(merged ==
        "# mine\nzsh-0:5.8-9.el9.*\n# nvprov begin: hold the driver\na-3:580.126.09-1.el9.*\nb-3:580.126.09-1.el9.*\n"
        "# nvprov end\n");
  CHECK(merge_versionlock(merged, DnfGeneration::dnf4, {lock}, "hold the driver") == merged);
  CHECK(without_our_versionlock(merged) == users + "\n");
  InstalledPackage package;
  package.name = "a";
  package.version = "3:580.126.09-1.el9";
  package.architecture = "x86_64";
  CHECK(is_version_locked(merged, DnfGeneration::dnf4, package));
  package.name = "c";
  CHECK(!is_version_locked(merged, DnfGeneration::dnf4, package));

  const std::string toml =
      merge_versionlock("", DnfGeneration::dnf5, {{.packages = {"a"}, .version = "3:580.*"}}, "hold the branch");
  CHECK(
      toml ==
      "version = \"1.0\"\n# nvprov begin: hold the branch\n[[packages]]\nname = \"a\"\ncomment = \"hold the branch\"\n"
      "[[packages.conditions]]\nkey = \"evr\"\ncomparator = \">=\"\nvalue = \"3:580\"\n"
      "[[packages.conditions]]\nkey = \"evr\"\ncomparator = \"<\"\nvalue = \"3:581\"\n# nvprov end\n");
  package.name = "a";
  CHECK(is_version_locked(toml, DnfGeneration::dnf5, package));
  CHECK(without_our_versionlock(toml).empty());
}
