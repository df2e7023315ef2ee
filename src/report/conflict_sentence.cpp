#include "report/fill.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string_view words_of(ConflictReason reason) {
  switch (reason) {
    case ConflictReason::unknown_distro:
      return "{subject} is not a distribution whose packages nvprov knows; name one it knows with `--distro`, or "
             "describe this one in a file for `--data`";
    case ConflictReason::distro_not_supported: return "nvprov installs nothing on {subject}[: {limit}]";
    case ConflictReason::no_package_manager: return "no package manager that nvprov can use was found on {subject}";
    case ConflictReason::unsupported_architecture:
      return "there are no NVIDIA packages in {subject} for [{other} machines|this machine, whose architecture is "
             "unknown]";
    case ConflictReason::no_gpu:
      return "no NVIDIA GPU was found here, and none was named; name the one to plan for with `--gpu NAME`";
    case ConflictReason::unknown_gpu:
      return "{subject} is an NVIDIA GPU this catalog does not know, so no driver can be chosen for it; a newer nvprov "
             "may know it";
    case ConflictReason::gpu_newer_than_branch:
      return "{subject} needs [driver branch {limit} or newer|a newer driver branch]; older branches ({other}) do not "
             "know it";
    case ConflictReason::gpu_older_than_branch:
      return "{subject} is too old for driver branch {other}[; branch {limit} is the last that drives it]";
    case ConflictReason::gpus_exclude_each_other:
      return "{subject} and {other} cannot run on one host: no driver serves both[; what each needs: {limit}]";
    case ConflictReason::gpu_needs_open_module:
      return "{subject} runs only with NVIDIA's open kernel module[, which {other} does not have]";
    case ConflictReason::gpu_needs_proprietary_module:
      return "{subject} runs only with NVIDIA's proprietary kernel module[, which {other} does not have]";
    case ConflictReason::source_has_no_driver: return "{subject} has no NVIDIA driver for {other}";
    case ConflictReason::source_unknown: return "{other} has no package source called {subject}";
    case ConflictReason::driver_not_offered: return "{other} does not offer driver {subject}[; it offers {limit}]";
    case ConflictReason::driver_not_in_repository:
      return "driver {subject} should be in {other}, but the package indexes fetched from there do not list it; the "
             "mirror may be incomplete, or the catalog old";
    case ConflictReason::suite_not_enabled:
      return "driver {subject} is in the suite {limit}, which is not enabled on this host; enable it in the package "
             "sources";
    case ConflictReason::fabric_component_missing:
      return "{subject}: the fabric needs the component {limit} beside the driver, and {other} does not offer it";
    case ConflictReason::installed_driver_unfit: return "the installed driver {subject} cannot stay[: {other}]";
    case ConflictReason::no_installed_driver:
      return "no driver is installed here, so there is none to keep; choose one with `--driver auto`";
    case ConflictReason::cuda_not_offered: return "{other} does not offer CUDA {subject}[; it offers {limit}]";
    case ConflictReason::cuda_needs_newer_driver:
      return "CUDA {subject} needs [driver {limit} or newer|a newer driver]; driver {other} is too old for it";
    case ConflictReason::cuda_drops_gpu:
      return "CUDA {subject} no longer runs on {other}[: it needs compute capability {limit}]";
    case ConflictReason::cuda_too_old_for_gpu:
      return "CUDA {subject} is older than {other} and cannot run on it[; {limit} is the first release that can]";
    case ConflictReason::library_not_offered:
      return "{other} does not offer the library {subject}[; it offers {limit}]";
    case ConflictReason::tool_not_offered: return "{other} does not offer the tool {subject}[; it offers {limit}]";
    case ConflictReason::default_cuda_not_there:
      return "CUDA {subject}, which is to be the default, is neither planned nor installed[; there are {other}]";
    case ConflictReason::default_cuda_no_link:
      return "{other} has no link that several CUDA releases share, and so none to set to {subject}";
    case ConflictReason::runfile_driver:
      return "a driver from NVIDIA's .run installer is on this host, and packages would clash with its files; remove "
             "it first with `{subject}`";
    case ConflictReason::package_manager_interrupted:
      return "an earlier package installation was interrupted and left {subject} half installed; finish it first with "
             "`dpkg --configure -a`";
    case ConflictReason::secure_boot_untrusted_module:
      return "Secure Boot is on, and this machine does not trust the key that will sign the kernel module of "
             "{subject}; the key must be enrolled at the machine's console during the next boot";
    case ConflictReason::held_package:
      return "{subject} is held at {other} by this host's administrator[, and this plan needs {limit}]";
    case ConflictReason::removal_needed: return "{subject} would be removed";
    case ConflictReason::downgrade_needed: return "{subject} would go back from {other} to {limit}";
    case ConflictReason::driver_in_use:
      return "driver {subject} is in use, and replacing it[ with {other}] stops every program on the GPUs";
    case ConflictReason::closure_mixed_versions:
      return "{subject} would come at version {other} beside a driver of {limit}; all parts of a driver must have one "
             "version";
    case ConflictReason::package_not_in_repositories:
      return "no repository of this host has the package {subject}[ {other}][; the versions there are: {limit}]";
    case ConflictReason::package_needs: return "{subject} needs {other}";
    case ConflictReason::package_need_missing:
      return "{subject} needs {other}, which no package that may be installed serves[; the versions there are: "
             "{limit}]";
    case ConflictReason::packages_exclude_each_other: return "{subject} and {other} cannot be installed together";
    case ConflictReason::packages_unsatisfiable: return "the package manager cannot install this together: {subject}";
    case ConflictReason::repository_in_the_way:
      return "{subject} already names {other}[ and would be in the way: {limit}]; have it moved aside, with a copy "
             "kept";
    case ConflictReason::prerequisite_missing:
      return "packages of {other} need {subject}, which this host has not switched on and nvprov cannot add; enable it "
             "first";
    case ConflictReason::headers_missing:
      return "the kernel module cannot be built for kernel {subject}: its headers[ ({other})] are neither installed "
             "nor offered[; take a newer kernel from {limit}]";
    case ConflictReason::toolkit_lacks_architecture:
      return "NVIDIA Container Toolkit has no packages for {subject} on {other}";
    case ConflictReason::toolkit_not_in_repository:
      return "no repository holds NVIDIA Container Toolkit {subject} or newer whole[; the newest there is {other}]; "
             "older releases have known holes and are never chosen";
    case ConflictReason::engine_not_offered:
      return "{subject} is not on this host, and no repository of it holds [{other}|a package of it]; install it "
             "first, "
             "or leave engines alone with `--engine none`";
    case ConflictReason::engine_needs_restart:
      return "{subject} reads its new settings only when {other} is restarted, which leaves its containers running and "
             "ends pulls, `exec` and `logs -f`; or leave it for later with `--no-restart`";
    case ConflictReason::profile_needs_host:
      return "profile {subject} is for a host, not for a container image; use `--target host`";
    case ConflictReason::kernel_breaks_module:
      return "the kernel module of driver {subject} does not build on kernel {other}[; driver {limit} is the first of "
             "its branch that does]";
    case ConflictReason::kernel_module_missing:
      return "{other} has no kernel module of driver {subject} for [kernel {limit}|a kernel that is not known]";
    case ConflictReason::module_not_asked_for: return "{other} does not come with the {subject} kernel module";
    case ConflictReason::support_is_over: return "support of {subject} ended[ on {limit}], and `--strict` was given";
    case ConflictReason::addition_not_offered: return "{other} does not offer {subject}";
    case ConflictReason::addition_needs_open_module:
      return "`--with {subject}` works beside the open kernel module alone, which {other} does not come with here";
    case ConflictReason::addition_is_of_driver:
      return "`--with {subject}` adds to the driver, [and the driver of this host is in the hands of {other}|and an "
             "image gets that from the host it runs on: what a container is given of it stands in "
             "NVIDIA_DRIVER_CAPABILITIES, such as `compute,utility,video,graphics`]";
    case ConflictReason::addition_not_built:
      return "no release that `--with {subject}` means fits[: {limit}, the newest, was not built for CUDA {other}]";
    case ConflictReason::addition_builds_unknown:
      return "no release that `--with {subject}` means is known to fit: for which CUDA {limit}, the newest, was built "
             "is "
             "not known";
    case ConflictReason::addition_packages_unknown:
      return "`--with {subject}` fits CUDA {other} with {limit}, but which packages hold that is not known";
    case ConflictReason::addition_lacks_architecture:
      return "no release that `--with {subject}` means fits: {limit}, the newest, was not built for {other}";
    case ConflictReason::addition_lacks_capability:
      return "no release that `--with {subject}` means fits: {limit}, the newest, does not run on compute capability "
             "{other}";
    case ConflictReason::addition_needs_newer_driver:
      return "`--with {subject}` needs driver {other} or newer: {limit} asks for least";
    case ConflictReason::compat_not_for_gpu:
      return "{subject} may not use forward compatibility: it is a {other} GPU, and programs would get error 804";
    case ConflictReason::compat_not_over_driver:
      return "no compatibility package of CUDA {subject} is known to work over driver branch {other}";
    case ConflictReason::package_brings_driver:
      return "{subject} in {other} depends on the driver's own libraries, which an image must not hold";
    case ConflictReason::package_lacks_dependency:
      return "{subject} cannot be installed on {other}[: {limit} is not to be had there]";
  }
  return "";
}

// A distribution may be known without any source: then none was asked for by name.
std::string_view words_of(const Conflict& conflict) {
  if (conflict.reason == ConflictReason::source_unknown && conflict.subject == "auto")
    return "nvprov knows {other}, but no source of packages for it";
  return words_of(conflict.reason);
}

}  // namespace

std::string sentence(const Conflict& conflict) {
  const std::string subject = source_words(conflict.subject);
  const std::string other = source_words(conflict.other);
  std::string text = fill(words_of(conflict), {.subject = subject, .other = other, .limit = conflict.limit});
  const std::string_view flag = consent_flag(conflict.reason);
  if (!flag.empty()) text += "; to agree, add `" + std::string(flag) + "`";
  return text;
}

}  // namespace nvprov
