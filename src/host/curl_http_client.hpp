#pragma once

#include <memory>
#include <optional>
#include <string>

#include "host/http_client.hpp"

namespace nvprov {

// How long to wait, in seconds.
struct HttpPatience {
  long connect = 30;
  long stalled = 30;  // without at least a hundred bytes a second
  long whole = 600;
};

// libcurl's: https only, also after a redirection, of which it follows five. Trusts the authorities in `ca_bundle`
// where the request names none; without either what libcurl was built with, if anything.
std::unique_ptr<HttpClient> make_curl_http_client(HttpPatience patience = {},
                                                  std::optional<std::string> ca_bundle = std::nullopt);

}  // namespace nvprov
