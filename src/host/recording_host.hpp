#pragma once

#include <memory>
#include <string>

#include "host/host.hpp"

namespace nvprov {

// A view that passes everything through and keeps what was read, so that it can be saved as a fixture host.
class RecordingHost;

// Wraps a view; what detect reads through it is kept.
std::unique_ptr<RecordingHost> make_recording_host(const HostView& inner);
const HostView& view_of(const RecordingHost& host);
// Writes DIR/root/... and DIR/host.json (uname, user, environment, recorded commands), without serials, UUIDs,
// machine ids and credentials. DIR must not exist or be empty. nothing is written on error.
Status save_recording(const RecordingHost& host, const std::string& directory);

// Reads such a folder: a host that seems live, answering only from what was recorded. An unrecorded command is an
// error that prints the line to record.
Result<std::unique_ptr<HostView>> load_recording(const std::string& directory);

}  // namespace nvprov
