#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/host.hpp"

namespace nvprov {

// What was asked of a host and what it answered.
struct Recording {
  enum class Operation { read, list, look, link };

  bool live = true;
  std::optional<Uname> uname;
  std::optional<std::uint32_t> effective_user;
  std::vector<EnvironmentVariable> environment;
  std::vector<std::pair<Command, CommandOutput>> commands;
  std::map<std::string, std::string> files;                  // path -> content
  std::map<std::string, std::string> links;                  // path -> text of the link
  std::map<std::string, std::vector<std::string>> listings;  // path -> names
  std::map<std::string, FileInfo::Kind> seen;                // path -> what is there
  std::map<std::pair<std::string, Operation>, std::string> errors;
};

// A view that passes everything through and keeps what was read, so that it can be saved as a fixture host.
class RecordingHost : public HostView {
 public:
  explicit RecordingHost(const HostView& inner) : inner_(inner) { kept_.live = inner.is_live(); }

  bool is_live() const override { return inner_.is_live(); }
  Result<std::optional<std::string>> read_file(const std::string& path) const override;
  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override;
  Result<std::optional<FileInfo>> link_info(const std::string& path) const override;
  Result<std::optional<FileInfo>> file_info(const std::string& path) const override;
  Result<std::optional<std::string>> read_link(const std::string& path) const override;
  Result<Uname> uname() const override;
  Result<std::uint32_t> effective_user() const override;
  std::optional<std::string> environment(const std::string& name) const override;
  Result<CommandOutput> query(const Command& command) const override;

  const Recording& recording() const { return kept_; }

 private:
  const HostView& inner_;
  mutable Recording kept_;  // reading is const for those who look; that it is noted down does not change the host
};

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
