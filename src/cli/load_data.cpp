#include "cli/load_data.hpp"

#include <fmt/format.h>

#include "catalog/catalog.hpp"
#include "cli/owner.hpp"

namespace nvprov {
namespace {

constexpr std::string_view system_overlay = "/etc/nvprov";

Status read_below(const HostView& machine, const std::string& folder, const std::string& relative,
                  std::vector<DataFile>& files) {
  const std::string path = folder + "/" + relative;
  const auto names = machine.list_directory(path);
  if (!names) return fail(names.error().in("reading the data overlay"));
  if (!*names) return {};
  if (const Status owner = check_owner(machine, path); !owner) return owner;
  for (const std::string& name : **names) {
    const std::string child = relative + "/" + name;
    const auto info = machine.file_info(folder + "/" + child);
    if (!info) return fail(info.error());
    if (*info && (*info)->kind == FileInfo::Kind::directory) {
      if (name == "schema" || name == "keys") continue;
      if (const Status below = read_below(machine, folder, child, files); !below) return below;
      continue;
    }
    if (!name.ends_with(".json")) continue;
    if (const Status owner = check_owner(machine, folder + "/" + child); !owner) return owner;
    auto text = machine.read_file(folder + "/" + child);
    if (!text) return fail(text.error());
    files.push_back({child, text->value_or("")});
  }
  return {};
}

Result<std::vector<DataFile>> read_overlay(const HostView& machine, const std::string& folder) {
  std::vector<DataFile> files;
  if (const Status owner = check_owner(machine, folder); !owner) return fail(owner.error());
  for (const char* part : {"manifests", "distros"})
    if (const Status read = read_below(machine, folder, part, files); !read) return fail(read.error());
  return files;
}

Diagnostics with_folder(Diagnostics problems, const std::string& folder) {
  for (Diagnostic& problem : problems) problem.file = folder + "/" + problem.file;
  return problems;
}

Outcome<bool> add_overlay(LoadedCatalog& loaded, const HostView& machine, const std::string& folder) {
  auto files = read_overlay(machine, folder);
  if (!files) return give_up(files.error());
  if (files->empty()) return false;
  auto catalog = overlay_catalog(loaded.catalog, *files);
  if (!catalog) return give_up(with_folder(catalog.error(), folder));
  loaded.catalog = std::move(*catalog);
  loaded.overlays.push_back(folder);
  return true;
}

Status check_is_folder(const HostView& machine, const std::string& folder) {
  const auto info = machine.file_info(folder);
  if (!info) return fail(info.error());
  if (*info && (*info)->kind == FileInfo::Kind::directory) return {};
  return fail(ErrorKind::usage, fmt::format("`--data {}`: there is no such folder", folder));
}

}  // namespace

Outcome<LoadedCatalog> load_data(const HostView& machine, const GlobalOptions& options) {
  LoadedCatalog loaded{.catalog = embedded_catalog(), .overlays = {}};
  if (auto added = add_overlay(loaded, machine, std::string(system_overlay)); !added)
    return tl::unexpected(added.error());
  for (const std::string& folder : options.data) {
    if (const Status there = check_is_folder(machine, folder); !there) return give_up(there.error());
    auto added = add_overlay(loaded, machine, folder);
    if (!added) return tl::unexpected(added.error());
    if (!*added)
      return give_up(Error{.kind = ErrorKind::usage,
                           .message = fmt::format("`--data {}` holds no data", folder),
                           .because = {"neither manifests/ nor distros/ with JSON files is in it"},
                           .hints = {},
                           .context = {}});
  }
  return loaded;
}

}  // namespace nvprov
