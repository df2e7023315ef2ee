#include "host/curl_http_client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/text.hpp"
#include "host/ca_bundle.hpp"

namespace nvprov {
namespace {

constexpr long most_redirections = 5;
constexpr long slowest = 100;  // bytes a second

struct Body {
  std::string bytes;
  std::size_t limit = 0;
  bool too_large = false;
};

struct HandleCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, HandleCloser>;

struct Transfer {
  Handle handle;
  Body body;
  std::array<char, CURL_ERROR_SIZE> complaint{};
};

std::size_t take_bytes(const char* bytes, std::size_t, std::size_t count, void* place) {
  Body& body = *static_cast<Body*>(place);
  body.too_large = count > body.limit - body.bytes.size();
  if (body.too_large) return 0;  // ends the transfer
  body.bytes.append(bytes, count);
  return count;
}

// Said as a list of names since 7.85, which Ubuntu 22.04 and RHEL 9 do not have.
bool allow_https_only(CURL* handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "https") == CURLE_OK;
#else
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTPS)) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, static_cast<long>(CURLPROTO_HTTPS)) == CURLE_OK;
#endif
}

// The portable file's libcurl cannot read one, and does not know the option.
bool ignore_netrc(CURL* handle) {
  const CURLcode code = curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  return code == CURLE_OK || code == CURLE_UNKNOWN_OPTION;
}

// The portable file's libcurl has none: where they are is known only on the machine it runs on.
bool has_authorities_of_its_own() {
#if LIBCURL_VERSION_NUM >= 0x074600
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  return info->cainfo != nullptr || info->capath != nullptr;
#else
  return true;
#endif
}

Error no_authorities(const HttpRequest& request) {
  std::string files;
  for (const std::string_view path : known_ca_bundles()) files += fmt::format("{}{}", files.empty() ? "" : ", ", path);
  return {.kind = ErrorKind::failed,
          .message = fmt::format("the certificate of {} cannot be checked: this machine has no file of authorities",
                                 mask_credentials(request.url)),
          .because = {fmt::format("none of these has anything in it: {}", files)},
          .hints = {"install `ca-certificates`, or name a file of authorities by `--ca-file FILE`"},
          .context = {}};
}

bool set_up(Transfer& transfer, const HttpRequest& request, const HttpPatience& patience,
            const std::optional<std::string>& ca_bundle) {
  CURL* handle = transfer.handle.get();
  const auto set = [handle](CURLoption option, auto value) {
    return curl_easy_setopt(handle, option, value) == CURLE_OK;
  };
  // The file of the caller is to be trusted alone: not also the folder of the system's certificates.
  const bool trust = request.ca_file ? set(CURLOPT_CAINFO, request.ca_file->c_str()) &&
                                           set(CURLOPT_CAPATH, static_cast<const char*>(nullptr))
                                     : !ca_bundle || set(CURLOPT_CAINFO, ca_bundle->c_str());
  const bool proxy = !request.proxy || set(CURLOPT_PROXY, request.proxy->c_str());
  return trust && proxy && set(CURLOPT_URL, request.url.c_str()) && allow_https_only(handle) &&
         set(CURLOPT_FOLLOWLOCATION, 1L) && set(CURLOPT_MAXREDIRS, most_redirections) &&
         ignore_netrc(handle) && set(CURLOPT_SSL_VERIFYPEER, 1L) &&
         set(CURLOPT_SSL_VERIFYHOST, 2L) && set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
         set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_CONNECTTIMEOUT, patience.connect) &&
         set(CURLOPT_LOW_SPEED_LIMIT, slowest) && set(CURLOPT_LOW_SPEED_TIME, patience.stalled) &&
         set(CURLOPT_TIMEOUT, patience.whole) && set(CURLOPT_USERAGENT, "nvprov") &&
         set(CURLOPT_ERRORBUFFER, transfer.complaint.data()) && set(CURLOPT_WRITEFUNCTION, &take_bytes) &&
         set(CURLOPT_WRITEDATA, &transfer.body);
}

std::string words_of(const Transfer& transfer, CURLcode code) {
  const std::string_view told = trim(transfer.complaint.data());
  return mask_credentials(told.empty() ? curl_easy_strerror(code) : told);
}

Error error_of(const Transfer& transfer, CURLcode code, const HttpRequest& request) {
  const std::string url = mask_credentials(request.url);
  const auto error = [&](ErrorKind kind, std::string message, std::vector<std::string> hints) {
    return Error{.kind = kind,
                 .message = std::move(message),
                 .because = {words_of(transfer, code)},
                 .hints = std::move(hints),
                 .context = {}};
  };
  if (transfer.body.too_large)
    return Error{.kind = ErrorKind::failed,
                 .message = fmt::format("{} is larger than {}", url, format_bytes(request.max_bytes)),
                 .because = {},
                 .hints = {},
                 .context = {}};
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return error(ErrorKind::not_trusted, fmt::format("the certificate of {} is not trusted", url),
                   {"where a mirror or proxy has a certificate of its own, name its authority by `--ca-file FILE`",
                    "where this machine has no certificates at all, install `ca-certificates` first"});
    case CURLE_SSL_CACERT_BADFILE:
      return error(ErrorKind::failed,
                   fmt::format("the certificates in {} cannot be read", request.ca_file.value_or("the system's file")),
                   {request.ca_file ? "it must be a PEM file that can be read" : "install `ca-certificates` first"});
    case CURLE_SSL_CONNECT_ERROR:
      return error(ErrorKind::failed, fmt::format("no secure connection to {} could be made", url), {});
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
      return error(ErrorKind::failed, fmt::format("the answer of {} was cut short", url), {"try again"});
    case CURLE_OPERATION_TIMEDOUT:
      return error(ErrorKind::failed, fmt::format("{} takes too long to answer", url),
                   {"try again, or name a nearer mirror by `--mirror FROM=TO`"});
    case CURLE_UNSUPPORTED_PROTOCOL:
      return error(ErrorKind::not_trusted, fmt::format("{} leads to an address that is not https", url), {});
    case CURLE_TOO_MANY_REDIRECTS:
      return error(ErrorKind::failed, fmt::format("{} leads from one address to the next without end", url), {});
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      return error(ErrorKind::failed, fmt::format("the proxy for {} cannot be reached", url), {"check `--proxy URL`"});
    default:
      return error(ErrorKind::failed, fmt::format("{} cannot be reached", url),
                   {"check the network and the proxy; without network use `--offline`"});
  }
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
        .handle = Handle(curl_easy_init()), .body = {.bytes = {}, .limit = request.max_bytes}, .complaint = {}};
    if (!request.url.starts_with("https://"))
      return fail(ErrorKind::usage, fmt::format("{} is not an https address", mask_credentials(request.url)));
    if (!request.ca_file && !ca_bundle_ && !has_authorities_of_its_own()) return fail(no_authorities(request));
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
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)ready;
  return std::make_unique<CurlHttpClient>(patience, std::move(ca_bundle));
}

}  // namespace nvprov
