#pragma once

#include <functional>
#include <string>

#include "cli/terminal.hpp"
#include "host/downloader.hpp"

namespace nvprov {

// Shows how far a download is on a line that is replaced; nothing where there is no terminal. `what`: "indexes". The
// terminal must live as long.
std::function<void(const DownloadProgress&)> progress_on(Terminal& terminal, std::string what);

}  // namespace nvprov
