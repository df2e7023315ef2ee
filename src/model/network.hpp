#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nvprov {

// A place to fetch from in place of another; both are https addresses.
struct Mirror {
  std::string from;
  std::string to;
  std::optional<std::string> fingerprint;  // of the key the mirror signs with, where it is not the origin's
  std::optional<std::string> ca_file;      // certificates to trust for it in place of the system's

  bool operator==(const Mirror&) const = default;
};

// How the network is reached where it is not as the package manager is set up.
struct NetworkSettings {
  std::optional<std::string> proxy;    // may hold a password
  bool proxy_of_environment = false;   // the proxy is that of https_proxy or all_proxy: it says nothing about http
  std::optional<std::string> ca_file;  // for mirrors without one of their own; without mirrors for every https address
  std::vector<Mirror> mirrors;         // of two for the same address the first counts
  std::optional<std::string> file;     // the configuration file some of it is from

  bool operator==(const NetworkSettings&) const = default;
};

}  // namespace nvprov
