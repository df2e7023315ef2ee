#include "packages/mirrors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::string_view https = "https://";

std::string_view authority_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  return rest.substr(0, rest.find_first_of("/?#"));
}

std::string_view without_user(std::string_view authority) {
  return authority.substr(authority.rfind('@') == std::string_view::npos ? 0 : authority.rfind('@') + 1);
}

// Neither blanks and control characters nor what would end a value of apt's files early.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) {
    return letter > ' ' && letter < '\x7F' && letter != '"' && letter != '\\' && letter != ';' && letter != '<' &&
           letter != '>' && letter != '{' && letter != '}';
  });
}

bool is_port(std::string_view text) {
  constexpr std::uint64_t highest = 65535;
  const auto port = parse_number(text);
  return port && *port > 0 && *port <= highest;
}

// "host", "host:3128", "[::1]:3128".
bool is_host_and_port(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || end < 2) return false;
    const std::string_view rest = text.substr(end + 1);
    return rest.empty() || (rest.starts_with(':') && is_port(rest.substr(1)));
  }
  const std::size_t colon = text.find(':');
  const std::string_view host = text.substr(0, colon);
  const bool is_name = !host.empty() && std::ranges::all_of(host, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '.' || letter == '-' || letter == '_';
  });
  return is_name && (colon == std::string_view::npos || is_port(text.substr(colon + 1)));
}

// True where `from` ends at a border of the path of `url`.
bool covers(const Mirror& mirror, std::string_view url) {
  const std::string from = normal_address(mirror.from);
  return url.starts_with(from) && (url.size() == from.size() || url[from.size()] == '/');
}

}  // namespace

std::string host_of(std::string_view url) {
  const std::string_view host = without_user(authority_of(url));
  if (host.starts_with('[')) return lower(host.substr(0, host.find(']') + 1));
  return lower(host.substr(0, host.find(':')));
}

std::string normal_address(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t path = url.find('/', url.find("://") == std::string_view::npos ? 0 : url.find("://") + 3);
  const std::string_view start = url.substr(0, path);
  return lower(start) + std::string(url.substr(start.size()));
}

MirroredUrl mirrored(std::string_view url, const std::vector<Mirror>& mirrors) {
  const std::string asked = normal_address(url) + (url.ends_with('/') ? "/" : "");
  const Mirror* best = nullptr;
  for (const Mirror& mirror : mirrors)
    if (covers(mirror, asked) &&
        (best == nullptr || normal_address(mirror.from).size() > normal_address(best->from).size()))
      best = &mirror;
  if (best == nullptr) return {std::string(url), std::nullopt};
  return {normal_address(best->to) + asked.substr(normal_address(best->from).size()), *best};
}

std::vector<HostCertificates> host_certificates(const NetworkSettings& network) {
  if (network.ca_file && network.mirrors.empty()) return {{"", *network.ca_file}};
  std::vector<HostCertificates> certificates;
  for (const Mirror& mirror : network.mirrors) {
    const auto& file = mirror.ca_file ? mirror.ca_file : network.ca_file;
    const auto same_host = [host = host_of(mirror.to)](const HostCertificates& each) { return each.host == host; };
    if (file && std::ranges::none_of(certificates, same_host)) certificates.push_back({host_of(mirror.to), *file});
  }
  return certificates;
}

std::optional<Complaint> a_proxy_url(std::string_view text) {
  const std::string masked = mask_credentials(text);
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) {
    const std::string_view host = without_user(text);
    return Complaint{fmt::format("`{}{}` is no address of a proxy", host.size() == text.size() ? "" : "***@", host),
                     "write it with its scheme, such as `http://proxy.example.org:3128`"};
  }
  const std::string name = lower(text.substr(0, scheme));
  if (name != "http" && name != "https" && name != "socks5h")
    return Complaint{fmt::format("`{}` is no address of a proxy that can be used", masked),
                     "its scheme is http, https or socks5h"};
  const std::string_view path = text.substr(scheme + 3 + authority_of(text).size());
  if (!is_plain(text) || !is_host_and_port(without_user(authority_of(text))) || (!path.empty() && path != "/"))
    return Complaint{fmt::format("`{}` is no address of a proxy", masked),
                     "write scheme, host and port, such as `http://proxy.example.org:3128`"};
  return std::nullopt;
}

std::optional<Complaint> a_mirror_url(std::string_view text) {
  const std::string masked = mask_credentials(text);
  if (lower(text).starts_with("http://")) return Complaint{fmt::format("`{}` is an http address", masked), "use https"};
  if (!lower(text).starts_with(https) || !is_plain(text) || !is_host_and_port(without_user(authority_of(text))))
    return Complaint{fmt::format("`{}` is not an https address", masked), ""};
  if (authority_of(text).size() != without_user(authority_of(text)).size())
    return Complaint{fmt::format("`{}` holds a password", masked),
                     "passwords of repositories belong in a file in `/etc/apt/auth.conf.d`"};
  if (text.find_first_of("?#") != std::string_view::npos)
    return Complaint{fmt::format("`{}` is not the address of a folder", masked), ""};
  return std::nullopt;
}

std::optional<Complaint> an_absolute_path(std::string_view text) {
  const bool fits = text.starts_with('/') && text.find_first_of("\"\\\n\r;") == std::string_view::npos;
  if (fits) return std::nullopt;
  return Complaint{fmt::format("`{}` is not an absolute path", text), ""};
}

}  // namespace nvprov
