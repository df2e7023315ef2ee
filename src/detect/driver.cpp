#include "detect/driver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "base/version.hpp"
#include "detect/look.hpp"
#include "detect/package_files.hpp"

namespace nvprov {
namespace {

constexpr std::string_view loaded_fact = "driver.loaded";
constexpr std::string_view library_fact = "driver.library_version";
constexpr std::string_view runfile_fact = "driver.runfile";

struct Library {
  std::string path;
  std::string version;
};

bool is_release(std::string_view text) {
  const auto version = Version::parse(text);
  return version && version->parts().size() >= 2;
}

void note_unknown_flavour(LoadedDriver& loaded, Diagnostics& diagnostics) {
  if (!loaded.flavour.empty()) return;
  could_not(diagnostics, "driver.loaded.flavour", "/proc/driver/nvidia/version does not say which module is loaded");
}

// Where libraries lie: multiarch, lib64 and plain, and where managed machines mount the driver; below each, folders
// that alternatives choose from.
std::vector<std::string> library_folders(const HostView& host, const std::string& architecture,
                                         Diagnostics& diagnostics) {
  std::vector<std::string> folders;
  if (!architecture.empty()) folders.push_back(fmt::format("/usr/lib/{}-linux-gnu", architecture));
  folders.insert(folders.end(), {"/usr/lib64", "/usr/lib", "/usr/local/nvidia/lib64"});
  const std::vector<std::string> bases = folders;
  for (const std::string& base : bases)
    for (const std::string& name : list_names(host, base + "/nvidia", library_fact, diagnostics))
      folders.push_back(base + "/nvidia/" + name);
  return folders;
}

std::vector<Library> find_libraries(const HostView& host, const std::string& architecture, Diagnostics& diagnostics) {
  std::vector<Library> found;
  for (const std::string& folder : library_folders(host, architecture, diagnostics)) {
    const auto names = host.list_directory(folder);
    if (!names || !*names) continue;  // a file among the folders, or one that is not there
    for (const std::string& name : **names)
      if (auto version = parse_library_name(name)) found.push_back({folder + "/" + name, std::move(*version)});
  }
  std::ranges::stable_sort(found, [](const Library& left, const Library& right) {
    return compare_versions(left.version, right.version) > 0;
  });
  return found;
}

std::optional<RunfileDriver> find_runfile(const HostView& host, const std::vector<Library>& libraries,
                                          Diagnostics& diagnostics) {
  const auto installer =
      first_there(host, {"/usr/bin/nvidia-uninstall", "/usr/bin/nvidia-installer"}, runfile_fact, diagnostics);
  if (!installer) return std::nullopt;
  std::vector<std::string> files = {*installer};
  for (const Library& library : libraries) files.push_back(library.path);
  const std::vector<std::string> unowned = unowned_files(host, files, runfile_fact, diagnostics);
  if (std::ranges::find(unowned, *installer) == unowned.end()) return std::nullopt;
  const auto library = std::ranges::find_if(
      libraries, [&](const Library& item) { return std::ranges::find(unowned, item.path) != unowned.end(); });
  return RunfileDriver{.uninstaller = *installer,
                       .version = library == libraries.end() ? std::nullopt : std::optional(library->version)};
}

}  // namespace

std::optional<LoadedDriver> parse_module_version(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  if (!line.starts_with("NVRM version:")) return std::nullopt;
  const std::vector<std::string> words = split_words(line);
  const auto version = std::ranges::find_if(words, is_release);
  if (version == words.end()) return std::nullopt;
  return LoadedDriver{.version = *version, .flavour = contains(line, "Open Kernel Module") ? "open" : "proprietary"};
}

std::optional<std::string> parse_library_name(std::string_view name) {
  constexpr std::string_view stem = "libcuda.so.";
  if (!name.starts_with(stem) || !is_release(name.substr(stem.size()))) return std::nullopt;
  return std::string(name.substr(stem.size()));
}

void detect_loaded_driver(const HostView& host, DriverFacts& driver, Diagnostics& diagnostics) {
  if (!is_there(host, "/sys/module", loaded_fact, diagnostics)) {
    could_not(diagnostics, loaded_fact, "/sys is not mounted");
    could_not(diagnostics, "driver.nouveau_loaded", "/sys is not mounted");
    return;
  }
  driver.nouveau_loaded = is_there(host, "/sys/module/nouveau", "driver.nouveau_loaded", diagnostics);
  const auto version = read_text(host, "/sys/module/nvidia/version", loaded_fact, diagnostics);
  const auto words = read_text(host, "/proc/driver/nvidia/version", loaded_fact, diagnostics);
  driver.loaded = words ? parse_module_version(*words) : std::nullopt;
  if (words && !driver.loaded)
    could_not(diagnostics, loaded_fact, "/proc/driver/nvidia/version is not written as expected");
  if (!version) return;
  if (!driver.loaded) driver.loaded = LoadedDriver{};
  driver.loaded->version = trim(*version);
  note_unknown_flavour(*driver.loaded, diagnostics);
}

void detect_driver_files(const HostView& host, const std::string& architecture, DriverFacts& driver,
                         Diagnostics& diagnostics) {
  const std::vector<Library> libraries = find_libraries(host, architecture, diagnostics);
  if (!libraries.empty()) driver.library_version = libraries.front().version;
  driver.runfile = find_runfile(host, libraries, diagnostics);
}

}  // namespace nvprov
