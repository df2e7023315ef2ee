#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.hpp"

namespace nvprov {

// The compatibility package of one CUDA release: the user-mode driver of a newer branch, to be loaded over the kernel
// driver of an older one. A branch in none of its lists is unknown.
struct CompatRelease {
  std::string cuda;                             // "12.9"
  std::string libraries_branch;                 // the branch its libraries are built from: "575"
  std::vector<std::string> works_over;          // installed driver branches
  std::vector<std::string> not_needed_on;       // they run the release themselves
  std::vector<std::string> does_not_work_over;  // newer than its libraries, mostly
  std::vector<Source> sources;

  bool operator==(const CompatRelease&) const = default;
};

// Which products may load the libraries.
struct CompatGpuClass {
  std::string id;                       // "data-center"
  std::string title;                    // "NVIDIA Data Center GPUs"
  std::string eligible;                 // "all", "some" (NVIDIA publishes no list), "none", "unknown"
  std::vector<std::string> name_words;  // of product names: "Tesla", "Quadro RTX"
  std::vector<Source> sources;

  bool operator==(const CompatGpuClass&) const = default;
};

// From which installed branch on the packages of a CUDA major keep what `features` promises.
struct CompatBase {
  std::string cuda_major;    // "13"
  std::string first_branch;  // "580"
  std::vector<Source> sources;

  bool operator==(const CompatBase&) const = default;
};

// A driver feature under forward compatibility.
struct CompatFeature {
  std::string feature;  // "opengl-vulkan-interop"
  bool works = false;
  std::optional<std::string> condition;  // where it only works with something
  std::vector<Source> sources;

  bool operator==(const CompatFeature&) const = default;
};

// What a program gets where forward compatibility fails.
struct CompatError {
  std::string name;  // "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"
  std::int64_t code = 0;
  std::string meaning;
  std::vector<Source> sources;

  bool operator==(const CompatError&) const = default;
};

struct ForwardCompatibility {
  std::string package;    // template: "cuda-compat-{cuda_dash}"; "" where nothing is known of forward compatibility
  std::string directory;  // template of the folder its libraries are in; nothing tells the loader of it
  std::vector<CompatRelease> releases;  // oldest first
  std::vector<CompatGpuClass> gpu_classes;
  std::vector<CompatBase> bases;
  std::vector<CompatFeature> features;
  std::vector<CompatError> errors;
  std::vector<Source> sources;

  bool operator==(const ForwardCompatibility&) const = default;
};

const CompatRelease* find_compat_release(const ForwardCompatibility& forward, std::string_view cuda);
// The class a product belongs to by its name, or nullptr: of the classes' words those that come first in the name
// decide, and of these the most.
const CompatGpuClass* compat_class_of(const ForwardCompatibility& forward, std::string_view gpu_name);

}  // namespace nvprov
