#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/target_files.hpp"

namespace nvprov {

// An entry of apt_auth.conf(5).
struct AptLogin {
  std::string machine;  // "example.org:8443/debian", a scheme before it or not
  std::string login;
  std::string password;

  bool operator==(const AptLogin&) const = default;
};

std::vector<AptLogin> parse_apt_logins(std::string_view text);
// /etc/apt/auth.conf and /etc/apt/auth.conf.d/*.conf of the target, as far as we may read them.
std::vector<AptLogin> read_apt_logins(const TargetFiles& target);
// "user:password" for an address: same host, same port where one is named, a path below the one named. Plain http gets
// one only where the entry says http:// itself.
std::optional<std::string> login_for(const std::vector<AptLogin>& logins, std::string_view url);

}  // namespace nvprov
