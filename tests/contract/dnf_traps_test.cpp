#include <fmt/format.h>

#include <filesystem>

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "catalog/catalog.hpp"
#include "closure/closure.hpp"
#include "contract/bare_root.hpp"
#include "contract/local_archive.hpp"
#include "detect/rpm.hpp"
#include "host/posix_host.hpp"
#include "packages/dnf.hpp"
#include "packages/signing_key.hpp"
#include "packages/vendor_repository.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

// What dnf 4 and rpm do that nvprov has to know of, and that what nvprov writes and asks is safe against it.
namespace nvprov {
namespace {

using test::BareRoot;
using test::request;
using test::said;
using Words = std::vector<std::string>;

constexpr auto dnf = DnfGeneration::dnf4;
constexpr const char* rpm_maker = "make-rpm-archive";

VendorRepository test_repository() {
  return {.id = "test",
          .title = "the test archive",
          .kind = "rpm",
          .url = "file:///srv/archive/",
          .original_url = "file:///srv/archive/",
          .packages_signed = false,
          .metadata_signed = true,
          .third_party = false};
}

ConsultedRepositories our_repository(const BareRoot& root) {
  ConsultedRepositories repositories;
  repositories.added = {vendor_repository_file(test_repository(), {}, std::nullopt)};
  repositories.keys = {{.path = key_path(test_repository()),
                        .content = root.read("/srv/archive/key.asc"),
                        .fingerprints = {},
                        .origin = "embedded",
                        .purpose = "a test"}};
  return repositories;
}

// A root with the archive, its key and this repository file where nvprov would have them.
void set_up_dnf(BareRoot& root, const std::string& repository_text) {
  test::add_archive(root, rpm_maker, "archive");
  root.write(key_path(test_repository()), root.read("/srv/archive/key.asc"));
  root.write(repository_path(test_repository(), {}), repository_text);
}
void set_up_dnf(BareRoot& root) {
  test::add_archive(root, rpm_maker, "archive");
  set_up_dnf(root, our_repository(root).added.front().content);
}

HostFacts dnf_facts() {
  HostFacts facts;
  facts.package_facts.manager = "dnf";
  return facts;
}

PrivateApt private_folder() { return {.cache_folder = "/var/cache/nvprov", .target_root = "/", .network = {}}; }

// What would be installed: "fake-meta 3:98.1.0-1.el9".
Words dnf_would_install(BareRoot& root, const Words& argv) {
  const CommandOutput output = root.run(argv);
  INFO(said(output));
  const auto transaction = parse_transaction(output.out);
  REQUIRE(transaction);
  Words words;
  for (const PackageChange& change : transaction->changes)
    words.push_back(change.name + " " + change.version.value_or(""));
  return words;
}

void use_module(BareRoot& root) { root.run_well(module_enable_argv(dnf, "fake-module", "98")); }

}  // namespace

TEST_CASE("dnf goes on without a repository whose signature does not hold, but not without ours", "[dnf]") {
  BareRoot root;
  set_up_dnf(root);
  test::sign_archive(root, rpm_maker, "archive", "stranger");
  const std::string ours = root.read(repository_path(test_repository(), {}));

  root.write(repository_path(test_repository(), {}), replace_all(ours, "skip_if_unavailable=0\n", ""));
  const CommandOutput as_others_write_it = root.run(makecache_argv(dnf));
  CHECK(as_others_write_it.exit_status == 0);
  CHECK(contains(said(as_others_write_it), "repomd.xml GPG signature verification error"));

  root.write(repository_path(test_repository(), {}), ours);
  const CommandOutput refused = root.run(makecache_argv(dnf));
  CHECK(refused.exit_status != 0);
  CHECK(classify_dnf_failure(said(refused)).failure == DnfFailure::not_trusted);
}

TEST_CASE("metadata whose signature does not hold is not trusted, though older good metadata is there", "[dnf]") {
  BareRoot root;
  set_up_dnf(root);
  const auto repositories = our_repository(root);
  const auto fetch = [&] {
    return fetch_dnf_metadata(root.host(), private_folder(), dnf_facts(), repositories, {"fake-plain"});
  };
  REQUIRE(fetch());
  const std::string metadata = "/srv/archive/repodata/repomd.xml";
  const std::string good = root.read(metadata);
  const auto is_not_trusted = [&] {
    for (const auto& folder : std::filesystem::directory_iterator(root.path() + "/var/cache/nvprov/dnf"))
      std::filesystem::remove(folder.path() / "fetched");
    const auto fetched = fetch();
    return !fetched && fetched.error().kind == ErrorKind::not_trusted;
  };
  root.spoil(metadata);
  CHECK(is_not_trusted());
  root.write(metadata, good);
  test::sign_archive(root, rpm_maker, "archive", "stranger");
  CHECK(is_not_trusted());
  std::filesystem::remove(root.path() + metadata + ".asc");
  CHECK(is_not_trusted());
}

TEST_CASE("an entry that lets dnf go on without it is no way past a bad signature", "[dnf]") {
  BareRoot root;
  set_up_dnf(root,
             "[theirs]\nname=theirs\nbaseurl=file:///srv/archive/\ngpgcheck=0\nrepo_gpgcheck=1\n"
             "gpgkey=file:///srv/archive/key.asc\nskip_if_unavailable=1\n");
  test::sign_archive(root, rpm_maker, "archive", "stranger");
  const std::string file = repository_path(test_repository(), {});
  Diagnostics problems;
  ConsultedRepositories repositories;
  repositories.entries = parse_repo_file(root.read(file), file, problems);
  repositories.unfiltered = {"file:///srv/archive/"};  // it is the source's own
  const auto metadata = fetch_dnf_metadata(root.host(), private_folder(), dnf_facts(), repositories, {"fake-plain"});
  REQUIRE(!metadata);
  CHECK(metadata.error().kind == ErrorKind::not_trusted);
}

TEST_CASE("a module stream hides packages until it is enabled, but not from a plan", "[dnf]") {
  BareRoot root;
  set_up_dnf(root);
  root.run_well(makecache_argv(dnf));
  const InstallPackages step = request({{"fake-meta", std::nullopt}});
  const CommandOutput hidden = root.run(dnf_assume_no_argv(dnf, step, {"fake-meta"}));
  CHECK(contains(said(hidden), "filtered out by modular filtering"));
  CHECK(classify_dnf_failure(said(hidden)).failure == DnfFailure::filtered);
  CHECK(parse_dnf_conflicts(said(hidden)).size() == 1);

  ConsultedRepositories repositories = our_repository(root);
  repositories.unfiltered = {"file:///srv/archive/"};
  REQUIRE(fetch_dnf_metadata(root.host(), private_folder(), dnf_facts(), repositories, {"fake-meta"}));
  const auto closure = close_dnf_packages(root.host(), private_folder(), dnf_facts(), repositories, {step});
  REQUIRE(closure);
  REQUIRE(*closure);
  CHECK((*closure)->packages.size() == 2);

  use_module(root);
  Diagnostics problems;
  CHECK(parse_module_state(root.read("/etc/dnf/modules.d/fake-module.module"), "", problems) ==
        std::vector<ModuleState>{{.name = "fake-module", .stream = "98", .state = "enabled"}});
}

TEST_CASE("a version given to dnf for a meta package does not reach the driver; one for each package does", "[dnf]") {
  BareRoot root;
  set_up_dnf(root);
  use_module(root);
  CHECK(dnf_would_install(root, {"dnf", "--assumeno", "install", "fake-meta-98.1.0"}) ==
        Words{"fake-library 3:98.2.0-1.el9", "fake-meta 3:98.1.0-1.el9"});
  const InstallPackages step = request({{"fake-meta", "3:98.1.0-1.el9"}, {"fake-library", "3:98.1.0-1.el9"}});
  CHECK(dnf_would_install(root, dnf_assume_no_argv(dnf, step, package_specs(step, {}))) ==
        Words{"fake-library 3:98.1.0-1.el9", "fake-meta 3:98.1.0-1.el9"});
}

TEST_CASE("an epoch outweighs a version, and is named where it counts", "[dnf]") {
  BareRoot root;
  set_up_dnf(root);
  root.run_well(makecache_argv(dnf));
  CHECK(dnf_would_install(root, {"dnf", "--assumeno", "install", "fake-rival"}) == Words{"fake-rival 3:1.0-1.el9"});
  const auto found = [&](const Words& specs) {
    const auto offers = parse_repoquery(root.run(repoquery_argv(dnf, specs, true)).out);
    REQUIRE(offers);
    Words versions;
    for (const PackageOffer& offer : *offers) versions.push_back(offer.version);
    return versions;
  };
  CHECK(found({"fake-rival-1.0-1.el9"}) == Words{"3:1.0-1.el9"});
  CHECK(found({package_spec("fake-rival", "1.0-1.el9", "x86_64"), package_spec("fake-rival", "2.0-1.el9", "x86_64"),
               package_spec("fake-meta", "3:98.1.0-1.el9", "x86_64")}) == Words{"3:98.1.0-1.el9", "2.0-1.el9"});

  const auto metadata =
      fetch_dnf_metadata(root.host(), private_folder(), dnf_facts(), our_repository(root), {"fake-rival"});
  REQUIRE(metadata);
  REQUIRE(metadata->offers.size() == 2);
  CHECK(metadata->offers[0].version == "2.0-1.el9");
  CHECK(metadata->offers[1].version == "3:1.0-1.el9");
  CHECK(metadata->offers[1].candidate);
}

TEST_CASE("Debian's rpm looks for its database in a home, and nvprov names the folder", "[dnf]") {
  if (!std::filesystem::exists("/etc/debian_version")) return;  // others' rpm is not built so
  BareRoot root;
  test::add_archive(root, rpm_maker, "archive");
  CHECK(root.run_well({"rpm", "--eval", "%_dbpath"}) == "/root/.rpmdb\n");
  root.run_well({"rpm", "--dbpath", "/var/lib/rpm", "-i", "--justdb", "--nodeps",
                 "/srv/archive/fake-library-98.1.0-1.el9.x86_64.rpm"});
  CHECK(root.run_well({"rpm", "-qa"}).empty());
  PackageFacts packages;
  Diagnostics diagnostics;
  detect_rpm_packages(root.host(), packages, diagnostics);
  CHECK(diagnostics.empty());
  REQUIRE(packages.packages.size() == 1);
  CHECK(packages.packages[0].version == "3:98.1.0-1.el9");

  root.write("/etc/rpm/macros", "%_dbpath /var/lib/rpm\n");
  CHECK(root.run_well({"rpm", "-qa"}) == "fake-library-98.1.0-1.el9.x86_64\n");
}

TEST_CASE("a disk Debian's dnf filled from outside is told as one without a database", "[dnf]") {
  if (!std::filesystem::exists("/etc/debian_version")) return;
  BareRoot root;
  set_up_dnf(root);
  root.run_well({"dnf", "-y", "--installroot=/disk", "--setopt=reposdir=/etc/yum.repos.d", "--setopt=cachedir=/cache",
                 "install", "fake-plain"});
  CHECK(std::filesystem::exists(root.path() + "/disk/root/.rpmdb/rpmdb.sqlite"));
  PackageFacts packages;
  Diagnostics diagnostics;
  detect_rpm_packages(*make_posix_host(root.path() + "/disk"), packages, diagnostics);
  CHECK(packages.packages.empty());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].message == "rpm's database is not there");
}

TEST_CASE("rpm takes armored keys only, and gets them", "[dnf]") {
  BareRoot root;
  const std::string text = test::test_file("data/keys/libnvidia-container.asc");
  root.write("/key.gpg", binary_keyring(text).value());
  root.write("/key.asc", text);
  CHECK(root.run({"rpmkeys", "--import", "/key.gpg"}).exit_status != 0);
  CHECK(root.run({"rpmkeys", "--import", "/key.asc"}).exit_status == 0);
}

TEST_CASE("an address with dnf's own architecture leads to Jetson's folder on Arm, and none of ours has it", "[dnf]") {
  BareRoot root;
  root.write("/etc/yum.repos.d/theirs.repo", "[theirs]\nname=theirs\nbaseurl=https://example.org/rhel9/$basearch/\n");
  CHECK(contains(said(root.run({"dnf", "--forcearch=aarch64", "-v", "repolist"})), "/rhel9/aarch64/"));
  int seen = 0;
  for (const Distro& distro : whole_catalog().distros)
    for (const PackageSource& source : distro.package_sources)
      for (const Repository& record : source.repositories) {
        const auto repository = vendor_repository(record, source.title, "aarch64");
        if (!repository || !contains(repository->url, "/cuda/repos/")) continue;
        CAPTURE(distro.id);
        CHECK(repository->url.ends_with("/sbsa/"));
        CHECK(contains(vendor_repository_file(*repository, {}, std::nullopt).content, repository->url));
        ++seen;
      }
  CHECK(seen > 0);
}

TEST_CASE("dnf accepts what NVIDIA signed with the key nvprov carries, and nothing else", "[dnf]") {
  BareRoot root;
  root.copy(std::string(NVPROV_SOURCE_DIR) + "/tests/recorded/container-toolkit/rpm", "/srv/toolkit");
  const VendorRepository toolkit{.id = "container-toolkit",
                                 .title = "NVIDIA's container toolkit",
                                 .kind = "rpm",
                                 .url = "file:///srv/toolkit/",
                                 .original_url = "https://nvidia.github.io/libnvidia-container/stable/rpm/x86_64/",
                                 .packages_signed = false,
                                 .metadata_signed = true,
                                 .third_party = false};
  const AddRepository file = vendor_repository_file(toolkit, {}, std::nullopt);
  CHECK(contains(file.content, "\ngpgcheck=0\nrepo_gpgcheck=1\n"));
  root.write(file.path, file.content);
  const SigningKey key = test::catalog_key("F796ECB0");
  REQUIRE(trusted_keyring(*key.armored, "", {{.id = key.id, .fingerprint = key.fingerprint, .file_sha256 = {}}}));
  root.write(key_path(toolkit), *key.armored);
  SECTION("as it is") {
    // The indexes were not recorded: dnf gets as far as looking for them.
    const CommandOutput output = root.run(makecache_argv(dnf));
    CHECK(output.exit_status != 0);
    CHECK(contains(said(output), "F796ECB0"));
    CHECK(!contains(said(output), "GPG signature"));
    CHECK(contains(said(output), "primary.xml.gz"));
  }
  SECTION("with a byte changed") {
    root.spoil("/srv/toolkit/repodata/repomd.xml");
    CHECK(classify_dnf_failure(said(root.run(makecache_argv(dnf)))).failure == DnfFailure::not_trusted);
  }
  SECTION("with another key") {
    root.write(key_path(toolkit), test::test_file("data/keys/invented-sha1.asc"));
    CHECK(classify_dnf_failure(said(root.run(makecache_argv(dnf)))).failure == DnfFailure::not_trusted);
  }
}

}  // namespace nvprov
