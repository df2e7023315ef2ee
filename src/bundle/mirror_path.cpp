#include "bundle/mirror_path.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/bundle.hpp"

namespace nvprov {
namespace {

// Of a query too, and what no file name should have.
std::string as_file_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool is_plain =
        is_digit(c) || is_letter(c) || std::string_view("/._~+-=,@%").find(c) != std::string_view::npos;
    if (is_plain)
      name += c;
    else
      name += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return name;
}

std::string_view without_leading_slashes(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

}  // namespace

std::string without_credentials(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return std::string(url);
  const std::size_t host = begin + 3;
  const std::string_view authority = url.substr(host, url.find('/', host) - host);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, host)) + std::string(url.substr(host + at + 1));
}

std::optional<std::string> mirror_path(std::string_view url) {
  const std::string scheme = lower(url.substr(0, url.find(':')));
  std::string rest;
  if (scheme == "file") {
    rest = without_leading_slashes(url.substr(scheme.size() + 1));
  } else if (scheme == "https" || scheme == "http") {
    const std::string plain = without_credentials(url);
    if (!contains(plain, "://")) return std::nullopt;
    rest = plain.substr(plain.find("://") + 3);
    const std::size_t slash = rest.find('/');
    rest = replace_all(lower(rest.substr(0, slash)), ":", "_") + (slash == std::string::npos ? "" : rest.substr(slash));
  } else {
    return std::nullopt;
  }
  // Two slashes in a row are one for every file system.
  while (contains(rest, "//")) rest = replace_all(std::move(rest), "//", "/");
  std::string path = fmt::format("mirror/{}/{}", scheme, as_file_name(rest));
  if (path.ends_with('/')) path.pop_back();
  return is_safe_member_path(path) ? std::optional(std::move(path)) : std::nullopt;
}

}  // namespace nvprov
