#include "metadata/apt_credentials.hpp"

#include "base/text.hpp"

namespace nvprov {
namespace {

struct Address {
  std::string scheme;
  std::string host;  // with its port where it has one
  std::string path;
};

Address address_of(std::string_view url) {
  Address address;
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    address.scheme = lower(url.substr(0, scheme));
    url.remove_prefix(scheme + 3);
  }
  const std::size_t slash = url.find('/');
  std::string_view host = url.substr(0, slash);
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  address.host = lower(host);
  address.path = slash == std::string_view::npos ? std::string() : std::string(url.substr(slash));
  return address;
}

std::string without_port(const std::string& host) { return host.substr(0, host.find(':')); }

bool is_below(const std::string& path, const std::string& folder) {
  if (folder.empty() || folder == "/") return true;
  return path.starts_with(folder) &&
         (folder.ends_with('/') || path.size() == folder.size() || path[folder.size()] == '/');
}

bool speaks_for(const AptLogin& login, const Address& address) {
  const Address named = address_of(login.machine);
  const bool scheme = named.scheme.empty() ? address.scheme == "https" : named.scheme == address.scheme;
  const bool has_port = contains(named.host, ":");
  const bool host = has_port ? named.host == address.host : named.host == without_port(address.host);
  return scheme && host && is_below(address.path, named.path);
}

}  // namespace

std::vector<AptLogin> parse_apt_logins(std::string_view text) {
  std::vector<AptLogin> logins;
  std::vector<std::string> words;
  for (const std::string_view line : split_lines(text)) {
    if (trim(line).starts_with('#')) continue;
    for (std::string& word : split_words(line)) words.push_back(std::move(word));
  }
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    if (words[i] == "machine") logins.push_back({words[i + 1], {}, {}});
    if (logins.empty()) continue;
    if (words[i] == "login") logins.back().login = words[i + 1];
    if (words[i] == "password") logins.back().password = words[i + 1];
  }
  return logins;
}

std::vector<AptLogin> read_apt_logins(const TargetFiles& target) {
  constexpr const char* folder = "/etc/apt/auth.conf.d";
  std::string text = target.read("/etc/apt/auth.conf").value_or("");
  for (const std::string& name : target.list(folder))
    if (name.ends_with(".conf")) text += "\n" + target.read(folder + ("/" + name)).value_or("");
  return parse_apt_logins(text);
}

std::optional<std::string> login_for(const std::vector<AptLogin>& logins, std::string_view url) {
  const Address address = address_of(url);
  for (const AptLogin& login : logins)
    if (speaks_for(login, address)) return login.login + ":" + login.password;
  return std::nullopt;
}

}  // namespace nvprov
