#include "metadata/apt_config.hpp"

#include "host/posix_host.hpp"
#include "metadata/apt_credentials.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

AptConfig config_of(std::string_view text) {
  AptConfig config;
  CHECK(config.add(text));
  return config;
}

std::optional<std::string> proxy_for(const AptConfig& config, const std::string& url, const NetworkSettings& own = {}) {
  const auto machine = make_posix_host("/");
  return apt_access(config, TargetFiles(*machine, ""), own, url).proxy;
}

}  // namespace

TEST_CASE("apt.conf is read with blocks, lists, comments and clearings, the last of a name counting") {
  const AptConfig config = config_of(
      "// a comment\nAcquire::http::Proxy \"http://a.test:3128\"; # another\n"
      "Acquire { https { Proxy \"http://b.test\"; }; Check-Date no; /* APT x; */ };\n"
      "DPkg::Post-Invoke { \"rm -f /x; true\"; };\nAPT::Architectures:: \"i386\";\n"
      "Acquire::Retries \"1\"; #clear Acquire::Retries;\nAcquire::Check-Date \"yes\";\n");
  CHECK(config.find("acquire::http::proxy") == "http://a.test:3128");
  CHECK(config.find("Acquire::https::Proxy") == "http://b.test");
  CHECK(config.find_bool("Acquire::Check-Date", false));
  CHECK(config.find("dpkg::post-invoke::") == "rm -f /x; true");
  CHECK(config.find("apt::architectures::") == "i386");
  CHECK(config.find("acquire::retries") == std::nullopt);
}

TEST_CASE("an apt.conf that breaks off is told, what stands before it counts") {
  AptConfig config;
  CHECK(!config.add("A::B \"1\"; C { D \"2\"; "));
  CHECK(config.find("a::b") == "1");
}

TEST_CASE("apt's proxy is that of the host, then of the scheme, then of http") {
  const AptConfig config = config_of("Acquire::http::Proxy \"http://p.test\"; Acquire::http::Proxy::in.test DIRECT;");
  CHECK(proxy_for(config, "https://out.test/x") == "http://p.test");
  CHECK(proxy_for(config, "http://in.test/x") == "");
  CHECK(proxy_for(AptConfig(), "http://out.test/x") == std::nullopt);
  NetworkSettings own;
  own.proxy = "http://own.test";
  CHECK(proxy_for(config, "https://out.test/x", own) == "http://own.test");
  own.proxy_of_environment = true;
  CHECK(proxy_for(config, "http://out.test/x", own) == "http://p.test");
}

TEST_CASE("a login is for its host, port and path, and for https unless it says http itself") {
  const auto logins = parse_apt_logins(
      "# mine\nmachine a.test/debian login user password secret\nmachine http://b.test\n login other\n password word\n"
      "machine c.test:8443 login x password y\n");
  CHECK(login_for(logins, "https://a.test/debian/dists/x") == "user:secret");
  CHECK(login_for(logins, "https://a.test/debian-security/x") == std::nullopt);
  CHECK(login_for(logins, "http://a.test/debian/x") == std::nullopt);
  CHECK(login_for(logins, "http://b.test/x") == "other:word");
  CHECK(login_for(logins, "https://b.test/x") == std::nullopt);
  CHECK(login_for(logins, "https://c.test:8443/x") == "x:y");
  CHECK(login_for(logins, "https://c.test/x") == std::nullopt);
  CHECK(login_for(logins, "https://a.test.evil/debian/x") == std::nullopt);
}

}  // namespace nvprov
