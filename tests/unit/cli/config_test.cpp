#include "cli/config.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "cli/options.hpp"
#include "support/catch.hpp"
#include "support/memory_host.hpp"

namespace nvprov {
namespace {

constexpr const char* config_path = "/etc/nvprov/config.json";
constexpr const char* fingerprint = "C95B321B61E88C1809C4F759DDCAE044F796ECB0";
constexpr const char* whole = R"({"schema": "nvprov.config/1", "proxy": "http://user:secret@proxy:3128",
  "mirrors": [{"from": "https://a.example.org/", "to": "https://m.example.org/a",
               "fingerprint": "C95B321B61E88C1809C4F759DDCAE044F796ECB0", "ca_file": "/etc/ca.pem"}]})";

class HostWithEnvironment : public MemoryHost {
 public:
  std::map<std::string, std::string> variables;
  std::optional<std::string> environment(const std::string& name) const override {
    const auto variable = variables.find(name);
    return variable == variables.end() ? std::nullopt : std::optional(variable->second);
  }
};

NetworkSettings settings_of(const HostView& host, const NetworkSettings& typed = {}) {
  const auto settings = network_settings(host, typed);
  REQUIRE(settings);
  return *settings;
}

Error error_of(const HostView& host, const NetworkSettings& typed = {}) {
  const auto settings = network_settings(host, typed);
  REQUIRE(!settings);
  REQUIRE(std::holds_alternative<Error>(settings.error()));
  return std::get<Error>(settings.error());
}

Diagnostics problems_of(std::string_view text) {
  const auto config = parse_config(text, config_path);
  return config ? Diagnostics{} : config.error();
}

NetworkSettings typed(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "plan");
  const auto line = parse_command_line(arguments);
  REQUIRE(line);
  return std::get<PlanCommand>(line->command).network;
}

}  // namespace

TEST_CASE("a configuration names a proxy and mirrors", "[config]") {
  const auto config = parse_config(whole, config_path);
  REQUIRE(config);
  CHECK(*config ==
        NetworkSettings{.proxy = "http://user:secret@proxy:3128",
                        .proxy_of_environment = false,
                        .ca_file = {},
                        .mirrors = {{"https://a.example.org/", "https://m.example.org/a", fingerprint, "/etc/ca.pem"}},
                        .file = config_path});
}

TEST_CASE("every problem of a configuration is named with its place", "[config]") {
  const Diagnostics problems = problems_of(R"({"schema": "nvprov.config/2", "prxy": null, "proxy": "ftp://x",
    "mirrors": [{"from": "https://a.example.org", "to": "http://m", "fingerprint": "F796ECB0", "ca_file": "ca.pem"},
                {"from": "https://a.example.org/", "to": "https://m", "fingerprint": null, "ca_file": null}]})");
  std::vector<std::string> places;
  for (const Diagnostic& problem : problems) places.push_back(problem.place);
  std::ranges::sort(places);
  CHECK(places == std::vector<std::string>{"/mirrors/0/ca_file", "/mirrors/0/fingerprint", "/mirrors/0/to",
                                           "/mirrors/1/from", "/proxy", "/prxy", "/schema"});
  CHECK(problems_of("{").size() == 1);
  CHECK(problems_of("[]").size() >= 1);
  CHECK(problems_of(R"({"schema": "nvprov.config/1"})").size() == 2);
}

TEST_CASE("without a configuration there is nothing to set", "[config]") {
  CHECK(settings_of(MemoryHost()) == NetworkSettings{});
}

TEST_CASE("what is typed counts before the environment, and that before the configuration", "[config]") {
  HostWithEnvironment host;
  host.files[config_path] = {.content = whole};
  CHECK(settings_of(host).proxy == "http://user:secret@proxy:3128");
  host.variables = {{"all_proxy", "socks5h://all:1080"}};
  CHECK(settings_of(host).proxy == "socks5h://all:1080");
  host.variables["https_proxy"] = "near:3128";
  CHECK(settings_of(host).proxy == "http://near:3128");
  CHECK(settings_of(host).proxy_of_environment);
  CHECK(settings_of(host, typed({"--proxy", "http://typed:1"})).proxy == "http://typed:1");
}

TEST_CASE("a proxy of the environment that cannot be used is named without its password", "[config]") {
  HostWithEnvironment host;
  host.variables["HTTPS_PROXY"] = "socks4://user:secret@proxy";
  const Error error = error_of(host);
  CHECK(error.kind == ErrorKind::usage);
  CHECK(contains(error.message, "HTTPS_PROXY"));
  CHECK(!contains(error.message, "secret"));
}

TEST_CASE("root uses no configuration that others may write", "[config]") {
  MemoryHost host;
  host.files[config_path] = {.content = whole, .mode = 0664};
  CHECK(error_of(host).kind == ErrorKind::usage);
  host.files[config_path] = {.content = whole, .mode = 0644, .owner = 1000};
  CHECK(error_of(host).kind == ErrorKind::usage);
}

TEST_CASE("mirrors of the command line come before those of the configuration", "[config]") {
  MemoryHost host;
  host.files[config_path] = {.content = whole};
  const auto settings =
      settings_of(host, typed({"--mirror", "https://a.example.org=https://n.example.org/x=y", "--mirror-key",
                               "c95b 321b 61e8 8c18 09c4  f759 ddca e044 f796 ecb0"}));
  REQUIRE(settings.mirrors.size() == 2);
  CHECK(settings.mirrors[0] == Mirror{"https://a.example.org", "https://n.example.org/x=y", fingerprint, {}});
  CHECK(settings.mirrors[1].to == "https://m.example.org/a");
}

TEST_CASE("a file of certificates must be there", "[config]") {
  MemoryHost host;
  host.files["/ca.pem"] = {.content = "x"};
  CHECK(settings_of(host, typed({"--ca-file", "/ca.pem"})).ca_file == "/ca.pem");
  CHECK(contains(error_of(host, typed({"--ca-file", "/none.pem"})).message, "no such file"));
}

TEST_CASE("the reader of a plan sees how the network was reached, but no password", "[config]") {
  const auto config = parse_config(whole, config_path);
  REQUIRE(config);
  CHECK(network_inputs(*config) ==
        std::vector<std::string>{std::string("mirror https://m.example.org/a for https://a.example.org/, signed by ") +
                                     fingerprint + ", certificates in /etc/ca.pem",
                                 "proxy http://***@proxy:3128", "configuration /etc/nvprov/config.json"});
}

}  // namespace nvprov
