#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/version.hpp"
#include "engines/change.hpp"

// containerd's configuration. Nothing here touches a machine: the caller reads the files and writes the answers, the
// drop-in first. docs/decisions/0020 says which containerd takes a drop-in.
//
// k3s, k0s and RKE2 run a containerd of their own: the caller names their paths.
// k3s's config.toml.tmpl is a Go template, which is no TOML: it is refused as such ("{{").
namespace nvprov {

struct ContainerdFiles {
  std::optional<std::string> main;     // config.toml; none: there is no such file
  std::optional<std::string> drop_in;  // conf.d/99-nvidia.toml, whoever wrote it

  bool operator==(const ContainerdFiles&) const = default;
};

struct ContainerdRequest {
  std::optional<Version> version;  // of containerd ("1.7.24"); unknown: what works with every one
  bool make_default = false;       // `default_runtime_name`
  bool enable_cdi = false;         // for containerd 1.7 and later
  std::string runtime_path = "/usr/bin/nvidia-container-runtime";
  std::string main_path = "/etc/containerd/config.toml";
  std::string drop_in_path = "/etc/containerd/conf.d/99-nvidia.toml";  // as nvidia-ctk has it from 1.18.1 on

  bool operator==(const ContainerdRequest&) const = default;
};

struct ContainerdMerge {
  FileEdit main;
  FileEdit drop_in;
  RuntimeState runtime = RuntimeState::added;
  std::string found_path;        // BinaryName of the runtime that was there; empty where it is added
  bool cri_is_disabled = false;  // "cri" is among disabled_plugins, as Docker's package has it: nothing here counts
  // What the main file imports of itself, patterns as they stand there. Before containerd 2.1 a file among them that
  // has a section of the CRI plugin takes the place of the main file's: ask containerd, and shows_nvidia_runtime.
  std::vector<std::string> imports;

  bool operator==(const ContainerdMerge&) const = default;
};

// The files with the runtime "nvidia", its options those of the default runtime, and what else is asked. Every other
// byte stays, and all of them where nothing is missing. An Error names the line: a file is not valid, a place is of the
// wrong type, containerd does not read such a file, or (kind `refused`) a runtime named "nvidia" is there that is not
// NVIDIA's; `in the drop-in` is in its context where it is not the main file.
Result<ContainerdMerge> merge_containerd(const ContainerdFiles& files, const ContainerdRequest& request);

// A file, main or drop-in, without what merge_containerd recorded for it. The bytes from before come back where nobody
// edited between.
Result<Removal> remove_containerd(const std::optional<std::string>& text, const EditRecord& record);

// Whether containerd itself, asked by `containerd -c FILE config dump`, has NVIDIA's runtime under the name "nvidia".
// Its exit status proves nothing.
Result<bool> shows_nvidia_runtime(std::string_view dump);

}  // namespace nvprov
