#pragma once

#include <string>
#include <vector>

#include "host/host.hpp"
#include "model/file_facts.hpp"

namespace nvprov {

// The folders nvprov keeps records and settings in.
inline constexpr const char* record_folders[] = {"/etc/nvprov", "/var/lib/nvprov"};

// Looks at the files of a host that a lock and an audit are about: those of the given lock, those that lie where nvprov
// writes its own, its folders, and the files of NVIDIA's driver. `architecture` as uname says it, "" unknown.
// Never fails: what could not be looked at is in the diagnostics.
FileFacts look_at_files(const HostView& host, const std::string& architecture, const std::vector<LockedFile>& locked);

// Whether look_at_files(), with this lock, or detect_host() may ask for the content of this file.
bool may_be_asked_for(std::string_view path, const std::vector<LockedFile>& locked);

}  // namespace nvprov
