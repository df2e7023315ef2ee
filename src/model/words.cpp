#include "model/words.hpp"

namespace nvprov {

// Each table is a switch without `default`, so that the compiler finds an enumerator without a word.

std::string_view to_word(ModuleSupport value) {
  switch (value) {
    case ModuleSupport::proprietary_only: return "proprietary_only";
    case ModuleSupport::either: return "either";
    case ModuleSupport::open_only: return "open_only";
  }
  return {};
}

std::string_view to_word(PlaceKind value) {
  switch (value) {
    case PlaceKind::host: return "host";
    case PlaceKind::chroot: return "chroot";
    case PlaceKind::container: return "container";
    case PlaceKind::machine_container: return "machine-container";
    case PlaceKind::image_build: return "image-build";
    case PlaceKind::unclear: return "unclear";
  }
  return {};
}

std::string_view to_word(Target value) {
  switch (value) {
    case Target::host: return "host";
    case Target::image: return "image";
  }
  return {};
}

std::string_view to_word(Hold value) {
  switch (value) {
    case Hold::version: return "version";
    case Hold::branch: return "branch";
    case Hold::none: return "none";
  }
  return {};
}

std::string_view to_word(ConflictReason value) {
  switch (value) {
    case ConflictReason::unknown_distro: return "unknown-distro";
    case ConflictReason::distro_not_supported: return "distro-not-supported";
    case ConflictReason::no_package_manager: return "no-package-manager";
    case ConflictReason::unsupported_architecture: return "unsupported-architecture";
    case ConflictReason::no_gpu: return "no-gpu";
    case ConflictReason::unknown_gpu: return "unknown-gpu";
    case ConflictReason::gpu_newer_than_branch: return "gpu-newer-than-branch";
    case ConflictReason::gpu_older_than_branch: return "gpu-older-than-branch";
    case ConflictReason::gpus_exclude_each_other: return "gpus-exclude-each-other";
    case ConflictReason::gpu_needs_open_module: return "gpu-needs-open-module";
    case ConflictReason::gpu_needs_proprietary_module: return "gpu-needs-proprietary-module";
    case ConflictReason::source_has_no_driver: return "source-has-no-driver";
    case ConflictReason::source_unknown: return "source-unknown";
    case ConflictReason::driver_not_offered: return "driver-not-offered";
    case ConflictReason::driver_not_in_repository: return "driver-not-in-repository";
    case ConflictReason::suite_not_enabled: return "suite-not-enabled";
    case ConflictReason::fabric_component_missing: return "fabric-component-missing";
    case ConflictReason::installed_driver_unfit: return "installed-driver-unfit";
    case ConflictReason::no_installed_driver: return "no-installed-driver";
    case ConflictReason::cuda_not_offered: return "cuda-not-offered";
    case ConflictReason::cuda_needs_newer_driver: return "cuda-needs-newer-driver";
    case ConflictReason::cuda_drops_gpu: return "cuda-drops-gpu";
    case ConflictReason::cuda_too_old_for_gpu: return "cuda-too-old-for-gpu";
    case ConflictReason::library_not_offered: return "library-not-offered";
    case ConflictReason::tool_not_offered: return "tool-not-offered";
    case ConflictReason::default_cuda_not_there: return "default-cuda-not-there";
    case ConflictReason::default_cuda_no_link: return "default-cuda-no-link";
    case ConflictReason::runfile_driver: return "runfile-driver";
    case ConflictReason::package_manager_interrupted: return "package-manager-interrupted";
    case ConflictReason::secure_boot_untrusted_module: return "secure-boot-untrusted-module";
    case ConflictReason::held_package: return "held-package";
    case ConflictReason::removal_needed: return "removal-needed";
    case ConflictReason::downgrade_needed: return "downgrade-needed";
    case ConflictReason::driver_in_use: return "driver-in-use";
    case ConflictReason::closure_mixed_versions: return "closure-mixed-versions";
    case ConflictReason::packages_unsatisfiable: return "packages-unsatisfiable";
    case ConflictReason::package_not_in_repositories: return "package-not-in-repositories";
    case ConflictReason::package_needs: return "package-needs";
    case ConflictReason::package_need_missing: return "package-need-missing";
    case ConflictReason::packages_exclude_each_other: return "packages-exclude-each-other";
    case ConflictReason::repository_in_the_way: return "repository-in-the-way";
    case ConflictReason::prerequisite_missing: return "prerequisite-missing";
    case ConflictReason::headers_missing: return "headers-missing";
    case ConflictReason::profile_needs_host: return "profile-needs-host";
    case ConflictReason::toolkit_lacks_architecture: return "toolkit-lacks-architecture";
    case ConflictReason::toolkit_not_in_repository: return "toolkit-not-in-repository";
    case ConflictReason::engine_not_offered: return "engine-not-offered";
    case ConflictReason::engine_needs_restart: return "engine-needs-restart";
    case ConflictReason::kernel_breaks_module: return "kernel-breaks-module";
    case ConflictReason::kernel_module_missing: return "kernel-module-missing";
    case ConflictReason::module_not_asked_for: return "module-not-asked-for";
    case ConflictReason::support_is_over: return "support-is-over";
    case ConflictReason::addition_not_offered: return "addition-not-offered";
    case ConflictReason::addition_needs_open_module: return "addition-needs-open-module";
    case ConflictReason::addition_is_of_driver: return "addition-is-of-driver";
    case ConflictReason::addition_not_built: return "addition-not-built";
    case ConflictReason::addition_builds_unknown: return "addition-builds-unknown";
    case ConflictReason::addition_packages_unknown: return "addition-packages-unknown";
    case ConflictReason::addition_lacks_architecture: return "addition-lacks-architecture";
    case ConflictReason::addition_lacks_capability: return "addition-lacks-capability";
    case ConflictReason::addition_needs_newer_driver: return "addition-needs-newer-driver";
    case ConflictReason::compat_not_for_gpu: return "compat-not-for-gpu";
    case ConflictReason::compat_not_over_driver: return "compat-not-over-driver";
    case ConflictReason::package_brings_driver: return "package-brings-driver";
    case ConflictReason::package_lacks_dependency: return "package-lacks-dependency";
  }
  return {};
}

std::string_view to_word(RequirementKind value) {
  switch (value) {
    case RequirementKind::cuda: return "cuda";
    case RequirementKind::driver: return "driver";
    case RequirementKind::module: return "module";
    case RequirementKind::source: return "source";
    case RequirementKind::library: return "library";
    case RequirementKind::tool: return "tool";
    case RequirementKind::addition: return "addition";
    case RequirementKind::strict: return "strict";
    case RequirementKind::gpu: return "gpu";
    case RequirementKind::fabric: return "fabric";
    case RequirementKind::kernel: return "kernel";
    case RequirementKind::repositories: return "repositories";
    case RequirementKind::machine: return "machine";
    case RequirementKind::purpose: return "purpose";
  }
  return {};
}

std::string_view to_word(LossKind value) {
  switch (value) {
    case LossKind::cuda_floor: return "cuda-floor";
    case LossKind::compile_target: return "compile-target";
    case LossKind::compat_harmful: return "compat-harmful";
    case LossKind::gpu_left_behind: return "gpu-left-behind";
  }
  return {};
}

std::string_view to_word(NoticeKind value) {
  switch (value) {
    case NoticeKind::support_past: return "support-past";
    case NoticeKind::support_unknown: return "support-unknown";
    case NoticeKind::module_unknown_kernel: return "module-unknown-kernel";
    case NoticeKind::headers_unknown: return "headers-unknown";
    case NoticeKind::nouveau_until_reboot: return "nouveau-until-reboot";
    case NoticeKind::release_unknown_to_catalog: return "release-unknown-to-catalog";
    case NoticeKind::catalog_old: return "catalog-old";
    case NoticeKind::cuda_release_substituted: return "cuda-release-substituted";
    case NoticeKind::minor_version_compatibility: return "minor-version-compatibility";
    case NoticeKind::newer_driver_has_no_module: return "newer-driver-has-no-module";
    case NoticeKind::no_nvswitch_known: return "no-nvswitch-known";
    case NoticeKind::driver_managed_elsewhere: return "driver-managed-elsewhere";
    case NoticeKind::toolkit_managed_elsewhere: return "toolkit-managed-elsewhere";
    case NoticeKind::cuda_left_out_driver_unknown: return "cuda-left-out-driver-unknown";
    case NoticeKind::cuda_left_out: return "cuda-left-out";
    case NoticeKind::metadata_offline: return "metadata-offline";
    case NoticeKind::reboot_pending: return "reboot-pending";
    case NoticeKind::secure_boot_enrol_key: return "secure-boot-enrol-key";
    case NoticeKind::driver_kept: return "driver-kept";
    case NoticeKind::repository_used: return "repository-used";
    case NoticeKind::repository_left: return "repository-left";
    case NoticeKind::key_retired: return "key-retired";
    case NoticeKind::key_accepted_until: return "key-accepted-until";
    case NoticeKind::third_party_repository: return "third-party-repository";
    case NoticeKind::engine_none: return "engine-none";
    case NoticeKind::engine_left: return "engine-left";
    case NoticeKind::engine_advice: return "engine-advice";
    case NoticeKind::engine_unread: return "engine-unread";
    case NoticeKind::engine_runtime_kept: return "engine-runtime-kept";
    case NoticeKind::engine_file_not_its_own: return "engine-file-not-its-own";
    case NoticeKind::engine_cri_off: return "engine-cri-off";
    case NoticeKind::engine_cdi_later: return "engine-cdi-later";
    case NoticeKind::engine_by_hand: return "engine-by-hand";
    case NoticeKind::module_built_from: return "module-built-from";
    case NoticeKind::module_prebuilt: return "module-prebuilt";
    case NoticeKind::nvlink5_fabric: return "nvlink5-fabric";
    case NoticeKind::rack_fabric: return "rack-fabric";
    case NoticeKind::hold_not_obeyed: return "hold-not-obeyed";
    case NoticeKind::forward_compatibility: return "forward-compatibility";
    case NoticeKind::compat_not_needed: return "compat-not-needed";
    case NoticeKind::compat_gpu_unlisted: return "compat-gpu-unlisted";
    case NoticeKind::security_bulletin: return "security-bulletin";
    case NoticeKind::distro_support_past: return "distro-support-past";
    case NoticeKind::default_cuda_newest: return "default-cuda-newest";
    case NoticeKind::default_cuda_by_hand: return "default-cuda-by-hand";
    case NoticeKind::programs_on_path: return "programs-on-path";
    case NoticeKind::compiler_beside: return "compiler-beside";
    case NoticeKind::compiler_not_offered: return "compiler-not-offered";
    case NoticeKind::tool_brings: return "tool-brings";
    case NoticeKind::tool_brings_driver: return "tool-brings-driver";
    case NoticeKind::tool_lacks_dependency: return "tool-lacks-dependency";
  }
  return {};
}

std::string_view to_word(CdiSupport value) {
  switch (value) {
    case CdiSupport::by_default: return "by-default";
    case CdiSupport::switched_on: return "switched-on";
    case CdiSupport::too_old: return "too-old";
    case CdiSupport::unknown: return "unknown";
  }
  return {};
}

std::string_view to_word(ServiceAction value) {
  switch (value) {
    case ServiceAction::reload: return "reload";
    case ServiceAction::restart: return "restart";
    case ServiceAction::enable: return "enable";
    case ServiceAction::enable_now: return "enable-now";
  }
  return {};
}

std::string_view to_word(CudaSupport value) {
  switch (value) {
    case CudaSupport::full: return "full";
    case CudaSupport::minor_version: return "minor-version";
    case CudaSupport::forward: return "forward";
    case CudaSupport::none: return "none";
  }
  return {};
}

std::string_view to_word(PackageAction value) {
  switch (value) {
    case PackageAction::install: return "install";
    case PackageAction::upgrade: return "upgrade";
    case PackageAction::downgrade: return "downgrade";
    case PackageAction::remove: return "remove";
    case PackageAction::keep: return "keep";
  }
  return {};
}

std::string_view to_word(Usable value) {
  switch (value) {
    case Usable::now: return "now";
    case Usable::after_reboot: return "after-reboot";
    case Usable::after_kernel: return "after-kernel";
    case Usable::unknown: return "unknown";
    case Usable::nothing_to_use: return "nothing-to-use";
  }
  return {};
}

std::string_view to_word(StepState value) {
  switch (value) {
    case StepState::pending: return "pending";
    case StepState::started: return "started";
    case StepState::done: return "done";
    case StepState::failed: return "failed";
    case StepState::undone: return "undone";
  }
  return {};
}

std::string_view to_word(JournalState value) {
  switch (value) {
    case JournalState::open: return "open";
    case JournalState::done: return "done";
    case JournalState::failed: return "failed";
    case JournalState::undone: return "undone";
    case JournalState::superseded: return "superseded";
  }
  return {};
}

std::string_view to_word(LockedFileKind value) {
  switch (value) {
    case LockedFileKind::key: return "key";
    case LockedFileKind::repository: return "repository";
    case LockedFileKind::hold: return "hold";
    case LockedFileKind::hold_lines: return "hold-lines";
    case LockedFileKind::engine_keys: return "engine-keys";
    case LockedFileKind::file: return "file";
  }
  return {};
}

std::string_view to_word(BundleRole value) {
  switch (value) {
    case BundleRole::plan: return "plan";
    case BundleRole::lock: return "lock";
    case BundleRole::program: return "program";
    case BundleRole::key: return "key";
    case BundleRole::certificate: return "certificate";
    case BundleRole::metadata: return "metadata";
    case BundleRole::package: return "package";
    case BundleRole::index: return "index";
  }
  return {};
}

std::string_view to_word(Severity value) {
  switch (value) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
  }
  return {};
}

std::string_view to_word(VerifyLevel value) {
  switch (value) {
    case VerifyLevel::files: return "files";
    case VerifyLevel::driver: return "driver";
    case VerifyLevel::cuda: return "cuda";
    case VerifyLevel::container: return "container";
  }
  return {};
}

std::string_view to_word(VerifySubject value) {
  switch (value) {
    case VerifySubject::packages: return "packages";
    case VerifySubject::contents: return "contents";
    case VerifySubject::module: return "module";
    case VerifySubject::management: return "management";
    case VerifySubject::fabric: return "fabric";
    case VerifySubject::cuda: return "cuda";
    case VerifySubject::container: return "container";
  }
  return {};
}

std::string_view to_word(NotCheckedReason value) {
  switch (value) {
    case NotCheckedReason::disk_only: return "disk-only";
    case NotCheckedReason::driver_of_host: return "driver-of-host";
    case NotCheckedReason::no_gpu: return "no-gpu";
    case NotCheckedReason::not_installed: return "not-installed";
    case NotCheckedReason::managed_elsewhere: return "managed-elsewhere";
    case NotCheckedReason::reboot_pending: return "reboot-pending";
    case NotCheckedReason::failed_before: return "failed-before";
    case NotCheckedReason::not_asked: return "not-asked";
    case NotCheckedReason::no_answer: return "no-answer";
  }
  return {};
}

}  // namespace nvprov
