#include "resolve/source_choice.hpp"

#include <algorithm>

#include "resolve/driver_candidates.hpp"
#include "resolve/installed_driver.hpp"

namespace nvprov {
namespace {

// Whose key signs a prebuilt module of the source; nullopt where none is signed.
std::optional<std::string> signer_of(const PackageSource& source) {
  for (const DriverPackageSet& set : source.package_sets)
    for (const ModulePackages& module : set.modules)
      if (module.signed_by) return module.signed_by;
  return std::nullopt;
}

bool needs_a_signer(const HostFacts& facts) {
  return facts.secure_boot && facts.secure_boot->enabled && facts.secure_boot->dkms_key_enrolled != true;
}

Reason reason_of(const PackageSource& source, std::string rule, std::string because = {}) {
  return {.subject = "source",
          .rule = std::move(rule),
          .chosen = source.id,
          .because = std::move(because),
          .sources = source.sources};
}

Reason default_reason(const PackageSource& source, const Distro& distro, const Request& request) {
  if (source.id == request.source) return reason_of(source, "asked-for");
  const auto& all = distro.package_sources;
  if (all.size() == 1) return reason_of(source, "only-source");
  if (&all.front() == &source) return reason_of(source, "vendor-serves-distribution");
  return reason_of(source, "other-has-no-answer", all.front().title);
}

void put_first(std::vector<SourceOption>& options, const PackageSource* source, Reason reason) {
  const auto at = std::ranges::find(options, source, &SourceOption::source);
  if (at == options.end()) return;
  at->reason = std::move(reason);
  std::rotate(options.begin(), at, at + 1);
}

}  // namespace

std::vector<SourceOption> source_options(const HostFacts& facts, const Distro& distro, const Request& request) {
  std::vector<SourceOption> options;
  for (const PackageSource& source : distro.package_sources)
    options.push_back({.source = &source, .reason = default_reason(source, distro, request)});
  if (const PackageSource* asked = find_source(distro, request.source)) {
    put_first(options, asked, reason_of(*asked, "asked-for"));
    return options;
  }
  if (needs_a_signer(facts))
    for (const PackageSource& source : distro.package_sources)
      if (const auto signer = signer_of(source)) {
        put_first(options, &source, reason_of(source, "signed-module", *signer));
        break;
      }
  if (const auto installed = find_installed_driver(facts, distro); installed && installed->source != nullptr)
    put_first(options, installed->source, reason_of(*installed->source, "used-by-driver", installed->version));
  return options;
}

}  // namespace nvprov
