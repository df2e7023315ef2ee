#pragma once

#include <tl/expected.hpp>

#include "base/json.hpp"
#include "host/recording_host.hpp"

namespace nvprov {

// host.json of a fixture host ("nvprov.host/1"): all that no file below root/ can say. Lists may be missing, as may
// `synthetic` and `sources`, which are for readers.
Json recording_to_json(const Recording& recording);
tl::expected<Recording, Diagnostics> recording_from_json(std::string_view text, std::string_view file);

// One recorded command as it stands in host.json.
Json command_to_json(const Command& command, const CommandOutput& output);

}  // namespace nvprov
