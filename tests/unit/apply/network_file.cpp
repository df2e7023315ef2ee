#include "apply/network_file.hpp"

#include "apply/package_manager.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"

namespace nvprov {

TEST_CASE("the package manager's run gets its proxy by a file for root alone, gone afterwards", "[network-file]") {
  MemoryHost host;
  NetworkSettings network;
  network.proxy = "http://user:secret@proxy:3128";
  network.ca_file = "/root/ca.pem";
  host.files["/root/ca.pem"] = {.content = "pem"};
  {
    const auto file = NetworkFile::write(host, host, network, "1");
    REQUIRE(file);
    REQUIRE(file->path() == "/run/nvprov/network-1.conf");
    CHECK(host.files[file->path()].mode == 0600);
    CHECK(host.files[file->path()].content ==
          "// Written by nvprov for one run.\nAcquire::http::Proxy \"http://user:secret@proxy:3128\";\n"
          "Acquire::https::Proxy \"http://user:secret@proxy:3128\";\n"
          "Acquire::https::CaInfo \"/run/nvprov/certificates-1-0.pem\";\n");
    CHECK(host.files["/run/nvprov/certificates-1-0.pem"].content == "pem");

    std::vector<std::string> argv;
    host.answer = [&](const Command& command, const RunOptions&) {
      argv = command.argv;
      return CommandOutput{};
    };
    ApplyOptions options;
    options.apt_config = file->path();
    REQUIRE(run_logged(host, {"apt-get", "update"}, {options, {}, "/log"}));
    CHECK(argv == std::vector<std::string>{"apt-get", "-c", "/run/nvprov/network-1.conf", "update"});
    REQUIRE(run_logged(host, {"dpkg", "--configure", "-a"}, {options, {}, "/log"}));
    CHECK(argv.size() == 3);
  }
  CHECK(host.files.size() == 1);
}

TEST_CASE("with nothing to set nothing is written", "[network-file]") {
  MemoryHost host;
  const auto file = NetworkFile::write(host, host, {}, "1");
  REQUIRE(file);
  CHECK(file->path().empty());
  CHECK(host.changes.empty());
}

}  // namespace nvprov
