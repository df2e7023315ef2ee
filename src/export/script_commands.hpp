#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/catalog.hpp"
#include "model/plan.hpp"

namespace nvprov {

// Whether a plan can be done by a script on another machine of its kind: it knows every version, asks for no consent,
// and writes no file that is somebody else's. Otherwise an error that says what is in the way.
Status check_exportable(const Plan& plan);

// The plan's steps as commands of a POSIX shell, each to succeed before the next is run. A command may go on over
// several lines with `\`. Every package has its version; packages that come along are marked as such.
std::vector<std::string> script_commands(const Plan& plan, const Distro& distro);

// Takes away the indexes, caches and logs an image should not carry.
std::vector<std::string> cleanup_commands(const Distro& distro);

// What a reader should know of a script's origin, a line each, without a comment sign.
std::vector<std::string> script_heading(const Plan& plan);

}  // namespace nvprov
