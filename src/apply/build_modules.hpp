#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "apply/package_manager.hpp"
#include "host/host.hpp"
#include "model/resolution.hpp"

namespace nvprov {

// Has DKMS build the module for the kernels of the plan that packages' own scripts passed over: these build for the
// kernel that runs and the newest one, and in a chroot the kernel that runs is another machine's. What comes of it is
// for prove_modules() to say.
void build_missing_modules(Host& host, const PackageManagerRun& run, const Resolution& resolution);

// When the initramfs of each kernel of the plan was written; without those that have none.
std::map<std::string, std::int64_t> initramfs_times(const HostView& host, const Resolution& resolution);

// Writes those anew that are as they were `before`: packages have that of the newest kernel alone written, and an older
// one would load nouveau before the disk's own files say not to.
void refresh_initramfs(Host& host, const PackageManagerRun& run, const Resolution& resolution,
                       const std::map<std::string, std::int64_t>& before);

}  // namespace nvprov
