#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "model/network.hpp"

namespace nvprov {

// An apt.conf on the target with the network settings of one run, gone with this value. A file and no arguments: a
// proxy's password is nobody else's to see. apt reads what `-c` names last, so that it counts.
class NetworkFile {
 public:
  // Nothing is written, and path() stays "", where there is nothing to set. `tag` keeps two runs apart. The
  // certificates are read on the machine nvprov runs on and copied to the target. `more`: further lines for this run.
  static Result<NetworkFile> write(Host& target, const HostView& machine, const NetworkSettings& network,
                                   const std::string& tag, const std::vector<std::string>& more = {});
  NetworkFile(NetworkFile&& other) noexcept;
  NetworkFile& operator=(NetworkFile&&) = delete;
  ~NetworkFile();

  const std::string& path() const { return path_; }

 private:
  explicit NetworkFile(Host& target) : target_(&target) {}

  Host* target_;
  std::string path_;
  std::vector<std::string> files_;
};

}  // namespace nvprov
