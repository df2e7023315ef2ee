#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "host/host.hpp"

namespace nvprov {

struct MemoryFile {
  std::string content;
  std::uint32_t mode = 0644;
  std::uint32_t owner = 0;
  std::uint32_t group = 0;
  std::int64_t modified = 0;

  bool operator==(const MemoryFile&) const = default;
};

// A machine in memory for tests: files in a map, commands answered by a function of the test (one it does not know
// fails the test), every change in a list, and changes that fail where the test says so.
class MemoryHost : public Host {
 public:
  std::map<std::string, MemoryFile> files;
  std::set<std::string> folders;
  std::map<std::string, std::string> links;
  // Answers run() and query(); `options` is empty for query().
  std::function<Result<CommandOutput>(const Command& command, const RunOptions& options)> answer;
  std::map<std::string, std::string> own_locks;  // path -> holder: Host::lock fails
  // path -> holders at successive looks; the last one stays.
  std::map<std::string, std::vector<std::optional<std::string>>> lock_holders;

  std::vector<std::string> changes;  // "write /etc/x", "remove /etc/x", "folder /x", "lock /x", "run apt-get update"
  std::size_t fail_at = 0;           // this change (1 is the first) fails and does nothing; 0: none
  bool stays_broken = false;         // and every change after it, as if the process were dead or the disk full

  bool is_live() const override { return true; }
  Result<std::optional<std::string>> read_file(const std::string& path) const override;
  Result<std::optional<std::vector<std::string>>> list_directory(const std::string& path) const override;
  Result<std::optional<FileInfo>> link_info(const std::string& path) const override;
  Result<std::optional<FileInfo>> file_info(const std::string& path) const override { return link_info(path); }
  Result<std::optional<std::string>> read_link(const std::string& path) const override {
    const auto link = links.find(path);
    return link == links.end() ? std::nullopt : std::optional(link->second);
  }
  Result<Uname> uname() const override { return Uname{}; }
  Result<std::uint32_t> effective_user() const override { return 0U; }
  std::optional<std::string> environment(const std::string&) const override { return std::nullopt; }
  Result<CommandOutput> query(const Command& command) const override { return answer(command, {}); }

  Status write_file(const std::string& path, std::string_view content, std::uint32_t mode) override;
  Status remove_file(const std::string& path) override;
  Status make_directory(const std::string& path, std::uint32_t mode) override;
  Result<CommandOutput> run(const Command& command, const RunOptions& options) override;
  // Answered as the command "carried".
  Result<CommandOutput> run_carried(std::string_view program) override;
  Result<std::unique_ptr<HostLock>> lock(const std::string& path) override;
  Result<std::optional<std::string>> lock_holder(const std::string& path) override;

 private:
  // Notes a change; an error when it is one that fails.
  Status change(const std::string& what);
  bool is_folder(const std::string& path) const;
};

}  // namespace nvprov
