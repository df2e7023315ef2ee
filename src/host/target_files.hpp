#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"

namespace nvprov {

// Files of the target as the machine nvprov runs on sees them: "/" itself, or a folder that holds a host's disk, out
// of which no symbolic link may lead. Of a target that is not here (no root) nothing can be read.
class TargetFiles {
 public:
  TargetFiles(Host& machine, std::string root) : machine_(machine), root_(std::move(root)) {}

  bool is_here() const { return !root_.empty(); }
  bool is_machine() const { return root_ == "/"; }
  // Where the target's path is on this machine.
  Result<std::string> place(const std::string& path) const;
  // nullopt when it is not there or may not be read by us.
  std::optional<std::string> read(const std::string& path) const;
  // Names in a folder; none when it is not there or may not be read by us.
  std::vector<std::string> list(const std::string& path) const;
  Host& machine() const { return machine_; }

 private:
  Host& machine_;
  std::string root_;
};

}  // namespace nvprov
