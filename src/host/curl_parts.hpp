#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "host/curl_http_client.hpp"

namespace nvprov {

// What all that is fetched through libcurl shares. Only host/ includes this.

struct CurlHandleCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlHandle = std::unique_ptr<CURL, CurlHandleCloser>;
using CurlComplaint = std::array<char, CURL_ERROR_SIZE>;

// Where to and through what.
struct CurlAddress {
  std::string url;
  std::optional<std::string> ca_file = {};
  std::optional<std::string> proxy = {};
  bool allow_http = false;  // from https no redirection leads to http all the same
  bool check_certificate = true;
};

// libcurl itself, once; not safe beside other threads.
void prepare_curl();

// An error where https has no authorities to check certificates by.
Status check_authorities(const CurlAddress& address, const std::optional<std::string>& ca_bundle);

// Address, protocols, certificates, proxy and patience of one transfer.
bool set_up_curl(CURL* handle, const CurlAddress& address, const HttpPatience& patience,
                 const std::optional<std::string>& ca_bundle, CurlComplaint& complaint);

// What a transfer that failed is, in words.
Error curl_error(CURLcode code, const CurlComplaint& complaint, const CurlAddress& address);

}  // namespace nvprov
