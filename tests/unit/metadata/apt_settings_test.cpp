#include "metadata/apt_settings.hpp"

#include "support/catch.hpp"

namespace nvprov {

TEST_CASE("of a target's apt settings only those about the network and time pass") {
  const std::string dump =
      "APT \"\";\n"
      "APT::Default-Release \"bookworm\";\n"
      "APT::Update::Pre-Invoke:: \"touch /marker\";\n"
      "Acquire::http \"\";\n"
      "Acquire::http::Proxy \"http://proxy.example.org:3142\";\n"
      "Acquire::HTTPS::Proxy::mirror.example.org \"DIRECT\";\n"
      "Acquire::http::Proxy-Auto-Detect \"/usr/bin/find-proxy\";\n"
      "Acquire::Check-Valid-Until \"false\";\n"
      "Acquire::AllowInsecureRepositories \"true\";\n"
      "Acquire::Languages:: \"de\";\n"
      "Dir::Bin::dpkg \"/marker\";\n"
      "DPkg::Post-Invoke:: \"touch /marker\";\n";
  CHECK(kept_settings(dump, false) == std::vector<std::string>{
                                          "APT::Default-Release \"bookworm\";",
                                          "Acquire::http::Proxy \"http://proxy.example.org:3142\";",
                                          "Acquire::HTTPS::Proxy::mirror.example.org \"DIRECT\";",
                                          "Acquire::Check-Valid-Until \"false\";",
                                      });
  CHECK(kept_settings(dump, true).size() == 5);
}

TEST_CASE("a value that could end early and start another setting does not pass") {
  CHECK(kept_settings("Acquire::http::Proxy \"x\"; APT::Update::Pre-Invoke:: \"touch /marker\";\n"
                      "Acquire::http::Proxy \"x\\\";\n"
                      "Acquire::http::Proxy \"x\n"
                      "Acquire::http::User-Agent \"a #clear b\";\n",
                      true)
            .empty());
}

}  // namespace nvprov
