#include "resolve/host_kernel.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

// The longest suffix that fits; kernels of all architectures are numbered alike.
const KernelFlavour* flavour_by_suffix(const Distro& distro, const std::string& release) {
  const KernelFlavour* best = nullptr;
  for (const KernelFlavour& flavour : distro.kernels)
    if (release.ends_with(flavour.release_suffix) &&
        (best == nullptr || flavour.release_suffix.size() > best->release_suffix.size()))
      best = &flavour;
  return best;
}

// The first numbers of "6.12.74+deb13-amd64"; nullopt where there are fewer than two.
std::optional<std::string> first_numbers(const std::string& release, std::size_t count) {
  const auto end = std::ranges::find_if_not(release, [](char c) { return is_digit(c) || c == '.'; });
  const auto version = Version::parse(std::string(release.begin(), end));
  if (!version || version->parts().size() < 2) return std::nullopt;
  std::vector<std::string> numbers = split(version->text(), '.');
  numbers.resize(std::min(count, numbers.size()));
  return join(numbers, ".");
}

std::optional<std::string> upstream_of(const std::string& release, const std::string& tell) {
  if (tell == "upstream") return first_numbers(release, 3);
  return tell == "series" ? first_numbers(release, 2) : std::nullopt;
}

}  // namespace

HostKernel host_kernel(const Distro& distro, std::string release) {
  HostKernel kernel{.release = std::move(release), .distro = distro.id, .upstream = std::nullopt};
  const KernelFlavour* flavour = flavour_by_suffix(distro, kernel.release);
  if (flavour != nullptr && flavour->numbers_tell) {
    kernel.upstream = upstream_of(kernel.release, *flavour->numbers_tell);
  } else if (distro.kernel_numbers) {
    kernel.upstream = upstream_of(kernel.release, distro.kernel_numbers->tell);
    kernel.distro = distro.kernel_numbers->kernels_of.value_or(distro.id);
  }
  return kernel;
}

std::optional<HostKernel> next_host_kernel(const HostFacts& facts, const Distro& distro) {
  if (facts.kernel.installed.empty()) return std::nullopt;
  return host_kernel(distro, facts.kernel.installed.back().release);
}

}  // namespace nvprov
