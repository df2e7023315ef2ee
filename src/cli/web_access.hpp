#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/downloader.hpp"
#include "host/host.hpp"
#include "host/http_client.hpp"
#include "metadata/fetched.hpp"
#include "model/network.hpp"

namespace nvprov {

// How a plan reaches the addresses it asks: over the network, over it with all that comes in kept, or in a bundle.
struct WebAccess {
  std::function<std::unique_ptr<Downloader>(const HostView& machine)> downloader;
  std::function<std::unique_ptr<HttpClient>(const HostView& machine)> http_client;
  std::optional<std::string> cache_folder = {};  // in place of the caller's own
  FetchOptions fetch = {};
  std::optional<std::vector<Mirror>> mirrors = {};  // in place of those of the settings
  bool asks_described = false;  // the repositories of a machine that is only described are asked too
};

WebAccess network_access();

}  // namespace nvprov
