#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// What the private folders of all package managers share.

// Makes the caller's cache folder. One that another user can write is an error of kind not_trusted: indexes in it would
// decide what is installed. root's files pass for everybody.
Status make_cache_folder(Host& machine, const std::string& folder);

// Spares the disk: what is already there stays as it is.
Status write_if_changed(Host& machine, const std::string& path, std::string_view content, std::uint32_t mode);

// Two nvprov at once wait for each other; the holder fetches what both need.
Result<std::unique_ptr<HostLock>> wait_for_lock(Host& machine, const std::string& path);

// The moment kept in a stamp file (seconds since the epoch); an error if there is none.
Result<std::int64_t> read_stamp(const Host& machine, const std::string& path);
Status write_stamp(Host& machine, const std::string& path, std::int64_t seconds);
// Whether indexes fetched then need no refresh now.
bool is_fresh(std::int64_t fetched, std::int64_t now);

}  // namespace nvprov
