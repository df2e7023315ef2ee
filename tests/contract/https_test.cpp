#include <cstdlib>

#include "base/text.hpp"
#include "host/curl_http_client.hpp"
#include "support/catch.hpp"

namespace nvprov {
namespace {

// The server of https_server.py, started by `run`, and the authority that signed its certificate.
std::string server() { return std::string("127.0.0.1:") + std::getenv("NVPROV_HTTPS_PORT"); }
std::string folder() { return std::getenv("NVPROV_HTTPS_FOLDER"); }
std::string url(const std::string& path) { return "https://" + server() + path; }

Result<std::string> get(const std::string& address, const std::string& ca_file = "ca.pem",
                        std::optional<std::string> proxy = {}) {
  constexpr std::size_t limit = 1000;
  const auto client = make_curl_http_client({.connect = 5, .stalled = 1, .whole = 10});
  return client->get(
      {.url = address, .max_bytes = limit, .ca_file = folder() + "/" + ca_file, .proxy = std::move(proxy)});
}

Error refusal(const Result<std::string>& answer) {
  REQUIRE(!answer);
  return answer.error();
}

}  // namespace

TEST_CASE("a file is fetched whole, also over a redirection to https", "[https]") {
  CHECK(get(url("/good")) == std::string("hello"));
  CHECK(get(url("/near")) == std::string("hello"));
}

TEST_CASE("a certificate of another authority is not trusted", "[https]") {
  const Error error = refusal(get(url("/good"), "other.pem"));
  CHECK(error.kind == ErrorKind::not_trusted);
  CHECK(error.message == "the certificate of " + url("/good") + " is not trusted");
  CHECK(refusal(get("https://localhost:" + split(server(), ':').back() + "/good")).kind == ErrorKind::not_trusted);
  CHECK(contains(refusal(get(url("/good"), "missing.pem")).message, "missing.pem cannot be read"));
}

TEST_CASE("the machine's authorities are trusted where a request names none", "[https]") {
  const auto client = make_curl_http_client({.connect = 5, .stalled = 1, .whole = 10}, folder() + "/ca.pem");
  CHECK(client->get({.url = url("/good"), .max_bytes = 1000}) == std::string("hello"));
  CHECK(refusal(client->get({.url = url("/good"), .max_bytes = 1000, .ca_file = folder() + "/other.pem"})).kind ==
        ErrorKind::not_trusted);
}

TEST_CASE("what a server answers is told apart", "[https]") {
  CHECK(refusal(get(url("/none"))).message == url("/none") + " is not there (HTTP status 404)");
  CHECK(refusal(get(url("/error"))).message == url("/error") + " answered with HTTP status 503");
  CHECK(refusal(get(url("/large"))).message == url("/large") + " is larger than 1.0 kB");
  CHECK(refusal(get(url("/endless"))).message == url("/endless") + " is larger than 1.0 kB");
  CHECK(refusal(get(url("/cut"))).message == "the answer of " + url("/cut") + " was cut short");
  CHECK(refusal(get(url("/stall"))).message == url("/stall") + " takes too long to answer");
  CHECK(contains(refusal(get(url("/loop"))).message, "without end"));
  CHECK(refusal(get("https://127.0.0.1:9/good")).message == "https://127.0.0.1:9/good cannot be reached");
}

TEST_CASE("only https is spoken, also after a redirection", "[https]") {
  CHECK(refusal(get(url("/away"))).message == url("/away") + " leads to an address that is not https");
  CHECK(refusal(get("http://" + server() + "/good")).kind == ErrorKind::usage);
  CHECK(refusal(get("file:///etc/hostname")).kind == ErrorKind::usage);
}

TEST_CASE("no message holds a password", "[https]") {
  const std::vector<Error> errors = {
      refusal(get("https://user:secret@" + server() + "/none")),
      refusal(get("https://user:secret@" + server() + "/good", "other.pem")),
      refusal(get(url("/good"), "ca.pem", "http://user:secret@127.0.0.1:9")),
      refusal(get(url("/good"), "ca.pem", "http://user:secret@no-such-host.invalid:3128")),
  };
  for (const Error& error : errors)
    CHECK(!contains(error.message + join(error.because, " ") + join(error.hints, " "), "secret"));
}

}  // namespace nvprov
