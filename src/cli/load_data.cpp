#include "cli/load_data.hpp"

#include <fmt/format.h>

#include "catalog/catalog.hpp"
#include "catalog/concepts.hpp"
#include "catalog/packed_files.hpp"
#include "cli/owner.hpp"

namespace nvprov {
namespace {

constexpr std::string_view system_overlay = "/etc/nvprov";

// Whether each file and folder must belong to root where root reads it: data that is used, not data that is looked at.
enum class Trust { needed, not_needed };

Status check_trusted(const HostView& machine, const std::string& path, Trust trust) {
  return trust == Trust::needed ? check_owner(machine, path) : Status{};
}

Status read_below(const HostView& machine, const std::string& folder, const std::string& relative, Trust trust,
                  std::vector<DataFile>& files) {
  const std::string path = folder + "/" + relative;
  const auto names = machine.list_directory(path);
  if (!names) return fail(names.error().in("reading data files"));
  if (!*names) return {};
  if (const Status owner = check_trusted(machine, path, trust); !owner) return owner;
  for (const std::string& name : **names) {
    const std::string child = relative + "/" + name;
    const auto info = machine.file_info(folder + "/" + child);
    if (!info) return fail(info.error());
    if (*info && (*info)->kind == FileInfo::Kind::directory) {
      if (name == "schema") continue;  // for editors and lint's other half, scripts/check-data
      if (const Status below = read_below(machine, folder, child, trust, files); !below) return below;
      continue;
    }
    if (!name.ends_with(".json")) continue;
    if (const Status owner = check_trusted(machine, folder + "/" + child, trust); !owner) return owner;
    auto text = machine.read_file(folder + "/" + child);
    if (!text) return fail(text.error());
    files.push_back({child, text->value_or("")});
  }
  return {};
}

Result<std::vector<DataFile>> read_folder(const HostView& machine, const std::string& folder, Trust trust) {
  std::vector<DataFile> files;
  if (const Status owner = check_trusted(machine, folder, trust); !owner) return fail(owner.error());
  for (const char* part : {"manifests", "distros"})
    if (const Status read = read_below(machine, folder, part, trust, files); !read) return fail(read.error());
  return files;
}

Diagnostics with_folder(Diagnostics problems, const std::string& folder) {
  for (Diagnostic& problem : problems) problem.file = folder + "/" + problem.file;
  return problems;
}

Outcome<bool> add_overlay(LoadedCatalog& loaded, const HostView& machine, const std::string& folder) {
  auto files = read_folder(machine, folder, Trust::needed);
  if (!files) return give_up(files.error());
  if (files->empty()) return false;
  auto catalog = overlay_catalog(loaded.catalog, *files);
  if (!catalog) return give_up(with_folder(catalog.error(), folder));
  loaded.catalog = std::move(*catalog);
  loaded.overlays.push_back(folder);
  return true;
}

Status check_is_folder(const HostView& machine, const std::string& folder, std::string_view named_by) {
  const auto info = machine.file_info(folder);
  if (!info) return fail(info.error());
  if (*info && (*info)->kind == FileInfo::Kind::directory) return {};
  return fail(ErrorKind::usage, fmt::format("`{}{}`: there is no such folder", named_by, folder));
}

Error no_data(const std::string& folder, std::string_view named_by) {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("`{}{}` holds no data", named_by, folder),
          .because = {"neither manifests/ nor distros/ with JSON files is in it"},
          .hints = {},
          .context = {}};
}

}  // namespace

Outcome<LoadedCatalog> load_data(const HostView& machine, const GlobalOptions& options) {
  LoadedCatalog loaded{.catalog = embedded_catalog(), .overlays = {}};
  if (auto added = add_overlay(loaded, machine, std::string(system_overlay)); !added)
    return tl::unexpected(added.error());
  for (const std::string& folder : options.data) {
    if (const Status there = check_is_folder(machine, folder, "--data "); !there) return give_up(there.error());
    auto added = add_overlay(loaded, machine, folder);
    if (!added) return tl::unexpected(added.error());
    if (!*added) return give_up(no_data(folder, "--data "));
  }
  return loaded;
}

Outcome<std::vector<Concept>> load_concept_data(const HostView& machine, const GlobalOptions& options) {
  auto concepts = load_concepts(embedded_files());
  if (!concepts) return give_up(concepts.error());
  std::vector<std::string> folders = {std::string(system_overlay)};
  folders.insert(folders.end(), options.data.begin(), options.data.end());
  for (const std::string& folder : folders) {
    const auto files = read_folder(machine, folder, Trust::needed);
    if (!files) return give_up(files.error());
    auto overlaid = overlay_concepts(*concepts, *files);
    if (!overlaid) return give_up(with_folder(overlaid.error(), folder));
    concepts = std::move(overlaid);
  }
  return std::move(*concepts);
}

Outcome<Catalog> read_whole_data(const HostView& machine, const std::string& folder) {
  if (const Status there = check_is_folder(machine, folder, ""); !there) return give_up(there.error());
  const auto files = read_folder(machine, folder, Trust::not_needed);
  if (!files) return give_up(files.error());
  if (files->empty()) return give_up(no_data(folder, ""));
  auto catalog = load_catalog(*files);
  if (!catalog) return give_up(with_folder(catalog.error(), folder));
  if (const auto concepts = load_concepts(*files); !concepts) return give_up(with_folder(concepts.error(), folder));
  return std::move(*catalog);
}

}  // namespace nvprov
