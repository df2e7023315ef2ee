#pragma once

#include <fmt/format.h>

#include "host/http_client.hpp"

namespace nvprov {

// For work that must not ask the network: whatever is asked for cannot be had.
class OfflineHttpClient : public HttpClient {
 public:
  Result<std::string> get(const HttpRequest& request) override {
    return fail(fmt::format("{} was not asked for: there is no network in this work", request.url));
  }
};

}  // namespace nvprov
