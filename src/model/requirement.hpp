#pragma once

#include <string>

namespace nvprov {

// What an answer has to hold to: what was asked for, and what the machine is.
enum class RequirementKind {
  cuda,          // subject: what was asked for, ">=12.4 <13"
  driver,        // subject: what was asked for, "580"
  module,        // subject: "open" or "proprietary"
  source,        // subject: id
  library,       // subject: CUDA library asked for, "cublas"
  tool,          // subject: what `--tools` asks for, "nsight-compute"
  addition,      // subject: what `--with` asks for, "cudnn=9"
  strict,        // nothing whose support is over
  gpu,           // subject: GPU
  fabric,        // subject: what shows the switches
  kernel,        // subject: release
  repositories,  // what the package sources of this machine hold
  machine,       // subject: architecture
  purpose,       // an image is there for the libraries in it
};

struct Requirement {
  RequirementKind kind = RequirementKind::gpu;
  std::string subject;

  bool operator==(const Requirement&) const = default;
};

}  // namespace nvprov
