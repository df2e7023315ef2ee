#pragma once

#include <string>
#include <string_view>

#include "model/journal.hpp"
#include "model/plan.hpp"
#include "report/layout.hpp"

namespace nvprov {

// One step in a few words: "write /etc/example (hold the driver)".
std::string step_title(const Step& step);

// What apply did: what now runs, what was proven, where the record is, how to undo it.
std::string apply_text(const ApplyReport& report, const Plan& plan, const TextOptions& options = {});

// One line without a line end for a terminal, never longer than its width: what is being done, how far, a bar.
std::string progress_line(std::string_view phase, double percent, std::string_view message, int width);

// The same for anything but a terminal: "install: 40%: Unpacking ...".
std::string plain_progress_line(std::string_view phase, double percent, std::string_view message);

}  // namespace nvprov
