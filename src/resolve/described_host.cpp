#include "resolve/described_host.hpp"

namespace nvprov {
namespace {

Diagnostic not_described(std::string place) {
  return {
      .file = {}, .place = std::move(place), .message = "the machine is described by flags, not looked at", .hint = {}};
}

}  // namespace

HostFacts described_host(const Distro& distro, const DistroArchitecture& architecture) {
  HostFacts facts;
  facts.origin = "flags";
  facts.os = OsFacts{.id = distro.os_id,
                     .like = {},
                     .version_id = distro.version_id,
                     .codename = distro.codename,
                     .name = distro.name};
  facts.architecture = architecture.arch;
  facts.package_facts.manager = distro.package_manager;
  facts.package_facts.architecture = architecture.package_arch;
  for (const char* place : {"gpus", "kernel", "package_facts", "secure_boot"})
    facts.diagnostics.push_back(not_described(place));
  return facts;
}

}  // namespace nvprov
