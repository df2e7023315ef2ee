#include "host/curl_http_client.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "host/curl_parts.hpp"

namespace nvprov {
namespace {

struct Body {
  std::string bytes;
  std::size_t limit = 0;
  bool too_large = false;
};

struct Transfer {
  CurlHandle handle;
  Body body;
  CurlComplaint complaint{};
};

std::size_t take_bytes(const char* bytes, std::size_t, std::size_t count, void* place) {
  Body& body = *static_cast<Body*>(place);
  body.too_large = count > body.limit - body.bytes.size();
  if (body.too_large) return 0;  // ends the transfer
  body.bytes.append(bytes, count);
  return count;
}

CurlAddress address_of(const HttpRequest& request) {
  return {.url = request.url, .ca_file = request.ca_file, .proxy = request.proxy};
}

bool set_up(Transfer& transfer, const HttpRequest& request, const HttpPatience& patience,
            const std::optional<std::string>& ca_bundle) {
  CURL* handle = transfer.handle.get();
  return set_up_curl(handle, address_of(request), patience, ca_bundle, transfer.complaint) &&
         curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take_bytes) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer.body) == CURLE_OK;
}

Error error_of(const Transfer& transfer, CURLcode code, const HttpRequest& request) {
  if (!transfer.body.too_large) return curl_error(code, transfer.complaint, address_of(request));
  return Error{
      .kind = ErrorKind::failed,
      .message = fmt::format("{} is larger than {}", mask_credentials(request.url), format_bytes(request.max_bytes)),
      .because = {},
      .hints = {},
      .context = {}};
}

Status check_status(CURL* handle, const HttpRequest& request) {
  constexpr long fine = 200;
  constexpr long not_there = 404;
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  const std::string url = mask_credentials(request.url);
  if (status == fine) return {};
  if (status == not_there) return fail(fmt::format("{} is not there (HTTP status 404)", url));
  return fail(fmt::format("{} answered with HTTP status {}", url, status));
}

class CurlHttpClient : public HttpClient {
 public:
  CurlHttpClient(HttpPatience patience, std::optional<std::string> ca_bundle)
      : patience_(patience), ca_bundle_(std::move(ca_bundle)) {}

  Result<std::string> get(const HttpRequest& request) override {
    Transfer transfer{
        .handle = CurlHandle(curl_easy_init()), .body = {.bytes = {}, .limit = request.max_bytes}, .complaint = {}};
    if (!request.url.starts_with("https://"))
      return fail(ErrorKind::usage, fmt::format("{} is not an https address", mask_credentials(request.url)));
    if (const Status known = check_authorities(address_of(request), ca_bundle_); !known) return fail(known.error());
    if (!transfer.handle || !set_up(transfer, request, patience_, ca_bundle_)) return fail("libcurl cannot be set up");
    const CURLcode code = curl_easy_perform(transfer.handle.get());
    // Of an error page neither the size nor the end matters.
    const bool is_page = code == CURLE_OK || transfer.body.too_large;
    if (const Status status = check_status(transfer.handle.get(), request); !status && is_page)
      return fail(status.error());
    if (code != CURLE_OK) return fail(error_of(transfer, code, request));
    return std::move(transfer.body.bytes);
  }

 private:
  HttpPatience patience_;
  std::optional<std::string> ca_bundle_;
};

}  // namespace

std::unique_ptr<HttpClient> make_curl_http_client(HttpPatience patience, std::optional<std::string> ca_bundle) {
  // Not safe beside other threads; nvprov makes its one client before it starts any.
  prepare_curl();
  return std::make_unique<CurlHttpClient>(patience, std::move(ca_bundle));
}

}  // namespace nvprov
