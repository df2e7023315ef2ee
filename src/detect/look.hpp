#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "host/host.hpp"

namespace nvprov {

// Reading for detection: what is not there is empty; what could not be looked at is noted under the fact's name.

// Notes that a fact could not be looked at, and why.
void could_not(Diagnostics& diagnostics, std::string_view fact, std::string message, std::string hint = {});
// Notes the problems a parser found in a file, each below the fact it belongs to.
void take_problems(Diagnostics& diagnostics, std::string_view fact, const Diagnostics& problems);

std::optional<std::string> read_text(const HostView& host, const std::string& path, std::string_view fact,
                                     Diagnostics& diagnostics);
std::vector<std::string> list_names(const HostView& host, const std::string& path, std::string_view fact,
                                    Diagnostics& diagnostics);
// What a path leads to.
std::optional<FileInfo> look_at(const HostView& host, const std::string& path, std::string_view fact,
                                Diagnostics& diagnostics);
bool is_there(const HostView& host, const std::string& path, std::string_view fact, Diagnostics& diagnostics);
// The first of the paths that is there.
std::optional<std::string> first_there(const HostView& host, const std::vector<std::string>& paths,
                                       std::string_view fact, Diagnostics& diagnostics);

}  // namespace nvprov
