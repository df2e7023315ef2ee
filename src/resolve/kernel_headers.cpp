#include "resolve/kernel_headers.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "resolve/offers.hpp"

namespace nvprov {
namespace {

template <class T>
void add(std::vector<T>& items, const T& item) {
  if (std::ranges::find(items, item) == items.end()) items.push_back(item);
}

// A meta package is for hosts whose kernel is drawn in by one too; a kernel that a flag names is taken as such.
bool follows_meta_package(const HostFacts& facts, const KernelFlavour& flavour) {
  return could_not_look(facts, "package_facts.packages") || find_installed(facts, flavour.image_package) != nullptr;
}

// False where the headers of an older kernel are nowhere, so that no module can be had for it.
bool add_exact_headers(HeadersAnswer& answer, const InstalledKernel& kernel, const KernelFlavour& flavour,
                       bool boots_next, const RepositoryMetadata& metadata) {
  const std::string evr = kernel_evr(kernel.release, flavour.architecture);
  const std::array<Placeholder, 2> values = {{{"kernel_release", kernel.release}, {"kernel_evr", evr}}};
  const std::string package = expand(flavour.exact_headers_package, values).value_or("");
  if (kernel.has_headers || package.empty()) return true;
  const auto version =
      flavour.exact_headers_version ? expand(*flavour.exact_headers_version, values) : std::optional<std::string>();
  if (!metadata.known || is_in_repository(metadata, package, version.value_or(""))) {
    add(answer.packages, PackageRequest{.name = package, .version = version});
    return true;
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
  return boots_next;
}

void add_kernel(HeadersAnswer& answer, const InstalledKernel& kernel, bool boots_next, const HostFacts& facts,
                const Distro& distro, const RepositoryMetadata& metadata) {
  const KernelFlavour* flavour = kernel_flavour_of(kernel.release, facts.architecture, distro);
  if (flavour == nullptr) {
    add(answer.kernels, kernel.release);
    if (!kernel.has_headers)
      answer.blockers.push_back({.reason = ConflictReason::headers_missing,
                                 .subject = kernel.release,
                                 .other = {},
                                 .limit = {},
                                 .sources = {}});
    return;
  }
  if (follows_meta_package(facts, *flavour))
    add(answer.packages, PackageRequest{.name = flavour->headers_package, .version = {}});
  if (add_exact_headers(answer, kernel, *flavour, boots_next, metadata)) add(answer.kernels, kernel.release);
}

}  // namespace

const KernelFlavour* kernel_flavour_of(const std::string& kernel, const std::string& architecture,
                                       const Distro& distro) {
  const KernelFlavour* best = nullptr;
  for (const KernelFlavour& flavour : distro.kernels) {
    if (flavour.architecture != architecture || !kernel.ends_with(flavour.release_suffix)) continue;
    if (best == nullptr || flavour.release_suffix.size() > best->release_suffix.size()) best = &flavour;
  }
  return best;
}

std::string kernel_evr(const std::string& release, const std::string& architecture) {
  const std::string suffix = "." + architecture;
  return release.ends_with(suffix) ? release.substr(0, release.size() - suffix.size()) : release;
}

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
