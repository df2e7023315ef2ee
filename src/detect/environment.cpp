#include "detect/environment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "detect/look.hpp"

namespace nvprov {
namespace {

constexpr std::string_view vm_fact = "environment.virtual_machine";
constexpr std::string_view managed_fact = "environment.managed_by";
constexpr std::string_view reboot_fact = "environment.reboot_pending";

// What DMI says in a virtual machine (the list of systemd-detect-virt, in its words).
struct VmMark {
  std::string_view vendor;   // its start
  std::string_view product;  // its start
  std::string_view name;
};
constexpr std::array<VmMark, 14> vm_marks = {{
    {"VMware", "", "vmware"},
    {"VMW", "", "vmware"},
    {"innotek GmbH", "", "oracle"},
    {"", "VirtualBox", "oracle"},
    {"Microsoft Corporation", "Virtual Machine", "microsoft"},
    {"Amazon EC2", "", "amazon"},
    {"Google", "Google Compute Engine", "google"},
    {"Xen", "", "xen"},
    {"Parallels", "", "parallels"},
    {"QEMU", "", "qemu"},
    {"Bochs", "", "bochs"},
    {"", "KVM", "kvm"},
    {"", "OpenStack", "kvm"},
    {"Apple Inc.", "Apple Virtualization", "apple"},
}};

std::optional<std::string> detect_virtual_machine(const HostView& host, Diagnostics& diagnostics) {
  const auto vendor = read_text(host, "/sys/class/dmi/id/sys_vendor", vm_fact, diagnostics);
  const auto product = read_text(host, "/sys/class/dmi/id/product_name", vm_fact, diagnostics);
  if (auto name = parse_virtual_machine(trim(vendor.value_or("")), trim(product.value_or("")))) return name;
  const auto hypervisor = read_text(host, "/sys/hypervisor/type", vm_fact, diagnostics);
  return hypervisor ? std::optional(std::string(trim(*hypervisor))) : std::nullopt;
}

std::optional<ManagedBy> detect_wsl(const HostView& host, const std::optional<std::string>& running,
                                    Diagnostics& diagnostics) {
  if (!running || !contains(lower(*running), "microsoft")) return std::nullopt;
  const auto mark = first_there(host, {"/dev/dxg", "/usr/lib/wsl"}, managed_fact, diagnostics);
  return mark ? std::optional(ManagedBy{.owner = "wsl", .evidence = *mark}) : std::nullopt;
}

std::optional<ManagedBy> detect_owner(const HostView& host, Diagnostics& diagnostics) {
  constexpr std::array<std::array<const char*, 2>, 4> owners = {{
      {"gpu-operator", "/run/nvidia/validations"},
      {"gpu-operator", "/run/nvidia/driver"},
      {"dgx-os", "/etc/dgx-release"},
      {"ostree", "/run/ostree-booted"},
  }};
  for (const auto& [owner, mark] : owners)
    if (is_there(host, mark, managed_fact, diagnostics)) return ManagedBy{.owner = owner, .evidence = mark};
  return std::nullopt;
}

// After a kernel upgrade that removed the running kernel's modules nothing more can be loaded until the next boot.
std::optional<std::string> lost_modules(const HostView& host, const KernelFacts& kernel, Diagnostics& diagnostics) {
  if (!kernel.running || kernel.installed.empty()) return std::nullopt;
  const std::string folder = "/lib/modules/" + *kernel.running;
  if (is_there(host, folder, reboot_fact, diagnostics)) return std::nullopt;
  return folder + " is gone";
}

std::optional<std::string> detect_reboot_pending(const HostView& host, const KernelFacts& kernel,
                                                 Diagnostics& diagnostics) {
  const auto mark = first_there(host, {"/run/reboot-required", "/var/run/reboot-required"}, reboot_fact, diagnostics);
  return mark ? mark : lost_modules(host, kernel, diagnostics);
}

std::optional<bool> is_root_user(const HostView& host, Diagnostics& diagnostics) {
  if (!host.is_live()) return std::nullopt;
  const auto user = host.effective_user();
  if (user) return *user == 0;
  could_not(diagnostics, "environment.root_user", user.error().message);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> parse_virtual_machine(std::string_view vendor, std::string_view product) {
  if (product.ends_with(".metal") || contains(product, ".metal-")) return std::nullopt;  // a whole machine of a cloud
  const auto mark = std::ranges::find_if(vm_marks, [&](const VmMark& item) {
    return vendor.starts_with(item.vendor) && product.starts_with(item.product);
  });
  return mark == vm_marks.end() ? std::nullopt : std::optional(std::string(mark->name));
}

EnvironmentFacts detect_environment(const HostView& host, const Place& place, const KernelFacts& kernel,
                                    Diagnostics& diagnostics) {
  EnvironmentFacts environment{.place = place.kind,
                               .place_evidence = place.evidence,
                               .virtual_machine = {},
                               .managed_by = {},
                               .root_user = is_root_user(host, diagnostics),
                               .reboot_pending = {}};
  environment.managed_by = detect_owner(host, diagnostics);
  if (!place.owns_machine) return environment;
  environment.virtual_machine = detect_virtual_machine(host, diagnostics);
  if (auto wsl = detect_wsl(host, kernel.running, diagnostics)) environment.managed_by = std::move(wsl);
  if (place.kind == PlaceKind::host || place.kind == PlaceKind::unclear)
    environment.reboot_pending = detect_reboot_pending(host, kernel, diagnostics);
  return environment;
}

}  // namespace nvprov
