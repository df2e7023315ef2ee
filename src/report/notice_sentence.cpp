#include "report/fill.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

std::string_view words_of(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::support_past: return "support of driver {subject} ended[ on {limit}]; expect no more fixes for it";
    case NoticeKind::support_unknown: return "no end of support is known for driver {subject}";
    case NoticeKind::module_unknown_kernel:
      return "no kernel is known here: the module is built when a kernel with its headers is installed";
    case NoticeKind::headers_unknown:
      return "no repository has the headers of kernel {subject} ({other}) any more: no module is built for it";
    case NoticeKind::nouveau_until_reboot:
      return "nouveau drives the GPU until the next reboot; then the NVIDIA driver takes over";
    case NoticeKind::release_unknown_to_catalog:
      return "driver {subject}[, offered by {other},] is not in this catalog[ of {limit}], so it was not considered";
    case NoticeKind::catalog_old:
      return "this catalog is of {subject}, more than 90 days old; a newer nvprov may know newer releases";
    case NoticeKind::cuda_release_substituted:
      return "CUDA {subject} is not offered; {other} is taken instead and runs programs built with {subject}";
    case NoticeKind::minor_version_compatibility:
      return "CUDA {subject} runs with driver {other} by minor-version compatibility: features that need a newer "
             "driver and code shipped only as PTX do not work[; full support begins with driver {limit}]";
    case NoticeKind::newer_driver_has_no_module:
      return "the open kernel module is offered for driver {other}, but not for {subject}";
    case NoticeKind::no_nvswitch_known:
      return "{subject} may sit on a board with an NVSwitch; this plan has no fabric manager, which such a board "
             "needs: "
             "plan on the machine itself if it is one";
    case NoticeKind::driver_managed_elsewhere:
      return "the driver belongs to {subject}[ ({other})]; this plan leaves it alone";
    case NoticeKind::toolkit_managed_elsewhere:
      return "the container toolkit and the engines' settings for it belong to {subject}[ ({other})], too; this plan "
             "leaves them alone";
    case NoticeKind::cuda_left_out_driver_unknown:
      return "no CUDA libraries are planned, because the driver they must suit is not known; name a release with "
             "`--cuda`";
    case NoticeKind::cuda_left_out:
      return "no CUDA library is added: no release of {subject} is fully supported by [driver {other}|the driver] and "
             "by every GPU; name one with `--cuda` to see why";
    case NoticeKind::metadata_offline:
      return "planned without asking the repositories[; the package indexes used were read {subject}]";
    case NoticeKind::reboot_pending: return "this host already waits for a reboot[ ({subject})]";
    case NoticeKind::secure_boot_enrol_key:
      return "Secure Boot is on: the module loads only once its key is enrolled; afterwards run `mokutil --import "
             "{subject}`, reboot, and confirm at the machine's console";
    case NoticeKind::driver_kept: return "driver {subject}[ from {other}] is installed and good, and stays as it is";
    case NoticeKind::repository_used: return "{subject} already names {other}: it is used as it is";
    case NoticeKind::repository_left: return "{subject}: {other}; nvprov leaves it as it is";
    case NoticeKind::key_retired:
      return "{other} holds the key {subject}, which was retired[ on {limit}]; remove it when nothing needs it";
    case NoticeKind::key_accepted_until:
      return "the key {subject} is bound to its name by {other}: the verifier of this release accepts it, that of "
             "newer "
             "ones refuses it[ from {limit} on]";
    case NoticeKind::third_party_repository:
      return "{subject} is a third party's: neither the distribution's nor NVIDIA's";
    case NoticeKind::engine_none:
      return "no container engine was found, so that none is set up[; `--engine {subject}` installs {other}]";
    case NoticeKind::engine_left:
      return "{subject} is here for {other}, which is set up in its place; for its own sake it is with `--engine "
             "{limit}`";
    case NoticeKind::engine_advice: return "{subject}: {other}";
    case NoticeKind::engine_unread:
      return "what is added to {other} of {subject} is known on the host alone: plan there";
    case NoticeKind::engine_runtime_kept: return "{subject} has NVIDIA's runtime already, from {other}, and keeps it";
    case NoticeKind::engine_file_not_its_own:
      return "{subject} reads {limit} only while {other} is its own, which then begins with `# k0s_managed=true`: "
             "start {subject} without a file of yours there, and plan again";
    case NoticeKind::engine_cri_off:
      return "{other} switches off the part of {subject} that Kubernetes talks to: what is set there counts once it is "
             "on";
    case NoticeKind::engine_cdi_later:
      return "{subject} knows `--device nvidia.com/gpu=all` from its next start on; `--gpus all` works without one";
    case NoticeKind::engine_by_hand: return "{subject} takes its new settings once you run `{other}`";
    case NoticeKind::module_built_from: return "the kernel module is built by DKMS, which comes from {subject}";
    case NoticeKind::module_prebuilt:
      return "the kernel module is prebuilt for kernel {subject}: nothing is compiled here, and each new kernel needs "
             "its "
             "own package";
    case NoticeKind::nvlink5_fabric:
      return "{subject} manages NVLink switches of the fifth generation: the fabric manager needs nvlsm and the "
             "modules "
             "mlx5_ib and ib_umad beside it";
    case NoticeKind::rack_fabric:
      return "the boards are those of {subject}, whose machines share memory over NVLink through nvidia-imex: to do "
             "so, "
             "list the machines of the domain in /etc/nvidia-imex/nodes_config.cfg, alike on each, and start it with "
             "`systemctl enable --now nvidia-imex`";
    case NoticeKind::hold_not_obeyed:
      return "the hold does not bind yet: dnf reads {other} only with {subject}, which is not installed and in none of "
             "the repositories; until it is installed, an upgrade may change the driver";
    case NoticeKind::forward_compatibility:
      return "CUDA {subject} runs with driver {other} by forward compatibility: {limit} brings a newer user-mode "
             "driver, "
             "which programs use only if its folder is on their library path";
    case NoticeKind::compat_not_needed:
      return "driver {other} runs CUDA {subject} itself: no compatibility package is added, it would only do harm";
    case NoticeKind::compat_gpu_unlisted:
      return "NVIDIA publishes no list of the boards of this class that may use forward compatibility; whether "
             "{subject} may is not known, and error 804 says that it may not";
    case NoticeKind::security_bulletin:
      return "driver {subject} has holes that security bulletin {other} tells of[; driver {limit} has the fixes]";
    case NoticeKind::default_cuda_newest:
      return "{other} will lead to CUDA {subject}, the newest there is; `--default-cuda` chooses another";
    case NoticeKind::default_cuda_by_hand:
      return "{other} leads to {subject} by somebody's choice, and stays so; `--default-cuda` chooses another";
    case NoticeKind::programs_on_path:
      return "the programs of {subject} are on the search path already: no file in /etc/profile.d is needed";
    case NoticeKind::compiler_beside:
      return "CUDA {subject} does not build with {other}, the compiler of this system: build with `nvcc -ccbin "
             "{limit}`";
    case NoticeKind::compiler_not_offered:
      return "CUDA {subject} does not build with {other}, the compiler of this system, and no package of one that it "
             "takes is known here: it takes {limit}";
    case NoticeKind::tool_brings: return "{subject} brings {other}, as its packages depend on it";
    case NoticeKind::tool_brings_driver:
      return "{subject} in {other} depends on the driver's own libraries, which an image must not hold: it is left out";
    case NoticeKind::tool_lacks_dependency:
      return "{subject} depends on {limit}, which {other} does not have: it is left out";
    case NoticeKind::distro_support_past: return "support of {subject} itself ended[ on {limit}]";
  }
  return "";
}

}  // namespace

std::string sentence(const Notice& notice) {
  const std::string subject = source_words(notice.subject);
  const std::string other = source_words(notice.other);
  return fill(words_of(notice.kind), {.subject = subject, .other = other, .limit = notice.limit});
}

}  // namespace nvprov
