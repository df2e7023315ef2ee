#include "detect/secure_boot.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/look.hpp"

namespace nvprov {
namespace {

// The GUIDs of the UEFI specification and of shim (https://github.com/rhboot/shim, MokVars.txt).
constexpr const char* secure_boot_variable =
    "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
constexpr const char* enrolled_keys_variable =
    "/sys/firmware/efi/efivars/MokListRT-605dab50-e046-4300-abb6-3dd810dd8b23";
constexpr const char* dkms_key = "/var/lib/dkms/mok.pub";
constexpr std::string_view fact = "secure_boot";
constexpr std::string_view key_fact = "secure_boot.dkms_key_enrolled";

// The list holds whole certificates, so the key's own bytes stand in it.
std::optional<bool> key_is_enrolled(const HostView& host, Diagnostics& diagnostics) {
  const auto key = read_text(host, dkms_key, key_fact, diagnostics);
  if (!key || key->empty()) return std::nullopt;
  const auto enrolled = host.read_file(enrolled_keys_variable);
  if (!enrolled) {
    could_not(diagnostics, key_fact, enrolled.error().message);
    return std::nullopt;
  }
  return *enrolled && contains(**enrolled, *key);
}

}  // namespace

std::optional<bool> parse_secure_boot(std::string_view variable) {
  if (variable.size() != 5 || (variable[4] != 0 && variable[4] != 1)) return std::nullopt;
  return variable[4] == 1;
}

std::optional<SecureBootFacts> detect_secure_boot(const HostView& host, Diagnostics& diagnostics) {
  if (!is_there(host, "/sys/firmware/efi", fact, diagnostics)) {
    if (!is_there(host, "/sys/firmware", fact, diagnostics)) could_not(diagnostics, fact, "/sys is not mounted");
    return std::nullopt;
  }
  const auto variable = host.read_file(secure_boot_variable);
  const auto enabled = variable && *variable ? parse_secure_boot(**variable) : std::nullopt;
  if (enabled) return SecureBootFacts{.enabled = *enabled, .dkms_key_enrolled = key_is_enrolled(host, diagnostics)};
  if (!variable)
    could_not(diagnostics, fact, variable.error().message);
  else if (*variable)
    could_not(diagnostics, fact, fmt::format("{} is not five bytes ending in 0 or 1", secure_boot_variable));
  else if (list_names(host, "/sys/firmware/efi/efivars", fact, diagnostics).empty())
    could_not(diagnostics, fact, "the firmware's variables are not mounted at /sys/firmware/efi/efivars");
  return std::nullopt;  // with variables but not this one: firmware that knows no Secure Boot
}

}  // namespace nvprov
