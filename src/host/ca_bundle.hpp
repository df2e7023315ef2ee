#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "host/host.hpp"

namespace nvprov {

// Where distributions keep the authorities they trust, as one file in PEM form.
std::span<const std::string_view> known_ca_bundles();

// The first of them that this machine has with something in it; nullopt where there is none.
std::optional<std::string> find_ca_bundle(const HostView& machine);

}  // namespace nvprov
