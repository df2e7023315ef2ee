#include "packages/apt_network.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace nvprov {

std::vector<std::string> apt_network_lines(const NetworkSettings& network,
                                           const std::vector<HostCertificates>& certificates) {
  std::vector<std::string> lines;
  if (network.proxy) {
    // `https_proxy` does not speak for mirrors reached by http.
    if (!network.proxy_of_environment) lines.push_back(fmt::format("Acquire::http::Proxy \"{}\";", *network.proxy));
    lines.push_back(fmt::format("Acquire::https::Proxy \"{}\";", *network.proxy));
  }
  for (const HostCertificates& each : certificates)
    lines.push_back(
        fmt::format("Acquire::https::{}CaInfo \"{}\";", each.host.empty() ? "" : each.host + "::", each.ca_file));
  return lines;
}

bool is_secret(const NetworkSettings& network) { return network.proxy && contains(*network.proxy, "@"); }

}  // namespace nvprov
