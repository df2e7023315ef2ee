#pragma once

#include <string>
#include <string_view>

#include "model/plan.hpp"
#include "report/layout.hpp"

namespace nvprov {

// Parts of plan_text(), each with its heading and an empty line after it, or "" where there is nothing to tell.

// "Title" on a line of its own, the body, an empty line; "" for an empty body.
std::string section(std::string_view title, const std::string& body, const TextOptions& options,
                    Paint as = Paint::heading);

// Driver, module, end of support, CUDA, headers; under each why.
std::string choice_section(const Plan& plan, const TextOptions& options);
// The steps, numbered, with the content of every file and what each transaction asks for.
std::string steps_section(const Plan& plan, const TextOptions& options);
// Every package of the closure.
std::string packages_section(const Plan& plan, const TextOptions& options);
// Sizes, restarts, reboot, hold, what is left out, ages, unknowns.
std::string outlook_section(const Plan& plan, const TextOptions& options);

// "535.309.01 (branch 535), from the distribution's own archive", or why there is none.
std::string driver_words(const Plan& plan);
// "11.8 (11.8.0), from ...; fully supported by the driver", or "none".
std::string cuda_words(const Plan& plan);
// "1.20.0, from NVIDIA's repository for it"; "" where the plan has none.
std::string toolkit_words(const Plan& plan);
// "2026-11-22", and how old the package indexes are.
std::string catalog_words(const Plan& plan, const TextOptions& options);
std::string metadata_words(const Plan& plan, const TextOptions& options);

}  // namespace nvprov
