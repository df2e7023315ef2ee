#include "metadata/repomd.hpp"

#include "host/posix_host.hpp"
#include "metadata/fetch_rpm.hpp"
#include "metadata/rpm_repositories.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

const std::string some_sha256(64, 'a');

std::string repomd_text(const std::string& location, const std::string& kind = "sha256") {
  return "<?xml version=\"1.0\"?>\n<repomd xmlns=\"http://linux.duke.edu/metadata/repo\"><revision>17</revision>"
         "<data type=\"primary\"><checksum type=\"" +
         kind + "\">" + some_sha256 + "</checksum><open-checksum type=\"sha256\">" + std::string(64, 'b') +
         "</open-checksum><location href=\"" + location +
         "\"/><timestamp>1700000000.5</timestamp><size>99</size></data></repomd>\n";
}

ErrorKind error_kind_of(const std::string& text) {
  const auto repomd = parse_repomd(text);
  REQUIRE(!repomd);
  return repomd.error().kind;
}

}  // namespace

TEST_CASE("repomd.xml is read: each file with its place, size and checksum") {
  const auto repomd = parse_repomd(repomd_text("repodata/primary.xml.gz"));
  REQUIRE(repomd);
  CHECK(*repomd ==
        Repomd{17, 1700000000, {{"primary", "repodata/primary.xml.gz", {DigestKind::sha256, some_sha256}, 99}}});
  CHECK(find_item(*repomd, "primary") != nullptr);
  CHECK(find_item(*repomd, "modules") == nullptr);
}

TEST_CASE("a repomd.xml that could lead elsewhere, can be forged or is not whole is refused") {
  CHECK(error_kind_of(repomd_text("../../etc/x")) == ErrorKind::not_trusted);
  CHECK(error_kind_of(repomd_text("https://evil.test/x")) == ErrorKind::not_trusted);
  CHECK(error_kind_of(repomd_text("x", "sha")) == ErrorKind::not_trusted);
  CHECK(error_kind_of(repomd_text("x").substr(0, 150)) == ErrorKind::failed);
  CHECK(error_kind_of("<html/>") == ErrorKind::failed);
  CHECK(error_kind_of("<!DOCTYPE repomd [<!ENTITY a \"aa\">]><repomd>&a;</repomd>") == ErrorKind::failed);
}

TEST_CASE("a metalink gives the checksums that count and the mirrors, best first") {
  const auto metalink = parse_metalink(
      "<metalink xmlns:mm0=\"http://x\"><files><file name=\"repomd.xml\"><verification><hash type=\"sha1\">0</hash>"
      "<hash type=\"sha256\">" +
      some_sha256 + "</hash></verification><mm0:alternates><mm0:alternate><hash type=\"sha256\">" +
      std::string(64, 'c') +
      "</hash></mm0:alternate></mm0:alternates><resources>"
      "<url protocol=\"http\" preference=\"50\">http://b.test/9/repodata/repomd.xml</url>"
      "<url protocol=\"rsync\" preference=\"99\">rsync://c.test/9/repodata/repomd.xml</url>"
      "<url protocol=\"https\" preference=\"90\">https://a.test/9/repodata/repomd.xml</url>"
      "</resources></file></files></metalink>");
  REQUIRE(metalink);
  CHECK(*metalink == Metalink{{{DigestKind::sha256, some_sha256}, {DigestKind::sha256, std::string(64, 'c')}},
                              {"https://a.test/9/", "http://b.test/9/"}});
  CHECK(!parse_metalink("<metalink><files><file name=\"repomd.xml\"/></files></metalink>"));
}

TEST_CASE("an older repomd.xml is refused where it is signed and told where it is not") {
  const Repomd kept{20, 2000, {}};
  const Repomd older{19, 1000, {}};
  REQUIRE(!compare_with_kept(older, kept, true, "x"));
  CHECK(compare_with_kept(older, kept, true, "x").error().kind == ErrorKind::not_trusted);
  CHECK(compare_with_kept(older, kept, false, "x").value().has_value());
  CHECK(!compare_with_kept(kept, older, true, "x").value().has_value());
  CHECK(compare_with_kept(Repomd{}, kept, true, "x").value().has_value());
}

TEST_CASE("dnf's variables are put in, in all their forms, unknown ones left as they are") {
  const RpmVariables variables = {{"releasever", "9"}, {"basearch", "x86_64"}, {"empty", ""}};
  CHECK(expand_rpm_variables("a/$releasever/$basearch/os", variables) == "a/9/x86_64/os");
  CHECK(expand_rpm_variables("a/${releasever}b", variables) == "a/9b");
  CHECK(expand_rpm_variables("${none:-x}${empty:-y}${releasever:-z}", variables) == "xy9");
  CHECK(expand_rpm_variables("${releasever:+on}${none:+off}", variables) == "on");
  CHECK(expand_rpm_variables("$none/${none}/$", variables) == "$none/${none}/$");
}

TEST_CASE("releasever is the major release, on Amazon Linux the one its system-release package has") {
  const auto machine = make_posix_host("/");
  const TargetFiles nowhere(*machine, "");
  HostFacts facts;
  facts.architecture = "i686";
  facts.os.emplace();
  facts.os->id = "rocky";
  facts.os->version_id = "9.5";
  CHECK(rpm_variables(facts, nowhere) == RpmVariables{{"arch", "i686"},
                                                      {"basearch", "i386"},
                                                      {"releasever", "9"},
                                                      {"releasever_major", "9"},
                                                      {"releasever_minor", "5"}});
  facts.os->id = "amzn";
  InstalledPackage release;
  release.name = "system-release";
  release.version = "2023.6.20250107-0.amzn2023";
  release.state = "installed";
  facts.package_facts.packages = {release};
  CHECK(rpm_variables(facts, nowhere).at("releasever") == "2023.6.20250107");
}

TEST_CASE("sections of a repo file are read with passwords, and with what [main] says of all") {
  const auto repositories = rpm_repositories(
      "[a]\nname=A\nbaseurl=https://a.test/$basearch\n  https://b.test/\nenabled=0\nenabled=1\nrepo_gpgcheck=1\n"
      "username=me\npassword=secret\nproxy=_none_\n[off]\nbaseurl=https://c.test/\nenabled=0\n",
      "[main]\nproxy=http://p.test\ngpgcheck=1\nexcludepkgs=x,y\nsslverify=0\n", {{"basearch", "x86_64"}});
  REQUIRE(repositories.size() == 1);
  RpmRepository expected;
  expected.id = "a";
  expected.bases = {"https://a.test/x86_64/", "https://b.test/"};
  expected.metadata_signed = true;
  expected.packages_signed = true;
  expected.excluded = {"x", "y"};
  expected.access.check_certificate = false;
  expected.access.proxy = "";
  expected.access.credentials = "me:secret";
  CHECK(repositories[0] == expected);
}

}  // namespace nvprov
