#include <sys/stat.h>

#include <filesystem>

#include "host/posix_host.hpp"
#include "host/recording_host.hpp"
#include "host/scrub.hpp"
#include "support/catch.hpp"
#include "support/temp_folder.hpp"

using namespace nvprov;
using nvprov::test::TempFolder;

TEST_CASE("what tells one machine from another is taken out of a recording") {
  CHECK(scrub("UUID=0f8a1c2e-1b2c-4d3e-8f90-a1b2c3d4e5f6 /") == "UUID=00000000-0000-0000-0000-000000000000 /");
  CHECK(scrub("0123456789abcdef0123456789abcdef\n") == "00000000000000000000000000000000\n");
  CHECK(scrub("x/containers/" + std::string(64, 'c') + "/hosts") == "x/containers/" + std::string(64, '0') + "/hosts");
  CHECK(scrub("Serial Number: 0323418012345\nnext: 1") == "Serial Number: removed\nnext: 1");
  CHECK(scrub("deb http://me:secret@mirror.example.org/debian x") == "deb http://***@mirror.example.org/debian x");
  CHECK(scrub("6.1.0-41-amd64 deadbeef 535.309.01") == "6.1.0-41-amd64 deadbeef 535.309.01");
  CHECK(scrub("[a]\npassword = secret\nproxy_password=x\nenabled=1\n") ==
        "[a]\npassword =***\nproxy_password=***\nenabled=1\n");
  const std::string firmware("\x06\0\0\0\x01", 5);
  CHECK(scrub(firmware) == firmware);
}

TEST_CASE("a recorded host answers as the host did, absences and refusals included") {
  const TempFolder root;
  root.write("etc/os-release", "ID=example\n");
  root.write("sys/bus/pci/devices/0000:01:00.0/vendor", "0x10de\n");
  root.link("../../../bus/pci/drivers/nvidia", "sys/bus/pci/devices/0000:01:00.0/driver");
  root.write("usr/lib/many/one", "1");
  root.write("usr/lib/many/two", "2");
  root.write("usr/bin/program", "binary");
  root.link("usr/lib", "lib");
  std::filesystem::create_directories(root.path() + "/etc/empty.d");
  REQUIRE(::mkfifo(root.at("etc/fifo").c_str(), 0600) == 0);

  const auto inner = make_posix_host(root.path());
  const auto recording = make_recording_host(*inner);
  const auto ask_all = [](const HostView& host) {
    CHECK(!host.is_live());
    CHECK(host.read_file("/etc/os-release").value() == "ID=example\n");
    CHECK(host.read_file("/etc/missing").value() == std::nullopt);
    CHECK(host.read_file("/lib/many/one").value() == "1");
    CHECK(host.read_file("/etc").error().message == "could not read /etc: it is no regular file");
    CHECK(host.read_file("/etc/fifo").error().message == "could not read /etc/fifo: it is no regular file");
    CHECK(host.read_link("/sys/bus/pci/devices/0000:01:00.0/driver").value() == "../../../bus/pci/drivers/nvidia");
    CHECK(host.list_directory("/usr/lib/many").value().value() == std::vector<std::string>{"one", "two"});
    CHECK(host.list_directory("/etc/empty.d").value().value().empty());
    CHECK(host.list_directory("/etc/none.d").value() == std::nullopt);
    CHECK(host.file_info("/usr/bin/program").value()->kind == FileInfo::Kind::file);
    CHECK(host.file_info("/etc/empty.d").value()->kind == FileInfo::Kind::directory);
    CHECK(host.link_info("/lib").value()->kind == FileInfo::Kind::symlink);
    CHECK(!host.uname());
  };
  ask_all(view_of(*recording));

  const TempFolder place;
  REQUIRE(save_recording(*recording, place.path() + "/saved"));
  const auto loaded = load_recording(place.path() + "/saved");
  REQUIRE(loaded);
  ask_all(**loaded);
}

TEST_CASE("a recording of the live machine knows its kernel, user and commands") {
  const auto live = make_posix_host("/");
  const auto recording = make_recording_host(*live);
  const Command command{{"uname", "-s"}, {}};
  const auto uname = view_of(*recording).uname().value();
  const auto user = view_of(*recording).effective_user().value();
  REQUIRE(view_of(*recording).query(command));
  const TempFolder place;
  REQUIRE(save_recording(*recording, place.path()));  // an empty folder is as good as none

  const auto loaded = load_recording(place.path());
  REQUIRE(loaded);
  CHECK((*loaded)->is_live());
  CHECK((*loaded)->uname().value() == uname);
  CHECK((*loaded)->effective_user().value() == user);
  CHECK((*loaded)->query(command).value().out == "Linux\n");
  const auto unrecorded = (*loaded)->query({{"dpkg-query", "-W"}, {}});
  REQUIRE(!unrecorded);
  CHECK(unrecorded.error().message == "`dpkg-query -W` was not recorded");
  REQUIRE(unrecorded.error().hints.size() == 2);
  CHECK(unrecorded.error().hints[1].find("\"dpkg-query\"") != std::string::npos);
}

TEST_CASE("a recording never writes over what is there") {
  const TempFolder place;
  place.write("saved/mine", "precious");
  const auto live = make_posix_host(place.path());
  const auto recording = make_recording_host(*live);
  const auto saved = save_recording(*recording, place.path() + "/saved");
  REQUIRE(!saved);
  CHECK(saved.error().message == place.path() + "/saved is there and not empty");
  CHECK(place.read("saved/mine") == "precious");
}

TEST_CASE("a fixture that cannot be read is refused with the place of each problem") {
  const TempFolder place;
  CHECK(load_recording(place.path()).error().message == place.path() + " is no recorded host: it has no host.json");
  place.write("host.json", R"({"schema": "nvprov.host/1", "live": 1, "uname": null, "effective_user": null, "oops": 0,
    "errors": [{"path": "/x", "operation": "smell", "message": "no"}]})");
  const auto loaded = load_recording(place.path());
  REQUIRE(!loaded);
  const std::string file = place.path() + "/host.json";
  CHECK(loaded.error().because ==
        std::vector<std::string>{file + ": /live: expected true or false, found a whole number",
                                 file + ": /errors/0/operation: `smell` is none of read, list, look, link",
                                 file + ": /oops: unknown field"});
}
