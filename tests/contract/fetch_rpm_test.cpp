#include <algorithm>
#include <filesystem>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "closure/package_asker.hpp"
#include "contract/local_archive.hpp"
#include "contract/metadata_server.hpp"
#include "host/posix_host.hpp"
#include "metadata/fetched.hpp"
#include "packages/dnf.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

namespace nvprov {
namespace {

using test::MetadataServer;
using test::TempFolder;

std::string repository_maker() { return test::contract_script("make-rpm-archive"); }

const std::string& pristine_repository() {
  static const TempFolder folder;
  static const std::string path = [] {
    test::run_program({repository_maker(), folder.path() + "/archive"});
    return folder.path() + "/archive";
  }();
  return path;
}

// The signed repository of make-rpm-archive, served over https to a target that has its key.
struct ServedRepository {
  TempFolder folder;
  MetadataServer server;
  std::unique_ptr<Host> machine = make_posix_host("/");
  FetchOptions options{.pause_milliseconds = 10};

  ServedRepository() {
    std::filesystem::copy(pristine_repository(), archive(), std::filesystem::copy_options::recursive);
    std::filesystem::permissions(archive() + "/gnupg", std::filesystem::perms::owner_all);
    folder.write("root/etc/pki/rpm-gpg/KEY", folder.read("archive/key.asc"));
    server.show("el9", archive());
  }

  std::string archive() const { return folder.path() + "/archive"; }
  std::string section(const std::string& more) const {
    return "[fake]\nname=Fake\nenabled=1\ngpgkey=file:///etc/pki/rpm-gpg/KEY\n" + more + "\n";
  }
  std::string signed_section(const std::string& more = "") const {
    return section("baseurl=" + server.url("el$releasever") + "\nrepo_gpgcheck=1\ngpgcheck=0\n" + more);
  }
  static HostFacts facts() {
    HostFacts facts;
    facts.architecture = "x86_64";
    facts.package_facts.manager = "dnf";
    facts.os.emplace();
    facts.os->id = "rocky";
    facts.os->version_id = "9.5";
    return facts;
  }
  auto try_fetch(const std::string& text) {
    folder.write("root/etc/yum.repos.d/fake.repo", text);
    Diagnostics problems;
    ConsultedRepositories repositories;
    repositories.entries = parse_repo_file(text, "/etc/yum.repos.d/fake.repo", problems);
    REQUIRE(problems.empty());
    PrivateApt place{folder.path() + "/cache", folder.path() + "/root", {}};
    place.network.ca_file = server.ca_file();
    const auto downloader = test::quick_downloader();
    return fetch_repositories(*machine, place, facts(), repositories, *downloader, options);
  }
  RpmIndex fetch(const std::string& text) {
    auto fetched = try_fetch(text);
    if (!fetched) FAIL(fetched.error().message << join(fetched.error().because, "; "));
    REQUIRE(*fetched);
    REQUIRE((**fetched).rpm.size() == 1);
    return (**fetched).rpm[0];
  }
  Error refusal(const std::string& text) {
    const auto fetched = try_fetch(text);
    REQUIRE(!fetched);
    return fetched.error();
  }
  void let_time_pass() const {
    for (const auto& each : std::filesystem::directory_iterator(folder.path() + "/cache/metadata"))
      if (std::filesystem::exists(each.path() / "fetched"))
        REQUIRE(machine->write_file(each.path().string() + "/fetched", "1000000000\n", 0644));
  }
  // Names the mirror that has a repomd.xml of this digest.
  std::string metalink(const std::string& digest) const {
    return "<?xml version=\"1.0\"?>\n<metalink version=\"3.0\" xmlns=\"http://www.metalinker.org/\"><files>"
           "<file name=\"repomd.xml\"><verification><hash type=\"md5\">0</hash><hash type=\"sha256\">" +
           digest + "</hash></verification><resources><url protocol=\"https\" preference=\"90\">" +
           server.url("el9/repodata/repomd.xml") +
           "</url><url protocol=\"rsync\" preference=\"100\">rsync://a/repodata/repomd.xml</url></resources></file>"
           "</files></metalink>\n";
  }
  void put_metalink(const std::string& digest) const { server.put("metalink", metalink(digest)); }
  void forget() const { std::filesystem::remove_all(folder.path() + "/cache"); }
  void sign(const std::string& key) const { test::run_program({repository_maker(), "--sign", archive(), key}); }
  void alter(const std::string& from, const std::string& to) const {
    const std::string text = folder.read("archive/repodata/repomd.xml");
    REQUIRE(contains(text, from));
    folder.write("archive/repodata/repomd.xml", replace_all(text, from, to));
  }
};

}  // namespace

TEST_CASE("a signed rpm repository's indexes are fetched, whatever package manager is here", "[metadata]") {
  ServedRepository served;
  const RpmIndex index = served.fetch(served.signed_section("priority=7\n"));
  CHECK(index.id == "fake");
  CHECK(index.base == served.server.url("el9/"));
  CHECK(index.priority == 7);
  CHECK(index.trust == MetadataTrust::signature);
  CHECK(!index.packages_signed);
  CHECK(index.modules.has_value());
  CHECK(!index.filelists.has_value());
  CHECK(index.file == "/etc/yum.repos.d/fake.repo");
  CHECK(index.primary_digest == sha256_hex(served.machine->read_file(index.primary)->value()));
  served.server.requests();
  served.fetch(served.signed_section("priority=7\n"));
  CHECK(served.server.requests().empty());
  served.let_time_pass();
  served.fetch(served.signed_section("priority=7\n"));
  // Answers may be noted in another order than they were asked for.
  const std::vector<std::string> requests = served.server.requests();
  CHECK(
      std::any_of(requests.begin(), requests.end(), [](const std::string& each) { return each.starts_with("304 "); }));
}

TEST_CASE("an rpm repository that asks for no signature is told to rest on https alone", "[metadata]") {
  ServedRepository served;
  const RpmIndex index = served.fetch(served.section("baseurl=" + served.server.url("el9") + "\ngpgcheck=1\n"));
  CHECK(index.trust == MetadataTrust::transport);
  CHECK(index.packages_signed);
}

TEST_CASE("rpm metadata that is changed, signed by another or not signed is not trusted, each in its words",
          "[metadata]") {
  ServedRepository served;
  served.alter("<revision>", "<revision>1");
  const Error changed = served.refusal(served.signed_section());
  CHECK(changed.kind == ErrorKind::not_trusted);
  CHECK(contains(changed.message, "was changed after it was signed"));
  served.sign("stranger");
  const Error stranger = served.refusal(served.signed_section());
  CHECK(stranger.kind == ErrorKind::not_trusted);
  CHECK(contains(stranger.message, "is signed by no key that counts"));
  std::filesystem::remove(served.archive() + "/repodata/repomd.xml.asc");
  const Error missing = served.refusal(served.signed_section());
  CHECK(missing.kind == ErrorKind::not_trusted);
  CHECK(contains(missing.message, "is not signed"));
}

TEST_CASE("rpm indexes that do not match, are cut off or cannot be had are told apart", "[metadata]") {
  ServedRepository served;
  served.server.misbehave({"primary.xml.gz spoil", "primary.xml.zst spoil"});
  const Error forged = served.refusal(served.signed_section());
  CHECK(forged.kind == ErrorKind::not_trusted);
  CHECK(contains(forged.message, "was changed after it was signed"));
  served.forget();
  served.server.misbehave({"repomd.xml cut"});
  CHECK(contains(served.refusal(served.signed_section()).message, "was cut short"));
  served.server.misbehave({"repomd.xml status 503"});
  CHECK(contains(served.refusal(served.signed_section()).message, "HTTP status 503"));
  served.server.misbehave({});
  const auto left_out = served.try_fetch(served.section("baseurl=https://127.0.0.1:9/\nskip_if_unavailable=1\n"));
  REQUIRE(left_out);
  REQUIRE(*left_out);
  CHECK((**left_out).rpm.empty());
  CHECK((**left_out).warnings.size() == 1);
}

TEST_CASE("checksums of repomd.xml that can be forged do not count", "[metadata]") {
  ServedRepository served;
  served.alter("type=\"sha256\"", "type=\"sha\"");
  served.sign("archive");
  const Error error = served.refusal(served.signed_section());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message == "a repomd.xml vouches for its files by a checksum that can be forged");
}

TEST_CASE("an older repomd.xml than the one fetched before is not trusted where it is signed", "[metadata]") {
  ServedRepository served;
  served.fetch(served.signed_section());
  const std::string text = served.folder.read("archive/repodata/repomd.xml");
  std::string older;
  for (const std::string_view line : split_lines(text))
    older += (contains(line, "<timestamp>") ? "    <timestamp>1000000000</timestamp>" : std::string(line)) + "\n";
  served.folder.write("archive/repodata/repomd.xml", older);
  served.sign("archive");
  served.let_time_pass();
  const Error error = served.refusal(served.signed_section());
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(contains(error.message, "is older than the one fetched before"));
}

TEST_CASE("mirror lists and metalinks lead to a mirror that has the file they name", "[metadata]") {
  ServedRepository served;
  served.server.put("list", "# mirrors\nhttps://127.0.0.1:9/gone/\n" + served.server.url("el9") + "\n");
  const RpmIndex listed = served.fetch(served.section("mirrorlist=" + served.server.url("list") + "\n"));
  CHECK(listed.base == served.server.url("el9/"));
  served.put_metalink(sha256_hex(served.folder.read("archive/repodata/repomd.xml")));
  CHECK(served.fetch(served.section("metalink=" + served.server.url("metalink") + "\n")).base ==
        served.server.url("el9/"));
  served.forget();
  served.put_metalink(std::string(64, '0'));
  const Error error = served.refusal(served.section("metalink=" + served.server.url("metalink") + "\n"));
  CHECK(error.kind == ErrorKind::failed);
  CHECK(contains(error.message, "is not the one its metalink names"));
}

TEST_CASE("the container toolkit's real repomd.xml is verified by its real key", "[metadata]") {
  ServedRepository served;
  served.server.show("toolkit", std::string(NVPROV_SOURCE_DIR) + "/tests/data/container-toolkit/rpm");
  served.server.put(
      "gpgkey",
      served.machine->read_file(std::string(NVPROV_SOURCE_DIR) + "/tests/data/keys/libnvidia-container.asc")->value());
  const std::string text = "[toolkit]\nname=x\nbaseurl=" + served.server.url("toolkit") +
                           "\nrepo_gpgcheck=1\ngpgcheck=0\nenabled=1\ngpgkey=" + served.server.url("gpgkey") + "\n";
  // Its signature holds; the index it names is not among the test's data.
  const Error error = served.refusal(text);
  CHECK(contains(error.message, "do not match its index of them"));
  served.server.put("gpgkey", served.folder.read("archive/key.asc"));
  served.forget();
  CHECK(served.refusal(text).kind == ErrorKind::not_trusted);
}

TEST_CASE("a kept repomd.xml counts only while the metalink names it, also where its mirror has no other",
          "[metadata]") {
  ServedRepository served;
  const std::string section = served.section("metalink=" + served.server.url("metalink") + "\n");
  served.put_metalink(sha256_hex(served.folder.read("archive/repodata/repomd.xml")));
  served.fetch(section);
  served.let_time_pass();
  served.put_metalink(std::string(64, '0'));
  const Error error = served.refusal(section);
  CHECK(error.kind == ErrorKind::failed);
  CHECK(contains(error.message, "is not the one its metalink names"));
  CHECK(served.server.requests().back().starts_with("304 /el9/repodata/repomd.xml"));
}

TEST_CASE("where indexes of a kept repomd.xml are gone, the metalink says which one is next", "[metadata]") {
  ServedRepository served;
  const std::string section = served.section("metalink=" + served.server.url("metalink") + "\n");
  served.put_metalink(sha256_hex(served.folder.read("archive/repodata/repomd.xml")));
  const RpmIndex index = served.fetch(section);
  REQUIRE(std::filesystem::remove(index.primary));
  served.alter("<revision>", "<revision>1");
  served.server.misbehave({"primary.xml.gz status 404 1", "primary.xml.zst status 404 1"});
  CHECK(contains(served.refusal(section).message, "is not the one its metalink names"));
}

TEST_CASE("indexes of a kept repomd.xml that are gone are fetched from a mirror that is looked for anew",
          "[metadata]") {
  ServedRepository served;
  const std::string section = served.section("metalink=" + served.server.url("metalink") + "\n");
  served.put_metalink(sha256_hex(served.folder.read("archive/repodata/repomd.xml")));
  const RpmIndex index = served.fetch(section);
  REQUIRE(std::filesystem::remove(index.primary));
  served.alter("<revision>", "<revision>1");
  served.put_metalink(sha256_hex(served.folder.read("archive/repodata/repomd.xml")));
  served.server.misbehave({"primary.xml.gz status 404 1", "primary.xml.zst status 404 1"});
  CHECK(served.fetch(section).primary_digest == index.primary_digest);
}

TEST_CASE("a list of mirrors that is a file is the target's", "[metadata]") {
  ServedRepository served;
  served.folder.write("root/etc/mirrors", served.server.url("el9") + "\n");
  CHECK(served.fetch(served.section("mirrorlist=file:///etc/mirrors\n")).base == served.server.url("el9/"));
  const std::string outside = served.folder.write("mirrors", served.server.url("el9") + "\n");
  CHECK(!served.try_fetch(served.section("mirrorlist=file://" + outside + "\n")));
  served.folder.write("root/etc/metalink",
                      served.metalink(sha256_hex(served.folder.read("archive/repodata/repomd.xml"))));
  CHECK(served.fetch(served.section("metalink=file:///etc/metalink\n")).base == served.server.url("el9/"));
}

TEST_CASE("a list of mirrors that nvprov cannot ask for is an answer of its own", "[metadata]") {
  ServedRepository served;
  for (const char* key : {"mirrorlist", "metalink"}) {
    const auto other = served.try_fetch(served.section(std::string(key) + "=ftp://mirrors.test/list\n"));
    REQUIRE(other);
    REQUIRE(!*other);
    CHECK(other->error().at(0).uri == "ftp://mirrors.test/list");
    CHECK(other->error().at(0).reason == "nvprov does not speak ftp");
  }
}

TEST_CASE("what was fetched of a repository stays when it is left out for a moment", "[metadata]") {
  ServedRepository served;
  const std::string text = served.signed_section("skip_if_unavailable=1\n");
  const RpmIndex index = served.fetch(text);
  served.let_time_pass();
  served.server.misbehave({"repomd.xml status 503"});
  const auto left_out = served.try_fetch(text);
  REQUIRE(left_out);
  REQUIRE(*left_out);
  CHECK((**left_out).rpm.empty());
  CHECK(std::filesystem::exists(index.primary));
}

TEST_CASE("an rpm repository that does not fit together is asked for past the caches on the way", "[metadata]") {
  ServedRepository served;
  served.server.misbehave({"primary.xml.gz shorten 1", "primary.xml.zst shorten 1"});
  served.fetch(served.section("baseurl=" + served.server.url("el9") + "\n"));
  const auto requests = served.server.requests();
  const auto has = [&](const char* path, bool no_cache) {
    return std::any_of(requests.begin(), requests.end(), [&](const std::string& each) {
      return contains(each, path) && contains(each, "no-cache") == no_cache;
    });
  };
  for (const char* path : {"repomd.xml", "primary.xml"})
    for (const bool no_cache : {false, true}) CHECK(has(path, no_cache));
}

TEST_CASE("without network, lists of all files that are not here stop only what needs them", "[metadata]") {
  ServedRepository served;
  const std::string text = served.signed_section();
  served.fetch(text);
  Diagnostics problems;
  ConsultedRepositories repositories;
  repositories.entries = parse_repo_file(text, "/etc/yum.repos.d/fake.repo", problems);
  PackageAsker asker(*served.machine, {served.folder.path() + "/cache", served.folder.path() + "/root", {}},
                     make_offline_downloader(), {.offline = true});
  const auto ask = [&](const char* name) {
    InstallPackages install;
    install.packages = {{name, std::nullopt}};
    return asker.close(ServedRepository::facts(), repositories, {install}, {});
  };
  const auto needy = ask("fake-needy");
  REQUIRE(!needy);
  CHECK(needy.error().message == "the list of all files of the repository fake was not fetched before");
  const auto plain = ask("fake-plain");
  REQUIRE(plain);
  REQUIRE(*plain);
  CHECK((**plain).packages.size() == 1);
}

TEST_CASE("of a copy nobody vouches for neither unsigned lists nor keys of its own count", "[metadata]") {
  ServedRepository served;
  served.options.only_signed = true;
  CHECK(served.fetch(served.signed_section()).trust == MetadataTrust::signature);
  const Error lists = served.refusal(served.section("baseurl=" + served.server.url("el9") + "\ngpgcheck=0\n"));
  CHECK(lists.kind == ErrorKind::not_trusted);
  CHECK(contains(lists.message, "nothing in this copy vouches for fake"));
  served.server.put("key.asc", served.folder.read("root/etc/pki/rpm-gpg/KEY"));
  served.forget();
  const Error key = served.refusal(served.section("baseurl=" + served.server.url("el9") +
                                                  "\nrepo_gpgcheck=1\ngpgkey=" + served.server.url("key.asc") + "\n"));
  CHECK(key.kind == ErrorKind::not_trusted);
  CHECK(contains(key.message, "vouches for the key " + served.server.url("key.asc")));
}

}  // namespace nvprov
