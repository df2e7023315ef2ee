#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/finding.hpp"

namespace nvprov {

// How far it is checked that the stack works; each level holds those before it.
enum class VerifyLevel { files, driver, cuda, container };

// What is checked, in this order.
enum class VerifySubject {
  packages,    // files: whole, of one version, their libraries owned by packages
  contents,    // files: as their packages brought them
  module,      // driver: loaded, and equal to the libraries
  management,  // driver: nvidia-smi answers and sees every GPU
  fabric,      // driver: GPUs behind NVSwitches have joined it
  cuda,        // cuda: the driver starts as a CUDA program starts it
  container,   // container: an engine's container gets GPUs and driver; one result for each way
};

enum class NotCheckedReason {
  disk_only,          // a disk whose system does not run
  driver_of_host,     // an image or a container: the driver comes from its host
  no_gpu,             // none is there
  not_installed,      // detail: what is not
  managed_elsewhere,  // detail: who owns the driver
  reboot_pending,     // detail: what waits for it
  failed_before,      // detail: the level that has a finding
  not_asked,          // detail: why an engine's containers are not tried
  no_answer,          // detail: what was said in place of an answer
};

struct NotChecked {
  NotCheckedReason reason = NotCheckedReason::no_answer;
  std::string detail;

  bool operator==(const NotChecked&) const = default;
};

// Checked and sound: neither `findings` nor `not_checked`.
struct VerifyResult {
  VerifySubject subject = VerifySubject::packages;
  std::string name;  // of the engine and its way, "Docker, --gpus all"; "" elsewhere
  std::string seen;  // what was found to be so, one line
  std::optional<NotChecked> not_checked;
  std::vector<Finding> findings;

  bool operator==(const VerifyResult&) const = default;
};

using Verification = std::vector<VerifyResult>;

VerifyLevel level_of(VerifySubject subject);
// Whether something could not be checked until the machine has been restarted.
bool is_reboot_pending(const Verification& results);
bool has_findings(const Verification& results);

}  // namespace nvprov
