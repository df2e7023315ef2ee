#include "host/curl_parts.hpp"

#include <fmt/format.h>

#include <string_view>

#include "base/text.hpp"
#include "host/ca_bundle.hpp"

namespace nvprov {
namespace {

constexpr long most_redirections = 5;
constexpr long slowest = 100;  // bytes a second

// Said as a list of names since 7.85, which Ubuntu 22.04 and RHEL 9 do not have.
bool allow_protocols(CURL* handle, const CurlAddress& address) {
  const bool http = address.allow_http && !address.url.starts_with("https://");
#if LIBCURL_VERSION_NUM >= 0x075500
  const char* names = http ? "http,https" : "https";
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, names) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, names) == CURLE_OK;
#else
  const long bits = http ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS;
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, bits) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, bits) == CURLE_OK;
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

// The file of the caller is to be trusted alone: not also the folder of the system's certificates.
bool trust_authorities(CURL* handle, const CurlAddress& address, const std::optional<std::string>& ca_bundle) {
  if (address.ca_file)
    return curl_easy_setopt(handle, CURLOPT_CAINFO, address.ca_file->c_str()) == CURLE_OK &&
           curl_easy_setopt(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr)) == CURLE_OK;
  return !ca_bundle || curl_easy_setopt(handle, CURLOPT_CAINFO, ca_bundle->c_str()) == CURLE_OK;
}

}  // namespace

void prepare_curl() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)ready;
}

Status check_authorities(const CurlAddress& address, const std::optional<std::string>& ca_bundle) {
  if (address.ca_file || ca_bundle || !address.check_certificate || address.url.starts_with("http://") ||
      has_authorities_of_its_own())
    return {};
  std::string files;
  for (const std::string_view path : known_ca_bundles()) files += fmt::format("{}{}", files.empty() ? "" : ", ", path);
  return fail(ErrorKind::failed,
              fmt::format("the certificate of {} cannot be checked: this machine has no file of authorities",
                          mask_credentials(address.url)),
              {fmt::format("none of these has anything in it: {}", files)},
              {"install `ca-certificates`, or name a file of authorities by `--ca-file FILE`"});
}

bool set_up_curl(CURL* handle, const CurlAddress& address, const HttpPatience& patience,
                 const std::optional<std::string>& ca_bundle, CurlComplaint& complaint) {
  const auto set = [handle](CURLoption option, auto value) {
    return curl_easy_setopt(handle, option, value) == CURLE_OK;
  };
  const bool proxy = !address.proxy || set(CURLOPT_PROXY, address.proxy->c_str());
  const long check = address.check_certificate ? 1L : 0L;
  return trust_authorities(handle, address, ca_bundle) && proxy && set(CURLOPT_URL, address.url.c_str()) &&
         allow_protocols(handle, address) && set(CURLOPT_FOLLOWLOCATION, 1L) &&
         set(CURLOPT_MAXREDIRS, most_redirections) && ignore_netrc(handle) && set(CURLOPT_SSL_VERIFYPEER, check) &&
         set(CURLOPT_SSL_VERIFYHOST, 2 * check) &&
         set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) && set(CURLOPT_NOSIGNAL, 1L) &&
         set(CURLOPT_CONNECTTIMEOUT, patience.connect) && set(CURLOPT_LOW_SPEED_LIMIT, slowest) &&
         set(CURLOPT_LOW_SPEED_TIME, patience.stalled) && set(CURLOPT_TIMEOUT, patience.whole) &&
         set(CURLOPT_USERAGENT, "nvprov") && set(CURLOPT_ERRORBUFFER, complaint.data());
}

Error curl_error(CURLcode code, const CurlComplaint& complaint, const CurlAddress& address) {
  const std::string url = mask_credentials(address.url);
  const std::string_view told = trim(complaint.data());
  const std::string words = mask_credentials(told.empty() ? curl_easy_strerror(code) : told);
  const auto error = [&](ErrorKind kind, std::string message, std::vector<std::string> hints) {
    return Error{
        .kind = kind, .message = std::move(message), .because = {words}, .hints = std::move(hints), .context = {}};
  };
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
                   fmt::format("the certificates in {} cannot be read", address.ca_file.value_or("the system's file")),
                   {address.ca_file ? "it must be a PEM file that can be read" : "install `ca-certificates` first"});
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

}  // namespace nvprov
