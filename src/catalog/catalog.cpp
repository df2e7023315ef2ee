#include "catalog/catalog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "catalog/cross_checks.hpp"
#include "catalog/expand_families.hpp"
#include "catalog/records.hpp"

namespace nvprov {
namespace {

using ReadFile = void (*)(const Document&, Records&, Diagnostics&);

struct FileKind {
  std::string_view place;  // a folder that ends in '/', or one file
  ReadFile read;
};

constexpr std::string_view schema_folder = "manifests/schema/";  // for editors and lint, not for this program
constexpr std::string_view distro_folder = "distros/";
constexpr std::array<FileKind, 14> file_kinds = {{{catalog_file, read_catalog_file},
                                                  {gpus_file, read_gpus_file},
                                                  {forward_compatibility_file, read_forward_compatibility_file},
                                                  {"manifests/drivers/", read_driver_file},
                                                  {"manifests/cuda/", read_cuda_file},
                                                  {"manifests/profiles/", read_profile_file},
                                                  {"manifests/keys/", read_key_file},
                                                  {"manifests/packages/", read_family_file},
                                                  {concept_folder, read_concept_file},
                                                  {check_folder, read_check_file},
                                                  {"manifests/libraries/", read_library_file},
                                                  {container_toolkit_file, read_container_toolkit_file},
                                                  {fabric_file, read_fabric_file},
                                                  {vgpu_file, read_vgpu_file}}};

// Directly in the folder, or the file itself.
bool is_at(std::string_view path, std::string_view place) {
  if (!place.ends_with('/')) return path == place;
  return path.starts_with(place) && path.ends_with(".json") && !contains(path.substr(place.size()), "/");
}

ReadFile reader_of(std::string_view path) {
  const auto kind = std::ranges::find_if(file_kinds, [&](const FileKind& item) { return is_at(path, item.place); });
  return kind != file_kinds.end() ? kind->read : nullptr;
}

void note_unknown_kind(std::string_view path, Diagnostics& problems) {
  problems.push_back(
      {std::string(path), "/", "no kind of data file has this name and place",
       fmt::format("expected {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {} or {}", catalog_file, gpus_file,
                   forward_compatibility_file, driver_file("BRANCH"), cuda_file("RELEASE"), profile_file("ID"),
                   key_file("ID"), family_file("ID"), concept_file("ID"), check_file("ID"), library_file("ID"),
                   container_toolkit_file, fabric_file, vgpu_file, distro_file("ID"))});
}

// By path, so that the same files give the same problems in the same words.
std::vector<const DataFile*> in_order(std::span<const DataFile> files) {
  std::vector<const DataFile*> ordered;
  for (const DataFile& file : files)
    if (!file.path.starts_with(schema_folder)) ordered.push_back(&file);
  std::ranges::stable_sort(ordered, {}, &DataFile::path);
  return ordered;
}

Records read_records(std::span<const DataFile> files, std::span<const Distro> known, Diagnostics& problems) {
  Records records;
  std::vector<Document> distros;
  for (const DataFile* file : in_order(files)) {
    const ReadFile read = reader_of(file->path);
    const bool is_distro = is_at(file->path, distro_folder);
    if (read == nullptr && !is_distro) {
      note_unknown_kind(file->path, problems);
      continue;
    }
    records.files.push_back(file->path);
    auto root = parse_json(file->text, file->path, problems);
    if (!root) continue;
    if (is_distro)
      distros.push_back({file->path, std::move(*root)});
    else
      read({file->path, std::move(*root)}, records, problems);
  }
  read_distro_files(distros, known, records, problems);
  return records;
}

void require_file(const Records& records, std::string_view path, Diagnostics& problems) {
  if (!records.has_file(path)) problems.push_back({std::string(path), "/", "the file is missing", ""});
}

// The records of a catalog that is in use already.
template <class T>
std::vector<Placed<T>> placed(const std::vector<T>& records, auto file_of) {
  std::vector<Placed<T>> result;
  for (const T& record : records) result.push_back({record, fmt::format("built-in {}", file_of(record)), "", ""});
  return result;
}

// Those of a file that holds many; a record's place is its identity.
template <class T>
std::vector<Placed<T>> placed_in(std::string_view file, std::string_view list, const std::vector<T>& records,
                                 std::string T::*id) {
  std::vector<Placed<T>> result = placed(records, [&](const T&) { return file; });
  for (Placed<T>& item : result) item.place = fmt::format("/{}/{}", list, item.record.*id);
  return result;
}

FabricRecords records_of(const Fabric& fabric) {
  return {.generations = placed_in(fabric_file, "generations", fabric.generations, &FabricGeneration::id),
          .nvswitches = placed_in(fabric_file, "nvswitches", fabric.nvswitches, &NvSwitchModel::device_id),
          .marks = placed_in(fabric_file, "marks", fabric.marks, &FabricMark::id),
          .boards = placed_in(fabric_file, "boards", fabric.boards, &FabricBoard::id),
          .packages = placed_in(fabric_file, "packages", fabric.packages, &FabricPackage::component)};
}

std::vector<Placed<ContainerToolkit>> records_of(const std::optional<ContainerToolkit>& toolkit) {
  if (!toolkit) return {};
  return {{*toolkit, fmt::format("built-in {}", container_toolkit_file), "", ""}};
}

// What is said once of forward compatibility, without its lists; nothing where nothing is known of it.
std::optional<Placed<ForwardCompatibility>> placed_head(const ForwardCompatibility& forward) {
  if (forward.package.empty()) return std::nullopt;
  ForwardCompatibility head;
  head.package = forward.package;
  head.directory = forward.directory;
  head.sources = forward.sources;
  return Placed<ForwardCompatibility>{std::move(head), fmt::format("built-in {}", forward_compatibility_file), "", ""};
}

Records records_of(const Catalog& expanded) {
  const Catalog catalog = without_expansions(expanded);
  const ForwardCompatibility& forward = catalog.forward_compatibility;
  constexpr std::string_view forward_file = forward_compatibility_file;
  return {.date = catalog.date,
          .architectures = placed_in(gpus_file, "architectures", catalog.architectures, &GpuArchitecture::name),
          .gpus = placed_in(gpus_file, "gpus", catalog.gpus, &GpuModel::device_id),
          .drivers = placed(catalog.drivers, [](const DriverBranch& item) { return driver_file(item.branch); }),
          .cuda = placed(catalog.cuda, [](const CudaRelease& item) { return cuda_file(item.release); }),
          .forward_compatibility = placed_head(forward),
          .compat_releases = placed_in(forward_file, "releases", forward.releases, &CompatRelease::cuda),
          .compat_gpu_classes = placed_in(forward_file, "gpu_classes", forward.gpu_classes, &CompatGpuClass::id),
          .compat_bases = placed_in(forward_file, "bases", forward.bases, &CompatBase::cuda_major),
          .compat_features = placed_in(forward_file, "features", forward.features, &CompatFeature::feature),
          .compat_errors = placed_in(forward_file, "errors", forward.errors, &CompatError::name),
          .profiles = placed(catalog.profiles, [](const Profile& item) { return profile_file(item.id); }),
          .keys = placed(catalog.keys, [](const SigningKey& item) { return key_file(item.id); }),
          .families = placed(catalog.families, [](const PackageFamily& item) { return family_file(item.id); }),
          .distros = placed(catalog.distros, [](const Distro& item) { return distro_file(item.id); }),
          .concepts = {},  // no part of a catalog: each overlay's own are read, and checked when they are asked for
          .checks = {},
          .libraries = placed(catalog.libraries, [](const CudaLibrary& item) { return library_file(item.id); }),
          .container_toolkits = records_of(catalog.container_toolkit),
          .fabric = records_of(catalog.fabric),
          .vgpus = placed_in(vgpu_file, "devices", catalog.vgpus, &VgpuDevice::device_id),
          .files = {},
          .has_architectures = true};
}

// A record of the same identity takes the other's place in the order, a new one comes last.
template <class T>
void replace_or_add(std::vector<Placed<T>>& records, std::vector<Placed<T>>&& added, std::string T::*id) {
  for (Placed<T>& item : added) {
    const auto same = [&](const Placed<T>& old) { return old.record.*id == item.record.*id; };
    const auto old = std::ranges::find_if(records, same);
    if (old == records.end())
      records.push_back(std::move(item));
    else
      *old = std::move(item);
  }
}

void lay_over(FabricRecords& records, FabricRecords&& added) {
  replace_or_add(records.generations, std::move(added.generations), &FabricGeneration::id);
  replace_or_add(records.nvswitches, std::move(added.nvswitches), &NvSwitchModel::device_id);
  replace_or_add(records.marks, std::move(added.marks), &FabricMark::id);
  replace_or_add(records.boards, std::move(added.boards), &FabricBoard::id);
  replace_or_add(records.packages, std::move(added.packages), &FabricPackage::component);
}

void lay_over(Records& records, Records added) {
  if (!added.date.empty()) records.date = added.date;
  replace_or_add(records.architectures, std::move(added.architectures), &GpuArchitecture::name);
  replace_or_add(records.gpus, std::move(added.gpus), &GpuModel::device_id);
  replace_or_add(records.drivers, std::move(added.drivers), &DriverBranch::branch);
  replace_or_add(records.cuda, std::move(added.cuda), &CudaRelease::release);
  if (added.forward_compatibility) records.forward_compatibility = std::move(added.forward_compatibility);
  replace_or_add(records.compat_releases, std::move(added.compat_releases), &CompatRelease::cuda);
  replace_or_add(records.compat_gpu_classes, std::move(added.compat_gpu_classes), &CompatGpuClass::id);
  replace_or_add(records.compat_bases, std::move(added.compat_bases), &CompatBase::cuda_major);
  replace_or_add(records.compat_features, std::move(added.compat_features), &CompatFeature::feature);
  replace_or_add(records.compat_errors, std::move(added.compat_errors), &CompatError::name);
  replace_or_add(records.profiles, std::move(added.profiles), &Profile::id);
  replace_or_add(records.keys, std::move(added.keys), &SigningKey::id);
  replace_or_add(records.families, std::move(added.families), &PackageFamily::id);
  replace_or_add(records.distros, std::move(added.distros), &Distro::id);
  replace_or_add(records.libraries, std::move(added.libraries), &CudaLibrary::id);
  if (!added.container_toolkits.empty()) records.container_toolkits = std::move(added.container_toolkits);
  lay_over(records.fabric, std::move(added.fabric));
  replace_or_add(records.vgpus, std::move(added.vgpus), &VgpuDevice::device_id);
  records.files = std::move(added.files);
}

template <class T>
std::vector<T> unplaced(std::vector<Placed<T>>&& records) {
  std::vector<T> result;
  for (Placed<T>& item : records) result.push_back(std::move(item.record));
  return result;
}

template <class T>
std::vector<T> by_text(std::vector<Placed<T>>&& records, std::string T::*id) {
  std::vector<T> result = unplaced(std::move(records));
  std::ranges::sort(result, {}, id);
  return result;
}

template <class T>
std::vector<T> by_version(std::vector<Placed<T>>&& records, std::string T::*id) {
  std::vector<T> result = unplaced(std::move(records));
  std::ranges::sort(result, [id](const T& a, const T& b) { return compare_versions(a.*id, b.*id) < 0; });
  return result;
}

Fabric finish(FabricRecords&& records) {
  return {.generations = by_text(std::move(records.generations), &FabricGeneration::id),
          .nvswitches = by_text(std::move(records.nvswitches), &NvSwitchModel::device_id),
          .marks = by_text(std::move(records.marks), &FabricMark::id),
          .boards = by_text(std::move(records.boards), &FabricBoard::id),
          .packages = by_text(std::move(records.packages), &FabricPackage::component)};
}

std::optional<ContainerToolkit> finish(std::vector<Placed<ContainerToolkit>>&& toolkits) {
  return toolkits.empty() ? std::nullopt : std::optional(std::move(toolkits.front().record));
}

ForwardCompatibility finish_forward_compatibility(Records& records) {
  if (!records.forward_compatibility) return {};
  ForwardCompatibility forward = std::move(records.forward_compatibility->record);
  forward.releases = by_version(std::move(records.compat_releases), &CompatRelease::cuda);
  forward.gpu_classes = by_text(std::move(records.compat_gpu_classes), &CompatGpuClass::id);
  forward.bases = by_version(std::move(records.compat_bases), &CompatBase::cuda_major);
  forward.features = by_text(std::move(records.compat_features), &CompatFeature::feature);
  forward.errors = by_text(std::move(records.compat_errors), &CompatError::name);
  return forward;
}

Catalog finish(Records&& records) {
  Catalog catalog{.date = std::move(records.date),
                  .digest = "",
                  .architectures = unplaced(std::move(records.architectures)),
                  .gpus = by_text(std::move(records.gpus), &GpuModel::device_id),
                  .drivers = by_version(std::move(records.drivers), &DriverBranch::branch),
                  .cuda = by_version(std::move(records.cuda), &CudaRelease::release),
                  .forward_compatibility = finish_forward_compatibility(records),
                  .profiles = by_text(std::move(records.profiles), &Profile::id),
                  .keys = by_text(std::move(records.keys), &SigningKey::id),
                  .families = by_text(std::move(records.families), &PackageFamily::id),
                  .distros = by_text(std::move(records.distros), &Distro::id),
                  .libraries = by_text(std::move(records.libraries), &CudaLibrary::id),
                  .container_toolkit = finish(std::move(records.container_toolkits)),
                  .fabric = finish(std::move(records.fabric)),
                  .vgpus = by_text(std::move(records.vgpus), &VgpuDevice::device_id)};
  catalog.digest = sha256_hex(encode_catalog(catalog));
  return catalog;
}

tl::expected<Catalog, Diagnostics> checked(Records&& records, Diagnostics&& problems) {
  check_references(records, problems);
  if (problems.empty()) return finish(std::move(records));
  std::ranges::stable_sort(problems, {}, &Diagnostic::file);
  return tl::unexpected(std::move(problems));
}

}  // namespace

tl::expected<Catalog, Diagnostics> load_catalog(std::span<const DataFile> files) {
  Diagnostics problems;
  Records records = read_records(files, {}, problems);
  require_file(records, catalog_file, problems);
  require_file(records, gpus_file, problems);
  check_duplicates(records, problems);
  return checked(std::move(records), std::move(problems));
}

tl::expected<Catalog, Diagnostics> overlay_catalog(const Catalog& base, std::span<const DataFile> files) {
  Diagnostics problems;
  Records added = read_records(files, base.distros, problems);
  check_duplicates(added, problems);
  Records records = records_of(base);
  lay_over(records, std::move(added));
  return checked(std::move(records), std::move(problems));
}

}  // namespace nvprov
