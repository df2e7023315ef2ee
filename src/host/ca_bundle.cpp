#include "host/ca_bundle.hpp"

#include <array>

namespace nvprov {
namespace {

// The list of Go's crypto/x509 (root_linux.go) and of curl's configure, the nearest to the packages' own names first.
constexpr std::array<std::string_view, 6> ca_bundles = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch, Gentoo, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, Enterprise Linux, Amazon Linux
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // what that leads to, where the link was dropped
    "/etc/ssl/ca-bundle.pem",                             // SUSE
    "/var/lib/ca-certificates/ca-bundle.pem",             // what that leads to
    "/etc/ssl/cert.pem",                                  // Alpine without ca-certificates, BSD
};

bool is_filled_file(const HostView& machine, const std::string& path) {
  const auto info = machine.file_info(path);
  return info && *info && (*info)->kind == FileInfo::Kind::file && (*info)->size > 0;
}

}  // namespace

std::span<const std::string_view> known_ca_bundles() { return ca_bundles; }

std::optional<std::string> find_ca_bundle(const HostView& machine) {
  for (const std::string_view path : ca_bundles)
    if (std::string text(path); is_filled_file(machine, text)) return text;
  return std::nullopt;
}

}  // namespace nvprov
