#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "model/network.hpp"

namespace nvprov {

// Where an address is fetched from.
struct MirroredUrl {
  std::string url;
  std::optional<Mirror> mirror;  // nullopt: the address itself

  bool operator==(const MirroredUrl&) const = default;
};

// The mirror whose `from` is the longest beginning of the address that ends where a part of its path does.
MirroredUrl mirrored(std::string_view url, const std::vector<Mirror>& mirrors);

// Which certificates to trust for a host in place of the system's; the host "" stands for every one.
struct HostCertificates {
  std::string host;
  std::string ca_file;

  bool operator==(const HostCertificates&) const = default;
};
std::vector<HostCertificates> host_certificates(const NetworkSettings& network);

// "repo.example.org" of "https://repo.example.org:8443/cuda".
std::string host_of(std::string_view url);

// Scheme and host in lower case, no slash at the end, so that equal addresses are equal texts.
std::string normal_address(std::string_view url);

// Rules for what a person writes.
std::optional<Complaint> a_proxy_url(std::string_view text);
// https, without a password (it would stand in plans and repository files) and without what apt's files cannot hold.
std::optional<Complaint> a_mirror_url(std::string_view text);
std::optional<Complaint> an_absolute_path(std::string_view text);

}  // namespace nvprov
