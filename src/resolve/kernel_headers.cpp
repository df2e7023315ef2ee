#include "resolve/kernel_headers.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

const KernelFlavour* flavour_of(const std::string& kernel, const std::string& architecture, const Distro& distro) {
  const KernelFlavour* best = nullptr;
  for (const KernelFlavour& flavour : distro.kernels) {
    if (flavour.architecture != architecture || !kernel.ends_with(flavour.release_suffix)) continue;
    if (best == nullptr || flavour.release_suffix.size() > best->release_suffix.size()) best = &flavour;
  }
  return best;
}

void add(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

// A meta package is for hosts whose kernel is drawn in by one too; a kernel that a flag names is taken as such.
bool follows_meta_package(const HostFacts& facts, const KernelFlavour& flavour) {
  return could_not_look(facts, "package_facts.packages") || find_installed(facts, flavour.image_package) != nullptr;
}

void add_exact_headers(HeadersAnswer& answer, const InstalledKernel& kernel, const KernelFlavour& flavour,
                       bool boots_next, const RepositoryMetadata& metadata) {
  const std::array<Placeholder, 1> values = {{{"kernel_release", kernel.release}}};
  const std::string package = expand(flavour.exact_headers_package, values).value_or("");
  if (kernel.has_headers || package.empty()) return;
  if (!metadata.known || is_in_repository(metadata, package, "")) {
    add(answer.packages, package);
    return;
  }
  if (boots_next)
    answer.blockers.push_back({.reason = ConflictReason::headers_missing,
                               .subject = kernel.release,
                               .other = package,
                               .limit = flavour.image_package,
                               .sources = {}});
  else
    answer.notices.push_back(
        {.kind = NoticeKind::headers_unknown, .subject = kernel.release, .other = package, .limit = {}});
}

void add_kernel(HeadersAnswer& answer, const InstalledKernel& kernel, bool boots_next, const HostFacts& facts,
                const Distro& distro, const RepositoryMetadata& metadata) {
  add(answer.kernels, kernel.release);
  const KernelFlavour* flavour = flavour_of(kernel.release, facts.architecture, distro);
  if (flavour == nullptr) {
    if (!kernel.has_headers)
      answer.blockers.push_back({.reason = ConflictReason::headers_missing,
                                 .subject = kernel.release,
                                 .other = {},
                                 .limit = {},
                                 .sources = {}});
    return;
  }
  if (follows_meta_package(facts, *flavour)) add(answer.packages, flavour->headers_package);
  add_exact_headers(answer, kernel, *flavour, boots_next, metadata);
}

}  // namespace

HeadersAnswer kernel_headers(const HostFacts& facts, const Distro& distro, const RepositoryMetadata& metadata) {
  HeadersAnswer answer;
  const auto& installed = facts.kernel.installed;  // by version, so the last one boots next
  for (auto kernel = installed.rbegin(); kernel != installed.rend(); ++kernel)
    add_kernel(answer, *kernel, kernel == installed.rbegin(), facts, distro, metadata);
  if (installed.empty())
    answer.notices.push_back({.kind = NoticeKind::module_unknown_kernel, .subject = {}, .other = {}, .limit = {}});
  return answer;
}

}  // namespace nvprov
