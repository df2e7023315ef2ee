#include "host/posix_host.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/catch.hpp"
#include "support/temp_folder.hpp"

using namespace nvprov;
using nvprov::test::TempFolder;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::vector<std::string> names_in(const TempFolder& root, const std::string& folder) {
  return make_posix_host(root.path())->list_directory(folder).value().value();
}

}  // namespace

TEST_CASE("reading tells what is not there from what cannot be read") {
  const TempFolder root;
  root.write("etc/file", std::string(10000, 'x') + "end");
  root.write("etc/another", "");
  REQUIRE(::mkfifo(root.at("etc/fifo").c_str(), 0600) == 0);
  const auto host = make_posix_host(root.path());

  CHECK(host->read_file("/etc/file").value() == std::string(10000, 'x') + "end");
  CHECK(host->read_file("/etc/another").value() == "");
  CHECK(host->read_file("/etc/missing").value() == std::nullopt);
  CHECK(host->read_file("/etc/file/below").value() == std::nullopt);
  CHECK(host->read_file("/etc").error().message == "could not read /etc: it is no regular file");
  CHECK(host->read_file("/etc/fifo").error().message == "could not read /etc/fifo: it is no regular file");
  CHECK(host->list_directory("/etc").value().value() == std::vector<std::string>{"another", "fifo", "file"});
  CHECK(host->list_directory("/var").value() == std::nullopt);
  CHECK(!host->list_directory("/etc/file"));
  CHECK(host->file_info("/etc").value()->kind == FileInfo::Kind::directory);
  CHECK(host->file_info("/etc/file").value()->size == 10003);
  CHECK(host->read_link("/etc/file").value() == std::nullopt);
}

TEST_CASE("files of /proc, which do not tell their size, are read whole") {
  const auto host = make_posix_host("/");
  CHECK(host->is_live());
  const auto status = host->read_file("/proc/self/status");
  REQUIRE(status);
  REQUIRE(*status);
  CHECK((*status)->find("Name:") == 0);
  CHECK(host->uname().value().machine.size() > 2);
  CHECK(host->effective_user().value() == ::geteuid());
}

TEST_CASE("writing replaces the whole file, makes parents and leaves nothing beside it") {
  const TempFolder root;
  const auto host = make_posix_host(root.path());
  const mode_t old_mask = ::umask(077);
  REQUIRE(host->write_file("/etc/apt/x.list", "one\n", 0644));
  REQUIRE(host->write_file("/etc/apt/x.list", "two\n", 0640));
  REQUIRE(host->make_directory("/var/lib/nvprov", 0750));
  ::umask(old_mask);
  CHECK(root.read("etc/apt/x.list") == "two\n");
  CHECK(mode_of(root.at("etc/apt/x.list")) == 0640);
  CHECK(mode_of(root.path() + "/etc/apt") == 0755);
  CHECK(mode_of(root.path() + "/var/lib/nvprov") == 0750);
  CHECK(names_in(root, "/etc/apt") == std::vector<std::string>{"x.list"});
}

TEST_CASE("writing through a link inside a root changes the file the link leads to") {
  const TempFolder root;
  root.write("data/real", "old");
  root.link("/data/real", "etc/link");
  REQUIRE(make_posix_host(root.path())->write_file("/etc/link", "new", 0644));
  CHECK(root.read("data/real") == "new");
}

TEST_CASE("a write that fails leaves the old file and nothing else") {
  const TempFolder root;
  root.write("etc/file", "old");
  // In the way of the rename: a folder cannot be replaced by a file.
  root.write("etc/folder/inside", "");
  const auto host = make_posix_host(root.path());
  const auto written = host->write_file("/etc/folder", "new", 0644);
  REQUIRE(!written);
  CHECK(written.error().message == "could not write /etc/folder: Is a directory");
  CHECK(!host->write_file("/etc/file/below", "new", 0644));
  CHECK(names_in(root, "/etc") == std::vector<std::string>{"file", "folder"});
  CHECK(root.read("etc/file") == "old");
}

TEST_CASE("a full disk is named, and the old file stays") {
  if (::geteuid() != 0) return;  // a file system of 64 kB can only be mounted by root
  const TempFolder root;
  const auto host = make_posix_host(root.path());
  REQUIRE(host->make_directory("/small", 0755));
  const std::string options = "size=65536";
  const Command mount{{"mount", "-t", "tmpfs", "-o", options, "tmpfs", root.path() + "/small"}, {}};
  const auto mounted = make_posix_host("/")->run(mount, {});
  if (!mounted || mounted->exit_status != 0) return;  // a container may not mount
  REQUIRE(host->write_file("/small/file", "old", 0644));
  const auto written = host->write_file("/small/file", std::string(200000, 'x'), 0644);
  const std::vector<std::string> names = names_in(root, "/small");
  const std::string content = root.read("small/file");
  REQUIRE(make_posix_host("/")->run({{"umount", root.path() + "/small"}, {}}, {}));
  REQUIRE(!written);
  CHECK(written.error().message == "could not write /small/file: the disk is full");
  CHECK(names == std::vector<std::string>{"file"});
  CHECK(content == "old");
}

TEST_CASE("removing a file that is not there is no error") {
  const TempFolder root;
  root.write("etc/file", "");
  root.link("/etc/file", "etc/link");
  const auto host = make_posix_host(root.path());
  CHECK(host->remove_file("/etc/link"));
  CHECK(names_in(root, "/etc") == std::vector<std::string>{"file"});
  CHECK(host->remove_file("/etc/file"));
  CHECK(host->remove_file("/etc/file"));
  CHECK(host->remove_file("/no/folder/file"));
}

TEST_CASE("a lock that is held names the process that holds it") {
  const TempFolder root;
  const auto host = make_posix_host(root.path());
  {
    const auto first = host->lock("/run/nvprov.lock");
    REQUIRE(first);
    const auto second = host->lock("/run/nvprov.lock");
    REQUIRE(!second);
    const std::string& message = second.error().message;
    CHECK(message.starts_with("/run/nvprov.lock is locked by "));
    CHECK(message.ends_with(" (pid " + std::to_string(::getpid()) + ")"));
  }
  CHECK(host->lock("/run/nvprov.lock"));
}
