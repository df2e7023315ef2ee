#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace nvprov {

struct HttpRequest {
  std::string url;                          // https only
  std::size_t max_bytes = 0;                // a larger answer is refused
  std::optional<std::string> ca_file = {};  // certificates to trust in place of the system's
  std::optional<std::string> proxy = {};    // with its scheme; else what the environment says

  bool operator==(const HttpRequest&) const = default;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;

  // The whole body of the answer to a GET. Errors tell apart, in words: not reachable, no trust in the certificate
  // (not_trusted), not there (404), another status, too large, cut short.
  virtual Result<std::string> get(const HttpRequest& request) = 0;
};

}  // namespace nvprov
