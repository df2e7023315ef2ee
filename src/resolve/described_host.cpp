#include "resolve/described_host.hpp"

#include <algorithm>

namespace nvprov {
namespace {

Diagnostic not_described(std::string place) {
  return {
      .file = {}, .place = std::move(place), .message = "the machine is described by flags, not looked at", .hint = {}};
}

}  // namespace

HostFacts described_host(const Distro& distro, const std::string& arch) {
  HostFacts facts;
  facts.origin = "flags";
  facts.os = OsFacts{.id = distro.os_id,
                     .like = {},
                     .version_id = distro.version_id,
                     .codename = distro.codename,
                     .name = distro.name,
                     .recognised_as = distro.os_id.empty() ? std::optional(distro.id) : std::nullopt,
                     .not_supported = distro.not_supported};
  facts.architecture = arch;
  if (!distro.package_manager.empty()) facts.package_facts.manager = distro.package_manager;
  const auto known = std::ranges::find(distro.architectures, arch, &DistroArchitecture::arch);
  if (known != distro.architectures.end()) facts.package_facts.architecture = known->package_arch;
  for (const char* place : {"gpus", "kernel", "package_facts", "secure_boot"})
    facts.diagnostics.push_back(not_described(place));
  return facts;
}

}  // namespace nvprov
