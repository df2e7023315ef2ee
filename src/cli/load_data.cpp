#include "cli/load_data.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/catalog.hpp"
#include "catalog/checks.hpp"
#include "catalog/concepts.hpp"
#include "catalog/packed_files.hpp"
#include "catalog/raw_records.hpp"
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

// A folder somebody named must be there and hold data.
Result<std::vector<DataFile>> read_named_folder(const HostView& machine, const std::string& folder,
                                                std::string_view named_by, Trust trust) {
  if (const Status there = check_is_folder(machine, folder, named_by); !there) return fail(there.error());
  auto files = read_folder(machine, folder, trust);
  if (files && files->empty()) return fail(no_data(folder, named_by));
  return files;
}

// The last overlay that has a record is the one that counts.
void add_overlaid(std::vector<OverlaidRecord>& all, const DataLayer& layer) {
  for (RawRecord& record : raw_records(layer.files, "")) {
    std::erase_if(all, [&](const OverlaidRecord& each) { return each.kind == record.kind && each.id == record.id; });
    all.push_back({.folder = layer.folder, .kind = std::move(record.kind), .id = std::move(record.id)});
  }
}

// Records that are read when they are asked for: those nvprov carries, with each overlay's on top.
template <class T>
Outcome<std::vector<T>> overlaid_records(
    const HostView& machine, const GlobalOptions& options, tl::expected<std::vector<T>, Diagnostics> records,
    tl::expected<std::vector<T>, Diagnostics> (*overlay)(const std::vector<T>&, std::span<const DataFile>)) {
  if (!records) return give_up(records.error());
  const auto layers = overlay_layers(machine, options);
  if (!layers) return tl::unexpected(layers.error());
  for (const DataLayer& layer : *layers) {
    auto overlaid = overlay(*records, layer.files);
    if (!overlaid) return give_up(with_folder(overlaid.error(), layer.folder));
    records = std::move(overlaid);
  }
  return std::move(*records);
}

}  // namespace

Outcome<std::vector<DataLayer>> overlay_layers(const HostView& machine, const GlobalOptions& options) {
  std::vector<DataLayer> layers;
  auto system = read_folder(machine, std::string(system_overlay), Trust::needed);
  if (!system) return give_up(system.error());
  if (!system->empty()) layers.push_back({.folder = std::string(system_overlay), .files = std::move(*system)});
  for (const std::string& folder : options.data) {
    auto files = read_named_folder(machine, folder, "--data ", Trust::needed);
    if (!files) return give_up(files.error());
    layers.push_back({.folder = folder, .files = std::move(*files)});
  }
  return layers;
}

Outcome<LoadedCatalog> load_data(const HostView& machine, const GlobalOptions& options) {
  const auto layers = overlay_layers(machine, options);
  if (!layers) return tl::unexpected(layers.error());
  LoadedCatalog loaded{.catalog = embedded_catalog(), .overlays = {}, .overlaid = {}};
  for (const DataLayer& layer : *layers) {
    auto catalog = overlay_catalog(loaded.catalog, layer.files);
    if (!catalog) return give_up(with_folder(catalog.error(), layer.folder));
    loaded.catalog = std::move(*catalog);
    loaded.overlays.push_back(layer.folder);
    add_overlaid(loaded.overlaid, layer);
  }
  return loaded;
}

Outcome<std::vector<Concept>> load_concept_data(const HostView& machine, const GlobalOptions& options) {
  return overlaid_records(machine, options, load_concepts(embedded_files()), overlay_concepts);
}

Outcome<std::vector<Check>> load_check_data(const HostView& machine, const GlobalOptions& options) {
  return overlaid_records(machine, options, load_checks(embedded_files()), overlay_checks);
}

Outcome<Catalog> read_whole_data(const HostView& machine, const std::string& folder) {
  const auto files = read_named_folder(machine, folder, "", Trust::not_needed);
  if (!files) return give_up(files.error());
  auto catalog = load_catalog(*files);
  if (!catalog) return give_up(with_folder(catalog.error(), folder));
  if (const auto concepts = load_concepts(*files); !concepts) return give_up(with_folder(concepts.error(), folder));
  if (const auto checks = load_checks(*files); !checks) return give_up(with_folder(checks.error(), folder));
  return std::move(*catalog);
}

Outcome<Catalog> read_overlaid_data(const HostView& machine, const std::string& folder) {
  const auto files = read_named_folder(machine, folder, "", Trust::not_needed);
  if (!files) return give_up(files.error());
  auto catalog = overlay_catalog(embedded_catalog(), *files);
  if (!catalog) return give_up(with_folder(catalog.error(), folder));
  return std::move(*catalog);
}

}  // namespace nvprov
