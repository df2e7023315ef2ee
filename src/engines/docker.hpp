#pragma once

#include <optional>
#include <string>

#include "engines/change.hpp"

// Docker's daemon.json. Nothing here touches a machine: the caller reads the file and writes the answer.
namespace nvprov {

struct DockerRequest {
  bool make_default = false;  // `default-runtime`: every container gets the runtime
  bool enable_cdi = false;    // `features.cdi`: for Docker 25 and later; older ones do not start with it
  std::string runtime_path = "nvidia-container-runtime";  // as nvidia-ctk has it: looked up in dockerd's PATH

  bool operator==(const DockerRequest&) const = default;
};

struct DockerMerge {
  FileEdit file;
  RuntimeState runtime = RuntimeState::added;
  std::string found_path;  // of the runtime that was there; empty where it is added

  bool operator==(const DockerMerge&) const = default;
};

// The file with the runtime "nvidia" and what else is asked; every other byte stays, and all of them where nothing is
// missing. No text means no file. An Error names the line: the file is not valid, a place is of the wrong type, or
// (kind `refused`) a runtime named "nvidia" is there that is not NVIDIA's.
Result<DockerMerge> merge_docker(const std::optional<std::string>& text, const DockerRequest& request);

// The file without what merge_docker recorded. The bytes from before come back where nobody edited between.
Result<Removal> remove_docker(const std::optional<std::string>& text, const EditRecord& record);

}  // namespace nvprov
