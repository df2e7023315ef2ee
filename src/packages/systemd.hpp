#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/plan.hpp"

namespace nvprov {

// What systemd is, as pure functions.

// Where unit files lie; the first folder that has one counts.
const std::vector<std::string>& unit_folders();

// The links that are there where a unit is enabled, as its file says; none for a unit that cannot be.
std::vector<std::string> enabling_links(std::string_view unit, std::string_view file_text);

// What does a step on a machine that runs.
std::vector<std::string> systemctl_argv(const ManageService& step);
// What takes it back, or tells the service of what was taken back.
std::vector<std::string> undo_systemctl_argv(const ManageService& step);

// Whether a step is about the start of the machine, and not about a service that runs.
bool is_enabling(const ManageService& step);

}  // namespace nvprov
