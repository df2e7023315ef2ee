#include "contract/toolkit.hpp"

#include "catalog/catalog.hpp"
#include "support/catch.hpp"
#include "support/whole_catalog.hpp"

namespace nvprov::test {
namespace {

// The key is carried: nothing is to be fetched.
class NoHttp final : public HttpClient {
 public:
  Result<std::string> get(const HttpRequest& request) override {
    return fail("nothing is fetched here: " + request.url);
  }
};

constexpr const char* address = "https://nvidia.github.io/libnvidia-container/stable/deb/amd64/";

PackageSource toolkit_source() {
  PackageSource source;
  source.id = "container-toolkit";
  source.title = "NVIDIA's container toolkit";
  source.repositories = {{.id = "container-toolkit",
                          .kind = "apt",
                          .addresses = {{.arch = "x86_64", .url = address}},
                          .keys = {"F796ECB0"},
                          .key_url = std::nullopt,
                          .packages_signed = false,
                          .metadata_signed = true,
                          .third_party = false}};
  return source;
}

}  // namespace

SourceSetup toolkit_setup(Host& root, const std::vector<RepositoryEntry>& entries) {
  HostFacts facts;
  facts.architecture = "x86_64";
  facts.package_facts.repositories = entries;
  NetworkSettings network;
  network.mirrors = {{.from = address, .to = "file:/srv/toolkit/", .fingerprint = {}, .ca_file = {}}};
  const Catalog& catalog = whole_catalog();
  const PackageSource source = toolkit_source();
  NoHttp http;
  const auto setup = source_setup(root, root, http,
                                  {.facts = facts,
                                   .catalog = catalog,
                                   .distro = *find_distro(catalog, "debian-12"),
                                   .source = source,
                                   .prerequisites = {},
                                   .network = network});
  REQUIRE(setup);
  return *setup;
}

void add_toolkit(const BareRoot& root) {
  root.copy(std::string(NVPROV_SOURCE_DIR) + "/tests/recorded/container-toolkit/deb", "/srv/toolkit");
}

}  // namespace nvprov::test
