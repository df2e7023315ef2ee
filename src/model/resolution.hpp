#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/catalog.hpp"
#include "model/request.hpp"
#include "model/requirement.hpp"

namespace nvprov {

// Why a candidate or a request cannot be. report/ makes the sentence; here are only the values it needs.
enum class ConflictReason {
  unknown_distro,                // subject: os id and version
  distro_not_supported,          // subject: distribution, limit: why, and what to do instead
  no_package_manager,            // subject: distro
  unsupported_architecture,      // subject: distro, other: architecture
  no_gpu,                        // no GPU found and none named
  unknown_gpu,                   // subject: PCI id
  gpu_newer_than_branch,         // subject: GPU, other: branch, limit: first branch that serves it
  gpu_older_than_branch,         // subject: GPU, other: branch, limit: last branch that serves it
  gpus_exclude_each_other,       // subject: GPU, other: GPU, limit: what they need ("open" / "proprietary", branches)
  gpu_needs_open_module,         // subject: GPU, other: offer
  gpu_needs_proprietary_module,  // subject: GPU, other: offer
  source_has_no_driver,          // subject: source, other: distro
  source_unknown,                // subject: source asked for, other: distro
  driver_not_offered,            // subject: driver asked for, other: source
  driver_not_in_repository,      // subject: driver version, other: source
  suite_not_enabled,             // subject: driver version, limit: suite
  fabric_component_missing,      // subject: what shows the fabric, other: source, limit: component
  installed_driver_unfit,        // subject: installed version, other: why
  no_installed_driver,
  cuda_not_offered,              // subject: CUDA release, other: source, limit: what it offers
  cuda_needs_newer_driver,       // subject: CUDA release, other: driver, limit: driver floor
  cuda_drops_gpu,                // subject: CUDA release, other: GPU, limit: its capability range
  cuda_too_old_for_gpu,          // subject: CUDA release, other: GPU, limit: first release for it
  library_not_offered,           // subject: library, other: source, limit: what it offers
  tool_not_offered,              // the same of a tool
  default_cuda_not_there,        // subject: CUDA release, other: those planned and installed
  default_cuda_no_link,          // subject: CUDA release, other: source
  runfile_driver,                // subject: uninstaller
  package_manager_interrupted,   // subject: first package that is half-installed
  secure_boot_untrusted_module,  // subject: source
  held_package,                  // subject: package, other: held version, limit: wanted version
  removal_needed,                // subject: package
  downgrade_needed,              // subject: package, other: installed, limit: wanted
  driver_in_use,                 // subject: loaded version, other: wanted version
  closure_mixed_versions,        // subject: package, other: its version, limit: the driver's
  packages_unsatisfiable,        // subject: the package manager's words, one line
  package_not_in_repositories,   // subject: package, other: version asked for, limit: the versions there are
  package_needs,                 // subject: package and version, other: what it depends on
  package_need_missing,          // the same, which nothing can serve; limit: the versions there are of it
  packages_exclude_each_other,   // subject: package and version, other: package and version
  repository_in_the_way,         // subject: file and line, other: its address, limit: why
  prerequisite_missing,          // subject: title of the prerequisite, other: source
  headers_missing,               // subject: kernel release, other: headers package
  profile_needs_host,            // subject: profile
  toolkit_lacks_architecture,    // subject: distro, other: architecture
  toolkit_not_in_repository,     // subject: the oldest release that would do, other: the newest there is
  engine_not_offered,            // subject: engine, other: packages that bring it
  engine_needs_restart,          // subject: engine, other: unit
  kernel_breaks_module,          // subject: driver, other: kernel release, limit: first driver release that builds
  kernel_module_missing,         // subject: driver, other: source, limit: kernel release
  module_not_asked_for,          // subject: flavour asked for, other: offer
  support_is_over,               // subject: driver, limit: date
  addition_not_offered,          // subject: what was asked for, other: source
  addition_is_of_driver,         // subject: what was asked for, other: who owns the driver; "" for the host of an image
  addition_needs_open_module,    // subject: what was asked for, other: driver
  // Of what `--with` asks for (subject), the newest release, or the one that asks for least of the driver (limit):
  addition_not_built,           // other: the CUDA release it was not built for
  addition_builds_unknown,      // other: the CUDA release
  addition_packages_unknown,    // other: the CUDA release
  addition_lacks_architecture,  // other: architecture
  addition_lacks_capability,    // other: compute capability
  addition_needs_newer_driver,  // other: driver needed
  compat_not_for_gpu,           // subject: GPU, other: class
  compat_not_over_driver,       // subject: CUDA release, other: driver branch
  package_brings_driver,        // subject: package, other: source, limit: name
  package_lacks_dependency,     // subject: package, other: distribution, limit: what is missing there
};

// One fact that stands in the way.
struct Conflict {
  ConflictReason reason = ConflictReason::no_gpu;
  std::string subject;
  std::string other;
  std::string limit;
  std::vector<Source> sources;

  bool operator==(const Conflict&) const = default;
};

// One thing to do or to ask for otherwise.
struct Change {
  std::string action;  // closed set: "use-source", "drop-gpu", "name-gpu", "choose-cuda", "choose-driver",
                       // "choose-module", "other-kernel", "leave-out", "leave-out-cuda", "with", "run",
                       // "upgrade-distro", "other-branch"
  std::string value;   // its argument: a flag, a GPU, a command

  bool operator==(const Change&) const = default;
};

// Changes that together free a refused request; none of them can be spared. Checked by resolving again.
struct Remedy {
  std::vector<Change> changes;
  std::string effect;  // what then holds: "driver 535.309.01"; "" where nothing was resolved again

  bool operator==(const Remedy&) const = default;
};

// A correct "no": the smallest set of requirements that cannot hold together, what keeps each way out of them shut, and
// the smallest changes that would free it.
struct Unsatisfiable {
  // None where it is not about what goes with what: no GPU, unknown distribution.
  std::vector<Requirement> requirements;
  std::vector<Conflict> conflicts;
  std::vector<Remedy> remedies;

  bool operator==(const Unsatisfiable&) const = default;
};

// What was chosen, which rule of choice decided, and where the fact stands.
struct Reason {
  std::string subject;  // "driver", "module", "cuda", "source"
  std::string rule;     // closed set of rule names: "longest-support", "installed-stays", "open-where-possible", ...
  std::string chosen;
  std::string because;  // value of the deciding fact: "2028-06-30"
  std::vector<Source> sources;

  bool operator==(const Reason&) const = default;
};

// A candidate that was looked at and not taken.
struct RejectedCandidate {
  std::string subject;  // "driver 550.163.01 (distro)"
  Conflict conflict;

  bool operator==(const RejectedCandidate&) const = default;
};

// A candidate that would do as well and comes after the one chosen.
struct Alternative {
  std::string subject;  // "driver 535.309.01 (nvidia)"
  std::string rule;     // what puts it behind: "support-ends-earlier", "support-unknown", "older"
  std::string because;  // value of the deciding fact: "2026-06-30"
  std::string ask;      // what asks for it: "--driver 535"

  bool operator==(const Alternative&) const = default;
};

enum class NoticeKind {
  support_past,           // subject: branch, limit: date
  support_unknown,        // subject: branch
  module_unknown_kernel,  // no kernel known: the module is built when one with headers is installed
  headers_unknown,        // subject: kernel release
  nouveau_until_reboot,
  release_unknown_to_catalog,   // subject: version, other: source
  catalog_old,                  // subject: catalog date
  cuda_release_substituted,     // subject: asked, other: given
  minor_version_compatibility,  // subject: CUDA release, other: driver
  newer_driver_has_no_module,   // open module not offered at the version: subject: version, other: version that has it
  no_nvswitch_known,            // subject: GPU named by flag that may sit on an NVSwitch board
  driver_managed_elsewhere,     // subject: owner, other: evidence
  toolkit_managed_elsewhere,    // subject: owner, other: evidence
  cuda_left_out_driver_unknown,
  cuda_left_out,            // subject: source, other: driver; nothing it offers suits driver and GPUs
  metadata_offline,         // subject: age in words, or ""
  reboot_pending,           // subject: mark
  secure_boot_enrol_key,    // subject: key file
  driver_kept,              // subject: version, other: source
  repository_used,          // subject: file and line, other: its address
  repository_left,          // subject: file and line, other: what it is
  key_retired,              // subject: key, other: where it is, limit: since when
  key_accepted_until,       // subject: key, other: its digest, limit: the day its binding is refused here
  third_party_repository,   // subject: title
  engine_none,              // subject: engine that a repository holds, other: its package
  engine_left,              // subject: engine, other: the one it is a part of, limit: id
  engine_advice,            // subject: engine, other: what its user must know
  engine_unread,            // subject: engine, other: file that is on the host alone
  engine_runtime_kept,      // subject: engine, other: path of the runtime its file names
  engine_file_not_its_own,  // subject: engine, other: its main file, limit: the drop-in
  engine_cri_off,           // subject: engine, other: file
  engine_cdi_later,         // subject: engine
  engine_by_hand,           // subject: engine, other: command
  module_built_from,        // subject: title of the third party dkms comes from
  module_prebuilt,          // subject: kernel release
  nvlink5_fabric,           // subject: the device that shows it
  rack_fabric,              // subject: the racks a board is made for
  hold_not_obeyed,          // subject: package that is missing and not on offer, other: the file of our lines
  forward_compatibility,    // subject: CUDA release, other: driver, limit: package
  compat_not_needed,        // subject: CUDA release, other: driver
  compat_gpu_unlisted,      // subject: GPU NVIDIA publishes no word about
  security_bulletin,        // subject: driver, other: bulletin, limit: first release with the fixes
  distro_support_past,      // subject: distribution, limit: date
  default_cuda_newest,      // subject: CUDA release, other: link
  default_cuda_by_hand,     // subject: target, other: link
  programs_on_path,         // subject: source
  compiler_beside,          // subject: CUDA release, other: compiler that is too new or old, limit: one it takes
  compiler_not_offered,     // subject: CUDA release, other: compiler, limit: what the release takes
  tool_brings,              // subject: tool and CUDA release, other: what comes with it
  tool_brings_driver,       // subject: tool and CUDA release, other: source; left out of an image
  tool_lacks_dependency,    // subject: tool and CUDA release, other: distribution, limit: what is missing there
};

struct Notice {
  NoticeKind kind = NoticeKind::support_unknown;
  std::string subject;
  std::string other;
  std::string limit;

  bool operator==(const Notice&) const = default;
};

struct PackageRequest {
  std::string name;
  std::optional<std::string> version;  // nullopt: whatever the package manager's candidate is

  bool operator==(const PackageRequest&) const = default;
};

struct DriverChoice {
  std::string branch;
  std::string version;
  std::string flavour;          // "open" or "proprietary"
  std::string source;           // source id, or "installed" when its origin is unknown to the catalog
  std::string package_version;  // "" if kept from an unknown source
  std::string package_set;
  std::string module_name;                    // for modinfo
  std::vector<std::string> packages;          // what to ask the package manager for
  std::vector<std::string> add_ons;           // of the package set, asked for by `--with`: "video"
  std::vector<std::string> driver_versioned;  // names that must carry the driver's version
  std::vector<PackageRequest> versions;       // of those, what the repositories hold of this driver release
  std::optional<std::string> module;          // dnf's module and the stream that shows these packages
  std::optional<std::string> stream;
  std::vector<std::string> prerequisites;  // of the source, ids: what must be reachable first
  std::optional<std::string> end_of_support;
  std::optional<std::string> cuda_ceiling;  // newest CUDA it fully supports
  bool kept = false;                        // already installed and good

  bool operator==(const DriverChoice&) const = default;
};

enum class CudaSupport { full, minor_version, forward, none };

// The compiler nvcc of a release is to use beside the distribution's own.
struct CompilerChoice {
  std::string package;  // "g++-9"
  std::string command;  // for `nvcc -ccbin`; "" where nvcc takes it by itself

  bool operator==(const CompilerChoice&) const = default;
};

struct CudaChoice {
  std::string requested;  // as typed
  std::string release;
  std::string update;
  std::string source;
  CudaSupport support = CudaSupport::full;
  std::optional<std::string> driver_floor;  // the driver a host needs for full support
  std::vector<std::string> packages;
  std::optional<std::string> compat_package;    // of `packages`: the newer user-mode driver it runs with
  std::optional<CompilerChoice> compiler = {};  // one that its own packages do not bring

  bool operator==(const CudaChoice&) const = default;
};

// A library with releases of its own that `--with` asked for, for one CUDA major.
struct AdditionChoice {
  std::string requested;  // as typed: "cudnn=9"
  std::string library;    // id: "cudnn"
  std::string version;    // "9.10.2"
  std::string cuda;       // the release it is for: "12.4"
  std::vector<PackageRequest> packages;

  bool operator==(const AdditionChoice&) const = default;
};

// The release of NVIDIA Container Toolkit, and the packages of it that are needed.
struct ContainerToolkitChoice {
  std::string version;                   // "1.20.0"
  std::vector<PackageRequest> packages;  // all at that version
  bool kept = false;                     // installed already, whole and not below the security floor

  bool operator==(const ContainerToolkitChoice&) const = default;
};

// Whether containers of an engine are given GPUs by CDI.
enum class CdiSupport {
  by_default,   // its version does, without a word in its files
  switched_on,  // its version can, and is told to
  too_old,
  unknown,  // its version is not known, or has no say in it
};

// A container engine that is set up for GPUs.
struct EngineChoice {
  std::string id;                      // of the catalog's installation: "docker"
  std::string title;                   // "Docker"
  std::optional<std::string> version;  // of its package: "28.2.2"
  std::optional<std::string> package;  // that brings it, where it is not there
  CdiSupport cdi = CdiSupport::unknown;

  bool operator==(const EngineChoice&) const = default;
};

// What works now, or was asked for before, and will not any more.
enum class LossKind {
  cuda_floor,       // subject: installed CUDA release, other: driver, limit: the driver it needs
  compile_target,   // subject: compute capability, other: the new CUDA release, limit: the last that compiles for it
  compat_harmful,   // subject: installed package, other: driver
  gpu_left_behind,  // subject: GPU that `--gpu` passes over, other: driver, limit: the nearest branch that drives it
};

struct Loss {
  LossKind kind = LossKind::cuda_floor;
  std::string subject;
  std::string other;
  std::string limit;

  bool operator==(const Loss&) const = default;
};

// A component the profile could have and does not, with how to ask for it.
struct LeftOut {
  std::string component;
  std::vector<std::string> packages;
  std::string ask;                              // "--libraries cublas"
  std::optional<std::uint64_t> download_bytes;  // nullopt: unknown

  bool operator==(const LeftOut&) const = default;
};

// Which of several CUDA releases the link leads to that they share.
struct DefaultCudaChoice {
  std::string release;      // "12.4"
  std::string alternative;  // "cuda"
  std::string link;         // "/usr/local/cuda"
  std::string target;       // "/usr/local/cuda-12.4"

  bool operator==(const DefaultCudaChoice&) const = default;
};

struct Resolution {
  std::string distro;  // id
  std::vector<std::string> profiles;
  Target target = Target::host;
  std::string source;  // of the packages to add
  std::optional<DriverChoice> driver;
  std::vector<CudaChoice> cuda;                   // one for each request for CUDA, in their order
  std::optional<DefaultCudaChoice> default_cuda;  // absent: as update-alternatives has it
  std::vector<AdditionChoice> additions;          // what `--with` asked for
  std::optional<ContainerToolkitChoice> container_toolkit;
  std::vector<EngineChoice> engines;
  std::vector<PackageRequest> headers;  // of the kernels the module is built for
  std::vector<std::string> kernels;     // releases the module must load on, the boot kernel first
  std::vector<LeftOut> left_out;
  std::vector<Reason> reasons;
  std::vector<RejectedCandidate> rejected;  // what looks better than the choice
  std::vector<Alternative> alternatives;    // what looks worse, one of each driver branch
  std::vector<Notice> notices;
  std::vector<Loss> losses;
  std::vector<Conflict> blockers;  // in the way of applying, though an answer exists

  bool operator==(const Resolution&) const = default;
};

// Of several CUDA releases the newest; nullptr where there is none.
const CudaChoice* newest_cuda(const Resolution& resolution);

}  // namespace nvprov
