#include "cli/web_access.hpp"

#include "host/ca_bundle.hpp"
#include "host/curl_http_client.hpp"

namespace nvprov {

WebAccess network_access() {
  return {.downloader = [](const HostView& machine) { return make_curl_downloader({}, {}, find_ca_bundle(machine)); },
          .http_client = [](const HostView& machine) { return make_curl_http_client({}, find_ca_bundle(machine)); }};
}

}  // namespace nvprov
