#include <filesystem>

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "closure/closure.hpp"
#include "contract/bare_root.hpp"
#include "contract/local_archive.hpp"
#include "contract/toolkit.hpp"
#include "packages/apt.hpp"
#include "packages/signing_key.hpp"
#include "packages/vendor_repository.hpp"
#include "support/catch.hpp"

// What apt and gpgv do that nvprov has to know of, and that what nvprov writes and asks is safe against it.
namespace nvprov {
namespace {

using test::BareRoot;
using test::request;
using test::said;
using Words = std::vector<std::string>;

constexpr const char* maker = "make-archive";
const Words plain_update = {"apt-get", "-q", "update"};

// A root with the archive, its key and a line that names both.
void set_up(BareRoot& root) {
  test::add_archive(root, maker, "archive");
  root.write("/etc/apt/keyrings/archive.asc", root.read("/srv/archive/key.asc"));
  root.write("/etc/apt/sources.list", "deb [signed-by=/etc/apt/keyrings/archive.asc] file:/srv/archive fake main\n");
}

void write(BareRoot& root, const SourceSetup& setup) {
  for (const ImportKey& key : setup.keys) root.write(key.path, key.content);
  for (const AddRepository& file : setup.repositories) root.write(file.path, file.content);
}

// What would be installed: "fake-meta 98.1.0-1".
Words would_install(BareRoot& root, const Words& argv) {
  const auto simulation = parse_simulation(root.run_well(argv));
  REQUIRE(simulation);
  Words words;
  for (const PackageChange& change : simulation->changes)
    words.push_back(change.name + " " + change.version.value_or(""));
  return words;
}

std::vector<RepositoryEntry> one_line_entries(const std::string& text, const std::string& file) {
  Diagnostics problems;
  auto entries = parse_one_line_sources(text, file, problems);
  REQUIRE(problems.empty());
  return entries;
}

}  // namespace

TEST_CASE("apt-get update succeeds where a signature does not hold and an older index is there; ours fails", "[apt]") {
  BareRoot root;
  set_up(root);
  root.run_well(update_argv());
  test::sign_archive(root, maker, "archive", "stranger");
  const CommandOutput plain = root.run(plain_update);
  CHECK(plain.exit_status == 0);
  CHECK(contains(said(plain), "GPG error"));
  const CommandOutput ours = root.run(update_argv());
  CHECK(ours.exit_status == 100);
  CHECK(classify_update_failure(said(ours)).failure == UpdateFailure::not_trusted);
}

TEST_CASE("apt-get update succeeds where nobody answers; ours fails", "[apt]") {
  BareRoot root;
  set_up(root);
  root.run_well(update_argv());
  root.write("/etc/apt/apt.conf.d/10retries", "Acquire::Retries \"0\";\n");
  root.write("/etc/apt/sources.list.d/gone.list", "deb http://127.0.0.1:1/archive fake main\n");
  CHECK(root.run(plain_update).exit_status == 0);
  const CommandOutput ours = root.run(update_argv());
  CHECK(ours.exit_status == 100);
  CHECK(classify_update_failure(said(ours)).failure == UpdateFailure::unreachable);
}

TEST_CASE("two lines for one address with and without a key stop apt, and nvprov writes no second one", "[apt]") {
  BareRoot root;
  test::add_toolkit(root);
  const std::string theirs = "deb file:/srv/toolkit /\n";
  const auto policy = [&] { return root.run({"apt-cache", "policy"}); };
  write(root, test::toolkit_setup(root.host(), {}));  // as if their line were not known
  root.write("/etc/apt/sources.list", theirs);
  CHECK(policy().exit_status == 0);  // a line read before one with a key gets that key
  root.write("/etc/apt/sources.list", "");
  root.write("/etc/apt/sources.list.d/theirs.list", theirs);
  CHECK(policy().exit_status == 100);
  CHECK(contains(said(policy()), "Conflicting values set for option Signed-By"));
  auto entries = one_line_entries(theirs, "/etc/apt/sources.list.d/theirs.list");
  CHECK(test::toolkit_setup(root.host(), entries).repositories.empty());

  // Two of theirs that conflict are both taken out before ours is written.
  const std::string conflicting = "deb [signed-by=/usr/share/keyrings/old.gpg] file:/srv/toolkit /\n";
  root.write("/etc/apt/sources.list", conflicting);
  for (RepositoryEntry& entry : one_line_entries(conflicting, "/etc/apt/sources.list"))
    entries.push_back(std::move(entry));
  CHECK(policy().exit_status == 100);
  const SourceSetup setup = test::toolkit_setup(root.host(), entries);
  CHECK(setup.blockers.size() == 2);
  for (const RemoveRepository& removal : setup.removals) root.write(removal.path, removal.content);
  write(root, setup);
  CHECK(policy().exit_status == 0);
}

TEST_CASE("a version given to apt for a meta package does not reach the driver; pins and full lists do", "[apt]") {
  BareRoot root;
  set_up(root);
  root.run_well(update_argv());
  const Words older = {"fake-library 98.1.0-1", "fake-meta 98.1.0-1"};
  const InstallPackages meta_alone = request({{"fake-meta", "98.1.0-1"}});
  CHECK(would_install(root, simulate_argv(meta_alone)) == Words{"fake-library 99.9.0-1", "fake-meta 98.1.0-1"});
  const InstallPackages each = request({{"fake-meta", "98.1.0-1"}, {"fake-library", "98.1.0-1"}});
  CHECK(would_install(root, simulate_argv(each)) == older);

  root.write("/etc/apt/preferences.d/theirs", "Package: fake-meta\nPin: version 98.*\nPin-Priority: 995\n");
  CHECK(would_install(root, simulate_argv(request({{"fake-meta", {}}}))) != older);
  const WriteFile hold = hold_preferences({"fake-meta", "fake-library"}, "98.*", "a test");
  root.write(hold.path, hold.content);
  CHECK(would_install(root, simulate_argv(request({{"fake-meta", {}}}))) == older);
}

TEST_CASE("gpgv and apt reject armored keyrings, and ours are not armored", "[apt]") {
  BareRoot root;
  set_up(root);
  const std::string armored = root.read("/srv/archive/key.asc");
  const std::string fingerprint = read_public_keys(armored).value().front().fingerprint;
  const auto keyring = trusted_keyring(armored, "", {{.id = "test", .fingerprint = fingerprint, .file_sha256 = {}}});
  REQUIRE(keyring);
  root.write("/armored.gpg", armored);
  root.write("/ours.gpg", *keyring);
  const auto gpgv = [&](const std::string& file) {
    return root.run({"gpgv", "--keyring", file, "/srv/archive/dists/fake/InRelease"}).exit_status;
  };
  CHECK(gpgv("/armored.gpg") != 0);
  CHECK(gpgv("/ours.gpg") == 0);
  const auto apt = [&](const std::string& file) {
    root.write("/etc/apt/sources.list", "deb [signed-by=" + file + "] file:/srv/archive fake main\n");
    return root.run(update_argv());
  };
  const CommandOutput refused = apt("/armored.gpg");
  CHECK(refused.exit_status == 100);
  CHECK(classify_update_failure(said(refused)).failure == UpdateFailure::not_trusted);
  CHECK(apt("/ours.gpg").exit_status == 0);
  CHECK(apt("/srv/archive/key.asc").exit_status == 0);  // apt goes by the name's end
  CHECK(key_path({.id = "x", .title = {}, .kind = "apt", .url = {}, .original_url = {}}).ends_with(".gpg"));
}

TEST_CASE("gpgv accepts a key bound by SHA-1, and nvprov tells it from others", "[apt]") {
  BareRoot root;
  set_up(root);
  test::sign_archive(root, maker, "archive", "sha1");
  const std::string text = root.read("/srv/archive/sha1.asc");
  root.write("/etc/apt/keyrings/archive.asc", text);
  CHECK(root.run(update_argv()).exit_status == 0);
  CHECK(read_public_keys(text).value().front().binding_digests == Words{"SHA1"});
  CHECK(test::catalog_key("3BF863CC").binding_digest == "SHA1");
  // What Debian 13 says of such a key is in trixie_test.cpp.
}

TEST_CASE("apt accepts what NVIDIA signed with the key nvprov carries, and nothing else", "[apt]") {
  BareRoot root;
  test::add_toolkit(root);
  std::vector<RepositoryEntry> entries(1);  // tells the format the host uses
  SECTION("in the one-line format") { entries[0].format = "one-line"; }
  SECTION("in a deb822 stanza") { entries[0].format = "deb822"; }
  const SourceSetup setup = test::toolkit_setup(root.host(), entries);
  REQUIRE(setup.keys.size() == 1);
  REQUIRE(setup.repositories.size() == 1);
  write(root, setup);
  CHECK(root.run({"gpgv", "--keyring", setup.keys[0].path, "/srv/toolkit/InRelease"}).exit_status == 0);
  root.run_well(update_argv());
  CHECK(contains(root.run_well({"apt-cache", "policy", "nvidia-container-toolkit"}), "1.14.1-1"));

  std::filesystem::remove_all(root.path() + "/var/lib/apt/lists");
  root.spoil("/srv/toolkit/InRelease");
  CHECK(root.run({"gpgv", "--keyring", setup.keys[0].path, "/srv/toolkit/InRelease"}).exit_status != 0);
  CHECK(classify_update_failure(said(root.run(update_argv()))).failure == UpdateFailure::not_trusted);
  test::add_toolkit(root);
  root.spoil("/srv/toolkit/Packages.xz");
  CHECK(classify_update_failure(said(root.run(update_argv()))).failure == UpdateFailure::mismatch);
  test::add_toolkit(root);
  root.write(setup.keys[0].path, binary_keyring(test::test_file("data/keys/invented-sha1.asc")).value());
  CHECK(classify_update_failure(said(root.run(update_argv()))).failure == UpdateFailure::not_trusted);
}

TEST_CASE("the container toolkit needs one version for each of its packages", "[apt]") {
  BareRoot root;
  test::add_toolkit(root);
  std::string status;
  for (const char* package : {"libc6", "libcap2", "libseccomp2"})
    status += "Package: " + std::string(package) +
              "\nStatus: install ok installed\nMaintainer: Test <test@example.org>\nArchitecture: amd64\n"
              "Version: 9:9\nDescription: nothing\n\n";
  root.write("/var/lib/dpkg/status", status);
  const SourceSetup setup = test::toolkit_setup(root.host(), {});
  const ConsultedRepositories repositories{{}, setup.repositories, {}, setup.keys, {}};
  const PrivateApt apt{.cache_folder = "/var/cache/nvprov", .target_root = "/", .network = {}};
  HostFacts facts;
  facts.package_facts.architecture = "amd64";
  const auto metadata = fetch_apt_metadata(root.host(), apt, facts, repositories, {"nvidia-container-toolkit"});
  REQUIRE(metadata);
  REQUIRE(metadata->offers.size() == 2);
  // The Release file has neither Suite nor Valid-Until, and is of 2018.
  CHECK(metadata->offers[1] == PackageOffer{.name = "nvidia-container-toolkit",
                                            .version = "1.14.1-1",
                                            .architecture = "amd64",
                                            .origin = "https://nvidia.github.io/libnvidia-container/stable",
                                            .suite = "stable",
                                            .download_bytes = metadata->offers[1].download_bytes,
                                            .installed_bytes = metadata->offers[1].installed_bytes,
                                            .candidate = true});

  const auto close = [&](const InstallPackages& step) {
    const auto closure = close_apt_packages(root.host(), apt, facts, repositories, {step});
    REQUIRE(closure);
    return *closure;
  };
  CHECK(!close(request({{"nvidia-container-toolkit", "1.14.0-1"}})));
  const auto whole = close(request({{"nvidia-container-toolkit", "1.14.0-1"},
                                    {"nvidia-container-toolkit-base", "1.14.0-1"},
                                    {"libnvidia-container-tools", "1.14.0-1"},
                                    {"libnvidia-container1", "1.14.0-1"}}));
  REQUIRE(whole);
  CHECK(whole->packages.size() == 4);
  for (const PackageChange& change : whole->packages) CHECK(change.version == "1.14.0-1");
}

}  // namespace nvprov
