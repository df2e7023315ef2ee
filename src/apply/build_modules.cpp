#include "apply/build_modules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apply/prove_module.hpp"

namespace nvprov {
namespace {

bool exists(const HostView& host, const std::string& path) {
  const auto info = host.file_info(path);
  return info && info->has_value();
}

bool has_dkms(const HostView& host) {
  constexpr std::array<const char*, 4> programs = {"/usr/sbin/dkms", "/sbin/dkms", "/usr/bin/dkms", "/bin/dkms"};
  return std::ranges::any_of(programs, [&](const char* path) { return exists(host, path); });
}

constexpr const char* update_initramfs = "/usr/sbin/update-initramfs";

}  // namespace

void build_missing_modules(Host& host, const PackageManagerRun& run, const Resolution& resolution) {
  if (!resolution.driver || resolution.driver->module_name.empty() || !has_dkms(host)) return;
  for (const std::string& kernel : resolution.kernels) {
    if (!exists(host, "/lib/modules/" + kernel + "/build") || has_module(host, *resolution.driver, kernel)) continue;
    if (run.events.note) run.events.note(fmt::format("building the module for kernel {}", kernel));
    (void)run_logged(host, {"dkms", "autoinstall", "-k", kernel}, run);
  }
}

std::map<std::string, std::int64_t> initramfs_times(const HostView& host, const Resolution& resolution) {
  std::map<std::string, std::int64_t> times;
  if (!resolution.driver || resolution.driver->packages.empty() || !exists(host, update_initramfs)) return times;
  for (const std::string& kernel : resolution.kernels)
    if (const auto info = host.file_info("/boot/initrd.img-" + kernel); info && *info)
      times[kernel] = (*info)->modified;
  return times;
}

void refresh_initramfs(Host& host, const PackageManagerRun& run, const Resolution& resolution,
                       const std::map<std::string, std::int64_t>& before) {
  for (const auto& [kernel, time] : initramfs_times(host, resolution)) {
    const auto known = before.find(kernel);
    if (known == before.end() || known->second != time) continue;
    if (run.events.note) run.events.note(fmt::format("writing the initramfs of kernel {}", kernel));
    (void)run_logged(host, {"update-initramfs", "-u", "-k", kernel}, run);
  }
}

}  // namespace nvprov
