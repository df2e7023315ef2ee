#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "cli/failure.hpp"
#include "host/host.hpp"
#include "model/network.hpp"

namespace nvprov {

// The text of a configuration file ("nvprov.config/1"); every problem with its place.
tl::expected<NetworkSettings, Diagnostics> parse_config(std::string_view text, std::string_view file);

// How to reach the network: what was typed, then the environment, then /etc/nvprov/config.json. As root that file must
// belong to root and be writable by nobody else.
Outcome<NetworkSettings> network_settings(const HostView& machine, const NetworkSettings& typed);

// What of it a reader of the plan should know, without passwords.
std::vector<std::string> network_inputs(const NetworkSettings& network);

}  // namespace nvprov
