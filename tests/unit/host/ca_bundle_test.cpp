#include "host/ca_bundle.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"

namespace nvprov {
namespace {

std::optional<std::string> found(std::map<std::string, MemoryFile> files) {
  MemoryHost host;
  host.files = std::move(files);
  return find_ca_bundle(host);
}

}  // namespace

TEST_CASE("the authorities are found wherever a distribution keeps them", "[host]") {
  for (const std::string path :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/var/lib/ca-certificates/ca-bundle.pem",
        "/etc/ssl/cert.pem"})
    CHECK(found({{path, {.content = "PEM"}}}) == path);
}

TEST_CASE("of several files of authorities the distribution's own name comes first", "[host]") {
  CHECK(found({{"/etc/ssl/cert.pem", {.content = "PEM"}}, {"/etc/pki/tls/certs/ca-bundle.crt", {.content = "PEM"}}}) ==
        "/etc/pki/tls/certs/ca-bundle.crt");
}

TEST_CASE("an empty file of authorities is passed over", "[host]") {
  CHECK(found({{"/etc/ssl/certs/ca-certificates.crt", {.content = ""}}, {"/etc/ssl/cert.pem", {.content = "PEM"}}}) ==
        "/etc/ssl/cert.pem");
}

TEST_CASE("a folder of authorities is none of their files", "[host]") {
  MemoryHost host;
  host.folders = {"/etc/ssl/cert.pem"};
  CHECK(find_ca_bundle(host) == std::nullopt);
}

TEST_CASE("a machine without authorities has none", "[host]") { CHECK(found({}) == std::nullopt); }

}  // namespace nvprov
