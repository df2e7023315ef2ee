#include "detect/driver_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "detect/kernel.hpp"
#include "detect/look.hpp"
#include "detect/package_files.hpp"

namespace nvprov {
namespace {

constexpr std::string_view files_fact = "driver_files";
constexpr int deepest_folder = 5;

// The container toolkit's libraries are called like the driver's and are none.
bool is_driver_library(std::string_view name) {
  constexpr std::array<std::string_view, 8> beginnings = {"libcuda.so",       "libcudadebugger.so", "libnvcuvid.so",
                                                          "libnvoptix.so",    "libGLX_nvidia.",     "libEGL_nvidia.",
                                                          "libvdpau_nvidia.", "libnvidia-"};
  if (name.starts_with("libnvidia-container") || !contains(name, ".so")) return false;
  return std::ranges::any_of(beginnings, [&](std::string_view beginning) { return name.starts_with(beginning); });
}

bool is_driver_program(std::string_view name) {
  return name == "nvidia-smi" || name == "nvidia-uninstall" || name == "nvidia-installer";
}

bool is_regular(const HostView& host, const std::string& path) {
  const auto info = host.link_info(path);
  return info && *info && (*info)->kind == FileInfo::Kind::file;
}

bool is_folder(const HostView& host, const std::string& path) {
  const auto info = host.link_info(path);
  return info && *info && (*info)->kind == FileInfo::Kind::directory;
}

void take_files(const HostView& host, const std::string& folder, bool (*is_wanted)(std::string_view),
                FileFacts& facts) {
  for (const std::string& name : list_names(host, folder, files_fact, facts.diagnostics)) {
    std::string path = folder + "/" + name;
    if (is_wanted(name) && is_regular(host, path)) facts.driver_files.push_back(std::move(path));
  }
}

void take_libraries(const HostView& host, const std::string& folder, FileFacts& facts) {
  if (!is_folder(host, folder)) return;
  take_files(host, folder, is_driver_library, facts);
  if (is_folder(host, folder + "/vdpau")) take_files(host, folder + "/vdpau", is_driver_library, facts);
  if (!is_folder(host, folder + "/nvidia")) return;
  take_files(host, folder + "/nvidia", is_driver_library, facts);
  for (const std::string& name : list_names(host, folder + "/nvidia", files_fact, facts.diagnostics))
    if (const std::string inner = folder + "/nvidia/" + name; is_folder(host, inner))
      take_files(host, inner, is_driver_library, facts);
}

void take_modules(const HostView& host, const std::string& folder, int depth, FileFacts& facts) {
  if (!is_folder(host, folder)) return;
  for (const std::string& name : list_names(host, folder, files_fact, facts.diagnostics)) {
    std::string path = folder + "/" + name;
    if (is_nvidia_module(name) && is_regular(host, path))
      facts.driver_files.push_back(std::move(path));
    else if (depth > 1 && !contains(name, ".ko"))
      take_modules(host, path, depth - 1, facts);
  }
}

// The kernel's own thousands are not walked.
void take_modules_of(const HostView& host, const std::string& base, FileFacts& facts) {
  for (const char* folder : {"updates", "extra", "extramodules", "misc"})
    take_modules(host, base + "/" + folder, deepest_folder, facts);
  take_modules(host, base + "/kernel/drivers/video", 1, facts);
}

bool has_dkms_of_nvidia(const HostView& host, Diagnostics& diagnostics) {
  return std::ranges::any_of(list_names(host, "/var/lib/dkms", files_fact, diagnostics),
                             [](const std::string& name) { return name.starts_with("nvidia"); });
}

// Built on the host, which is how the packages of the module mean it.
bool is_built_here(const std::string& path, bool has_dkms) {
  return has_dkms && contains(path, "/modules/") && (contains(path, "/updates/dkms/") || contains(path, "/extra/"));
}

}  // namespace

void find_driver_files(const HostView& host, const std::string& architecture, FileFacts& facts) {
  std::vector<std::string> folders = {"/usr/lib64", "/usr/lib", "/usr/local/lib", "/usr/local/nvidia/lib64"};
  if (!architecture.empty()) folders.push_back(fmt::format("/usr/lib/{}-linux-gnu", architecture));
  for (const std::string& folder : folders) take_libraries(host, folder, facts);
  for (const char* folder : {"/usr/bin", "/usr/local/bin"}) take_files(host, folder, is_driver_program, facts);
  for (const std::string& release : list_names(host, "/lib/modules", files_fact, facts.diagnostics))
    take_modules_of(host, "/lib/modules/" + release, facts);
  std::ranges::sort(facts.driver_files);
  const bool has_dkms = has_dkms_of_nvidia(host, facts.diagnostics);
  std::vector<std::string> to_ask = facts.driver_files;
  std::erase_if(to_ask, [&](const std::string& path) { return is_built_here(path, has_dkms); });
  facts.unowned = unowned_files(host, to_ask, files_fact, facts.diagnostics);
}

}  // namespace nvprov
