#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/change.hpp"

// CRI-O's drop-in. Nothing here touches a machine. CDI needs no setting in CRI-O, and podman needs none at all.
namespace nvprov {

// Where CRI-O reads it. nvidia-ctk before 1.19.1 wrote to /etc/crio/conf.d, which CRI-O does not look at.
inline constexpr std::string_view crio_drop_in_path = "/etc/crio/crio.conf.d/99-nvidia.toml";

struct CrioFiles {
  std::vector<std::string> others;     // crio.conf and the other files of crio.conf.d, in the order CRI-O reads them
  std::optional<std::string> drop_in;  // 99-nvidia.toml, whoever wrote it

  bool operator==(const CrioFiles&) const = default;
};

struct CrioRequest {
  bool make_default = false;  // `default_runtime`
  std::string runtime_path = "/usr/bin/nvidia-container-runtime";

  bool operator==(const CrioRequest&) const = default;
};

struct CrioMerge {
  FileEdit drop_in;
  RuntimeState runtime = RuntimeState::added;
  std::string found_path;  // of the runtime that was there, in whichever file; empty where it is added

  bool operator==(const CrioMerge&) const = default;
};

// The drop-in with the runtime "nvidia", its options those of the default runtime. The other files are read only. An
// Error names the line; in its context is `in file N of the others`, or `in the drop-in`.
Result<CrioMerge> merge_crio(const CrioFiles& files, const CrioRequest& request);

// The drop-in without what merge_crio recorded.
Result<Removal> remove_crio(const std::optional<std::string>& text, const EditRecord& record);

}  // namespace nvprov
