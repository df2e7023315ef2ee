#include "host/archive_host.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/tar_file.hpp"
#include "support/temp_folder.hpp"

using namespace nvprov;
using nvprov::test::TarFile;
using nvprov::test::TempFolder;

namespace {

bool keeps_etc(std::string_view path) { return path.starts_with("/etc/"); }

Result<std::unique_ptr<HostView>> opened(const std::string& bytes, const ArchiveLimits& limits = {}) {
  const TempFolder folder;
  return open_archive_host(folder.write("image.tar", bytes), keeps_etc, limits);
}

std::unique_ptr<HostView> host_of(const TarFile& tar) {
  auto host = opened(tar.text());
  if (!host) FAIL(host.error().because.front());
  return std::move(*host);
}

// "message: reason" of an archive that is refused.
std::string refusal(const std::string& bytes, const ArchiveLimits& limits = {}) {
  const auto host = opened(bytes, limits);
  if (host) return "accepted";
  CHECK(host.error().kind == ErrorKind::usage);
  return host.error().because.front();
}

std::string content_of(const HostView& host, const std::string& path) {
  const auto text = host.read_file(path);
  if (!text) return "error: " + text.error().message;
  return text->value_or("absent");
}

}  // namespace

TEST_CASE("files, folders and links of an archive are those of a host") {
  const auto host = host_of(TarFile()
                                .folder(".")
                                .folder("etc")
                                .file("./etc/a", "one", 0600, 7)
                                .file("usr/lib/b", "two")
                                .link("etc/there", "/usr/lib")
                                .link("etc/beside", "a")
                                .link("lib", "usr/lib")
                                .hard_link("etc/hard", "etc/a"));
  CHECK(!host->is_live());
  CHECK(content_of(*host, "/etc/a") == "one");
  CHECK(content_of(*host, "/etc/beside") == "one");
  CHECK(content_of(*host, "/etc/hard") == "one");
  CHECK(content_of(*host, "/etc/c") == "absent");
  CHECK(host->read_link("/etc/there")->value() == "/usr/lib");
  CHECK(host->list_directory("/etc/there")->value() == std::vector<std::string>{"b"});
  CHECK(host->list_directory("/lib")->value() == std::vector<std::string>{"b"});
  CHECK(host->list_directory("/")->value() == std::vector<std::string>{"etc", "lib", "usr"});
  CHECK(!host->list_directory("/nowhere")->has_value());
  const FileInfo info = host->file_info("/etc/a")->value();
  CHECK(info.mode == 0600);
  CHECK(info.owner == 7);
  CHECK(info.size == 3);
  CHECK(host->link_info("/etc/there")->value().kind == FileInfo::Kind::symlink);
  CHECK(host->file_info("/etc/there")->value().kind == FileInfo::Kind::directory);
}

TEST_CASE("a link of an archive never leads out of it") {
  const auto host = host_of(TarFile().folder("etc").link("etc/up", "../../../etc/hostname").link("etc/loop", "loop"));
  CHECK(content_of(*host, "/etc/up") == "absent");
  CHECK(contains(content_of(*host, "/etc/loop"), "more than 40 links"));
}

TEST_CASE("an entry below a link to a folder lies where the link leads") {
  const auto host = host_of(TarFile()
                                .folder("etc")
                                .folder("usr/lib")
                                .link("lib", "usr/lib")
                                .link("usr/conf", "../etc")
                                .file("lib/x/libcuda.so.1", "library")
                                .file("usr/conf/a", "one")
                                .hard_link("usr/conf/b", "usr/conf/a"));
  CHECK(host->list_directory("/usr/lib/x")->value() == std::vector<std::string>{"libcuda.so.1"});
  CHECK(host->list_directory("/lib/x")->value() == std::vector<std::string>{"libcuda.so.1"});
  CHECK(content_of(*host, "/etc/a") == "one");
  CHECK(content_of(*host, "/etc/b") == "one");
  CHECK(host->list_directory("/usr")->value() == std::vector<std::string>{"conf", "lib"});
}

TEST_CASE("an entry below what is no folder is refused, and so is what takes a folder's place") {
  CHECK(refusal(TarFile().folder("etc").link("lib", "usr/lib").file("lib/x/libcuda.so.1", "x").text()) ==
        "/lib/x/libcuda.so.1 lies below /lib, which is no folder");
  CHECK(refusal(TarFile().folder("etc").link("lib", "lib").file("lib/a", "x").text()) ==
        "/lib/a lies below /lib, which is no folder");
  CHECK(refusal(TarFile().folder("etc").file("usr/a", "x").file("usr/a/b", "x").text()) ==
        "/usr/a/b lies below /usr/a, which is no folder");
  CHECK(refusal(TarFile().folder("etc").file("lib/a", "x").link("lib", "usr/lib").text()) ==
        "/lib takes the place of a folder with /lib/a in it");
  CHECK(refusal(TarFile().folder("etc").file("lib/a", "x").hard_link("lib", "lib/a").text()) ==
        "/lib takes the place of a folder with /lib/a in it");
  CHECK(refusal(TarFile().folder("etc").folder("lib").link("lib", "usr/lib").text()) == "accepted");
}

TEST_CASE("what is not kept of an archive is known by name and size, and said to be not kept") {
  const auto host = host_of(TarFile().folder("etc").file("usr/bin/big", "0123456789"));
  CHECK(host->file_info("/usr/bin/big")->value().size == 10);
  CHECK(contains(content_of(*host, "/usr/bin/big"), "is not kept of an archive"));
  CHECK(!host->query({.argv = {"rpm", "-qa"}, .environment = {}}));
}

TEST_CASE("paths that lead out of an archive are refused") {
  CHECK(contains(refusal(TarFile().file("/etc/a", "x").text()), "leads out of its root"));
  CHECK(contains(refusal(TarFile().file("etc/../../a", "x").text()), "leads out of its root"));
  CHECK(contains(refusal(TarFile().folder("etc").hard_link("etc/a", "../b").text()), "which is not before it"));
}

TEST_CASE("archives that are too large are refused before they are read") {
  const std::string many = TarFile().folder("etc").file("etc/a", "x").file("etc/b", "x").text();
  CHECK(contains(refusal(many, {.entries = 2}), "more than 2 entries"));
  CHECK(contains(refusal(many, {.kept_file_bytes = 0}), "keeps in memory"));
  CHECK(contains(refusal(many, {.kept_bytes = 1}), "keeps in memory"));
  CHECK(contains(refusal(TarFile().folder("etc").promised("usr/huge", 7'000'000'000).text(), {.bytes = 1'000'000}),
                 "more than 1000000 bytes"));
  CHECK(refusal(many) == "accepted");
}

TEST_CASE("names, links and folders that are not listed count against the limits") {
  const TarFile deep = TarFile().folder("etc").file("a/b/c/d", "x");
  // The root, a, a/b and a/b/c are nowhere in it.
  CHECK(contains(refusal(deep.text(), {.entries = 5}), "more than 5 entries"));
  CHECK(refusal(deep.text(), {.entries = 6}) == "accepted");
  CHECK(contains(refusal(deep.text(), {.kept_bytes = 10}), "keeps in memory"));
  CHECK(refusal(deep.text(), {.kept_bytes = 100}) == "accepted");
  const TarFile link = TarFile().folder("etc").link("a", std::string(90, 'l'));
  CHECK(contains(refusal(link.text(), {.kept_bytes = 90}), "keeps in memory"));
  CHECK(contains(refusal(link.text(), {.path_bytes = 80}), "longer than 80 bytes"));
  CHECK(contains(refusal(deep.text(), {.path_bytes = 6}), "longer than 6 bytes"));
  CHECK(refusal(deep.text(), {.path_bytes = 7}) == "accepted");
}

TEST_CASE("what is no archive, or only the beginning of one, is refused") {
  CHECK(refusal("") != "accepted");
  CHECK(refusal("this is no archive") != "accepted");
  const std::string whole = TarFile().folder("etc").file("etc/a", std::string(2000, 'x')).text();
  CHECK(refusal(whole.substr(0, 1500)) != "accepted");
}

TEST_CASE("an archive that is cut off between two entries is refused") {
  const TarFile tar = TarFile().folder("etc").file("etc/a", std::string(512, 'x')).file("usr/big", "0123456789");
  CHECK(contains(refusal(tar.unfinished()), "cut off"));
  CHECK(contains(refusal(tar.unfinished().substr(0, 512)), "cut off"));
  CHECK(contains(refusal(tar.unfinished().substr(0, 1536)), "cut off"));
  CHECK(contains(refusal(TarFile().folder("etc").promised("usr/huge", 7'000'000).unfinished()), "Truncated"));
  CHECK(refusal(tar.text()) == "accepted");
}

TEST_CASE("an image with its layers is told apart from a file system") {
  const auto host = opened(TarFile().file("manifest.json", "[]").file("0a/layer.tar", "x").text());
  REQUIRE(!host);
  CHECK(contains(host.error().because.front(), "docker save"));
  CHECK(contains(host.error().hints.front(), "docker export"));
  CHECK(contains(refusal(TarFile().file("a", "x").text()), "no folder etc"));
}
