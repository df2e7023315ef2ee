#pragma once

#include <optional>
#include <string>

#include "apply/apply.hpp"
#include "apply/network_file.hpp"
#include "apply/scratch.hpp"
#include "apply/service_policy.hpp"

namespace nvprov {

// What a run of apply keeps on the host while it lasts, gone with this value. Each is made only once something will be
// done: an apply that finds nothing to do writes nothing.
class RunFiles {
 public:
  RunFiles(Host& target, const HostView& machine, const NetworkSettings& network);

  // Lines for apt's settings of this run, by which it reads a bundle.
  void use_bundle(std::vector<std::string> apt_lines) { bundle_lines_ = std::move(apt_lines); }
  // The image's folder for indexes, archives and logs; `how` says so to what is run.
  Status open_scratch(ApplyOptions& how);
  // What every transaction needs: the network settings of this run (and where there is a scratch folder, apt's way to
  // it), and on a disk that does not run, that no service is started.
  Status open_transaction(ApplyOptions& how);
  // In an image: folders and logs of nvprov's own that were not there before go too.
  void leave_no_trace(ApplyReport& report);

 private:
  Status write_network_settings(ApplyOptions& how);
  Status keep_services_off();

  Host& target_;
  const HostView& machine_;
  const NetworkSettings& network_;
  std::string tag_;
  std::vector<std::string> traces_;
  std::vector<std::string> bundle_lines_;
  std::optional<Scratch> scratch_;
  std::optional<NetworkFile> network_file_;
  std::optional<ServicePolicy> service_policy_;
};

}  // namespace nvprov
