#pragma once

#include <optional>
#include <string_view>

#include "host/host.hpp"
#include "model/facts.hpp"

namespace nvprov {

// The SecureBoot variable as efivarfs has it: four bytes of attributes, then 0 or 1; nullopt for anything else.
std::optional<bool> parse_secure_boot(std::string_view variable);
// nullopt without a diagnostic: the machine was not started through EFI.
std::optional<SecureBootFacts> detect_secure_boot(const HostView& host, Diagnostics& diagnostics);

}  // namespace nvprov
