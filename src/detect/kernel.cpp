#include "detect/kernel.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "detect/look.hpp"

namespace nvprov {
namespace {

constexpr std::string_view installed_fact = "kernel.installed";
constexpr std::string_view modules_fact = "kernel.modules_of_nvidia";
constexpr int deepest_module_folder = 4;

bool has_image(const HostView& host, const std::string& release, Diagnostics& diagnostics) {
  const std::vector<std::string> images = {"/boot/vmlinuz-" + release, "/boot/vmlinux-" + release,
                                           "/lib/modules/" + release + "/vmlinuz"};
  return first_there(host, images, installed_fact, diagnostics).has_value();
}

bool has_headers(const HostView& host, const std::string& release, Diagnostics& diagnostics) {
  const auto build = look_at(host, "/lib/modules/" + release + "/build", installed_fact, diagnostics);
  return build && build->kind == FileInfo::Kind::directory;
}

void find_modules(const HostView& host, const std::string& folder, const std::string& release, int depth,
                  std::vector<std::string>& found, Diagnostics& diagnostics) {
  for (const std::string& name : list_names(host, folder, modules_fact, diagnostics)) {
    const std::string path = folder + "/" + name;
    if (is_nvidia_module(name))
      found.push_back(fmt::format("{}: {}", release, path));
    else if (depth > 1 && !contains(name, ".ko") &&
             look_at(host, path, modules_fact, diagnostics).value_or(FileInfo{}).kind == FileInfo::Kind::directory)
      find_modules(host, path, release, depth - 1, found, diagnostics);
  }
}

// Where DKMS, weak-modules, prebuilt packages and the .run installer put modules; the kernel's own thousands are not
// walked.
void find_modules_of(const HostView& host, const std::string& release, std::vector<std::string>& found,
                     Diagnostics& diagnostics) {
  const std::string base = "/lib/modules/" + release + "/";
  for (const char* folder : {"updates", "extra", "extramodules", "weak-updates", "misc"})
    find_modules(host, base + folder, release, deepest_module_folder, found, diagnostics);
  find_modules(host, base + "kernel/drivers/video", release, 1, found, diagnostics);
  for (const std::string& name : list_names(host, base + "kernel", modules_fact, diagnostics))
    if (name.starts_with("nvidia")) find_modules(host, base + "kernel/" + name, release, 2, found, diagnostics);
}

}  // namespace

bool is_nvidia_module(std::string_view name) {
  return (name.starts_with("nvidia.ko") || name.starts_with("nvidia-")) && contains(name, ".ko");
}

bool older_release(std::string_view left, std::string_view right) {
  while (!left.empty() && !right.empty()) {
    if (is_digit(left.front()) && is_digit(right.front())) {
      const std::string_view left_number = take_digits(left);
      const std::string_view right_number = take_digits(right);
      if (left_number.size() != right_number.size()) return left_number.size() < right_number.size();
      if (left_number != right_number) return left_number < right_number;
      continue;
    }
    if (left.front() != right.front()) return left.front() < right.front();
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  return left.empty() && !right.empty();
}

KernelFacts detect_kernel(const HostView& host, const std::optional<std::string>& running, Diagnostics& diagnostics) {
  KernelFacts kernel{.running = running, .installed = {}, .modules_of_nvidia = {}};
  for (const std::string& release : list_names(host, "/lib/modules", installed_fact, diagnostics)) {
    if (!has_image(host, release, diagnostics)) continue;
    kernel.installed.push_back({.release = release, .has_headers = has_headers(host, release, diagnostics)});
  }
  std::ranges::sort(kernel.installed, older_release, &InstalledKernel::release);
  for (const InstalledKernel& installed : kernel.installed)
    find_modules_of(host, installed.release, kernel.modules_of_nvidia, diagnostics);
  return kernel;
}

}  // namespace nvprov
