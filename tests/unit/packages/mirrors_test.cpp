#include "packages/mirrors.hpp"

#include "base/openpgp.hpp"
#include "base/text.hpp"
#include "packages/apt_network.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

Mirror mirror(std::string from, std::string to) {
  return {.from = std::move(from), .to = std::move(to), .fingerprint = {}, .ca_file = {}};
}

std::string url_of(std::string_view url, const std::vector<Mirror>& mirrors) { return mirrored(url, mirrors).url; }

}  // namespace

TEST_CASE("the longest beginning of an address names its mirror", "[network-settings]") {
  const std::vector<Mirror> mirrors = {mirror("https://a.example.org", "https://m.example.org/all/"),
                                       mirror("https://a.example.org/cuda/repos/", "https://m.example.org/cuda"),
                                       mirror("https://a.example.org/cuda/repos", "https://late.example.org")};
  CHECK(mirrored("https://a.example.org/cuda/repos/debian12/x86_64/", mirrors) ==
        MirroredUrl{"https://m.example.org/cuda/debian12/x86_64/", mirrors[1]});
  CHECK(url_of("https://a.example.org/cuda/repos", mirrors) == "https://m.example.org/cuda");
  CHECK(url_of("https://A.example.org/cuda/reposts/x", mirrors) == "https://m.example.org/all/cuda/reposts/x");
  CHECK(url_of("https://a.example.org/", mirrors) == "https://m.example.org/all/");
}

TEST_CASE("an address that only looks alike is left alone", "[network-settings]") {
  const std::vector<Mirror> mirrors = {mirror("https://a.example.org/cuda", "https://m.example.org")};
  for (const char* url : {"https://a.example.org/cudax/", "https://a.example.org.evil/cuda/",
                          "http://a.example.org/cuda", "https://a.example.org/CUDA/"})
    CHECK(mirrored(url, mirrors) == MirroredUrl{url, std::nullopt});
}

TEST_CASE("the address of a proxy is checked", "[network-settings]") {
  for (const char* good :
       {"http://proxy:3128", "https://user:pa%40ss@proxy.example.org/", "socks5h://[::1]:1080", "http://127.0.0.1"})
    CHECK(!a_proxy_url(good));
  for (const char* bad :
       {"proxy:3128", "", "ftp://proxy", "socks5://proxy", "http://", "http://proxy:0", "http://proxy:99999",
        "http://proxy:3128/path", "http://pro xy", "http://a\"b:1", "http://[::1", "http://x\";DPkg::Pre-Invoke"})
    CHECK(a_proxy_url(bad));
  CHECK(!contains(a_proxy_url("user:secret@proxy")->message, "secret"));
  CHECK(!contains(a_proxy_url("ftp://user:secret@proxy")->message, "secret"));
}

TEST_CASE("the address of a mirror is https without a password", "[network-settings]") {
  CHECK(!a_mirror_url("https://mirror.example.org:8443/cuda"));
  for (const char* bad : {"http://mirror.example.org", "mirror.example.org", "https://", "https:///x",
                          "https://user:secret@mirror.example.org", "https://mirror.example.org/?x", "https://a b"}) {
    REQUIRE(a_mirror_url(bad));
    CHECK(!contains(a_mirror_url(bad)->message, "secret"));
  }
}

TEST_CASE("a fingerprint is whole", "[network-settings]") {
  CHECK(!a_fingerprint("C95B321B61E88C1809C4F759DDCAE044F796ECB0"));
  for (const char* bad : {"", "F796ECB0", "c95b321b61e88c1809c4f759ddcae044f796ecb0"}) CHECK(a_fingerprint(bad));
}

TEST_CASE("apt is told of proxies and certificates in its own words", "[network-settings]") {
  using Lines = std::vector<std::string>;
  NetworkSettings network;
  CHECK(apt_network_lines(network, host_certificates(network)).empty());
  network.proxy = "http://proxy:3128";
  network.ca_file = "/ca.pem";
  CHECK(apt_network_lines(network, host_certificates(network)) == Lines{"Acquire::http::Proxy \"http://proxy:3128\";",
                                                                        "Acquire::https::Proxy \"http://proxy:3128\";",
                                                                        "Acquire::https::CaInfo \"/ca.pem\";"});
  network.proxy_of_environment = true;
  network.mirrors = {mirror("https://a.example.org", "https://m.example.org:8443/a"),
                     mirror("https://b.example.org", "https://m.example.org:8443/b")};
  CHECK(apt_network_lines(network, host_certificates(network)) ==
        Lines{"Acquire::https::Proxy \"http://proxy:3128\";", "Acquire::https::m.example.org::CaInfo \"/ca.pem\";"});
}

}  // namespace nvprov
