#include "detect/detect.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "detect/containers.hpp"
#include "detect/cuda.hpp"
#include "detect/driver.hpp"
#include "detect/environment.hpp"
#include "detect/gpu.hpp"
#include "detect/installed.hpp"
#include "detect/kernel.hpp"
#include "detect/look.hpp"
#include "detect/manager.hpp"
#include "detect/os.hpp"
#include "detect/place.hpp"
#include "detect/repositories.hpp"
#include "detect/secure_boot.hpp"
#include "detect/services.hpp"

namespace nvprov {
namespace {

// What the machine nvprov runs on would answer is not asked where the target is another.
void note_unseen_machine(Diagnostics& diagnostics) {
  const std::string name_gpus = "name them with --gpu";
  could_not(diagnostics, "kernel.running", "the kernel of this machine is not the target's",
            "name it with --kernel RELEASE");
  could_not(diagnostics, "gpus", "the GPUs of this machine are not the target's", name_gpus);
  could_not(diagnostics, "nvswitches", "the NVSwitches of this machine are not the target's", name_gpus);
  for (const char* fact : {"driver.loaded", "driver.nouveau_loaded"})
    could_not(diagnostics, fact, "the kernel of this machine is not the target's");
  could_not(diagnostics, "secure_boot", "the firmware of this machine is not the target's");
  could_not(diagnostics, "environment.virtual_machine", "this machine is not the target");
  could_not(diagnostics, "environment.reboot_pending", "the target is not running");
}

// The machine's word for a package manager's word, where all distributions of the catalog agree.
std::string machine_of(const Catalog& catalog, const std::string& package_arch) {
  for (const Distro& distro : catalog.distros)
    for (const DistroArchitecture& architecture : distro.architectures)
      if (architecture.package_arch == package_arch) return architecture.arch;
  return "";
}

// The disk's word counts before the kernel's: a 64-bit kernel also runs a 32-bit userland. Where rpm's packages are all
// for any machine, the kernel's word is rpm's too.
void set_architecture(HostFacts& facts, const Catalog& catalog, const std::string& machine, Diagnostics& diagnostics) {
  if (is_dnf(facts.package_facts.manager) && facts.package_facts.architecture.empty())
    facts.package_facts.architecture = machine;
  facts.architecture = machine_of(catalog, facts.package_facts.architecture);
  if (facts.architecture.empty()) facts.architecture = machine;
  if (facts.architecture.empty())
    could_not(diagnostics, "architecture", "nothing on the target's disk says what processor it is for",
              "name it with --arch");
}

void look_at_machine(const HostView& host, const Catalog& catalog, const Place& place, HostFacts& facts) {
  PciFindings pci = detect_pci(host, catalog, facts.diagnostics);
  facts.gpus = std::move(pci.gpus);
  facts.nvswitches = std::move(pci.nvswitches);
  facts.nvlink_switch_manager = detect_nvlink_switch_manager(host, catalog, facts.diagnostics);
  detect_loaded_driver(host, facts.driver, facts.diagnostics);
  if (place.kind == PlaceKind::container || place.kind == PlaceKind::machine_container ||
      place.kind == PlaceKind::image_build)
    could_not(facts.diagnostics, "secure_boot", "a container does not see the firmware");
  else
    facts.secure_boot = detect_secure_boot(host, facts.diagnostics);
}

// A guest that was given a part of a GPU takes the driver that goes with its host's, from whoever gave it.
void note_virtual_gpus(const Catalog& catalog, HostFacts& facts) {
  for (Gpu& gpu : facts.gpus) {
    const auto profile = vgpu_profile_of(catalog, gpu);
    if (!profile) continue;
    gpu.name = *profile;
    if (!facts.environment.managed_by)
      facts.environment.managed_by =
          ManagedBy{.owner = "vgpu", .evidence = fmt::format("{} at {} is a virtual GPU", gpu.name, gpu.address)};
  }
}

// WSL hands the GPU through as a device of Windows; no PCI function of NVIDIA's is there.
void note_hidden_gpus(HostFacts& facts) {
  const bool hidden = facts.environment.managed_by && facts.environment.managed_by->owner == "wsl";
  if (!hidden || !facts.gpus.empty()) return;
  could_not(facts.diagnostics, "gpus", "WSL does not show which GPU Windows has", "name it with --gpu");
}

std::optional<Uname> ask_kernel(const HostView& host, const Place& place, Diagnostics& diagnostics) {
  if (!place.owns_machine) return std::nullopt;
  auto names = host.uname();
  if (names) return *names;
  could_not(diagnostics, "kernel.running", names.error().message);
  return std::nullopt;
}

}  // namespace

HostFacts detect_host(const HostView& host, const Catalog& catalog, const DetectOptions& options) {
  HostFacts facts;
  Diagnostics& diagnostics = facts.diagnostics;
  facts.origin = host.is_live() ? "live" : "root";
  facts.observed_on = options.date;
  const Place place = detect_place(host, diagnostics);
  const auto uname = ask_kernel(host, place, diagnostics);
  facts.os = detect_os(host, diagnostics);
  if (facts.os) recognise_distro(host, catalog, place.owns_machine, *facts.os, diagnostics);
  facts.kernel = detect_kernel(host, uname ? std::optional(uname->release) : std::nullopt, diagnostics);
  detect_installed(host, catalog, facts.os, options.all_origins, facts.package_facts, diagnostics);
  if (facts.package_facts.manager) detect_repositories(host, facts.package_facts, diagnostics);
  set_architecture(facts, catalog, uname ? uname->machine : std::string{}, diagnostics);

  facts.environment = detect_environment(host, place, facts.kernel, diagnostics);
  if (place.owns_machine)
    look_at_machine(host, catalog, place, facts);
  else
    note_unseen_machine(diagnostics);
  detect_driver_files(host, facts.architecture, facts.driver, diagnostics);
  facts.cuda_toolkits = detect_cuda_toolkits(host, diagnostics);
  facts.cuda_alternative = detect_cuda_alternative(host, diagnostics);
  if (catalog.container_toolkit)
    facts.container_engines = detect_container_engines(host, catalog.container_toolkit->installations, diagnostics);
  facts.services = detect_services(host, driver_units(catalog), diagnostics);
  note_virtual_gpus(catalog, facts);
  note_hidden_gpus(facts);
  return facts;
}

}  // namespace nvprov
