#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/json.hpp"
#include "model/catalog.hpp"
#include "model/concept.hpp"
#include "model/finding.hpp"

namespace nvprov {

// One data file, parsed as JSON.
struct Document {
  std::string path;
  Json root;
};

// A record and where it stands, for problems that only show when records are compared.
template <class T>
struct Placed {
  T record;
  std::string file;
  std::string place;  // "/gpus/3"; empty where the file is the record
  std::string note;   // what a reader of a problem in this record must know; may be empty
};

// What manifests/fabric.json says.
struct FabricRecords {
  std::vector<Placed<FabricGeneration>> generations;
  std::vector<Placed<NvSwitchModel>> nvswitches;
  std::vector<Placed<FabricMark>> marks;
  std::vector<Placed<FabricBoard>> boards;
  std::vector<Placed<FabricPackage>> packages;
};

// What the files of one folder say, before it is known whether they agree.
struct Records {
  std::string date;
  std::vector<Placed<GpuArchitecture>> architectures;
  std::vector<Placed<GpuModel>> gpus;
  std::vector<Placed<DriverBranch>> drivers;
  std::vector<Placed<CudaRelease>> cuda;
  std::optional<Placed<ForwardCompatibility>> forward_compatibility;  // without its lists, which follow
  std::vector<Placed<CompatRelease>> compat_releases;
  std::vector<Placed<CompatGpuClass>> compat_gpu_classes;
  std::vector<Placed<CompatBase>> compat_bases;
  std::vector<Placed<CompatFeature>> compat_features;
  std::vector<Placed<CompatError>> compat_errors;
  std::vector<Placed<Profile>> profiles;
  std::vector<Placed<SigningKey>> keys;
  std::vector<Placed<PackageFamily>> families;
  std::vector<Placed<Distro>> distros;
  std::vector<Placed<Concept>> concepts;
  std::vector<Placed<Check>> checks;
  std::vector<Placed<CudaLibrary>> libraries;
  std::vector<Placed<ContainerToolkit>> container_toolkits;  // one at most
  FabricRecords fabric;
  std::vector<Placed<VgpuDevice>> vgpus;
  std::vector<std::string> files;  // every data file there is, readable or not
  bool has_architectures = false;  // whether their list could be read

  // Whether there is such a file. A record that refers to one that could not be read is not wrong itself.
  bool has_file(std::string_view path) const;
};

// The file a record of this identity stands in.
inline constexpr std::string_view catalog_file = "manifests/catalog.json";
inline constexpr std::string_view gpus_file = "manifests/gpus.json";
inline constexpr std::string_view container_toolkit_file = "manifests/container-toolkit.json";
inline constexpr std::string_view fabric_file = "manifests/fabric.json";
inline constexpr std::string_view vgpu_file = "manifests/vgpu.json";
inline constexpr std::string_view forward_compatibility_file = "manifests/forward_compatibility.json";
std::string driver_file(std::string_view branch);
std::string cuda_file(std::string_view release);
std::string profile_file(std::string_view id);
std::string key_file(std::string_view id);
std::string family_file(std::string_view id);
std::string distro_file(std::string_view id);
inline constexpr std::string_view concept_folder = "manifests/concepts/";
std::string concept_file(std::string_view id);
inline constexpr std::string_view check_folder = "manifests/checks/";
std::string check_file(std::string_view id);
std::string library_file(std::string_view id);

// One reader per kind of file: adds what the file says to `records`, and what is wrong with it to `problems`.
void read_catalog_file(const Document& document, Records& records, Diagnostics& problems);
void read_gpus_file(const Document& document, Records& records, Diagnostics& problems);
void read_driver_file(const Document& document, Records& records, Diagnostics& problems);
void read_cuda_file(const Document& document, Records& records, Diagnostics& problems);
void read_forward_compatibility_file(const Document& document, Records& records, Diagnostics& problems);
void read_profile_file(const Document& document, Records& records, Diagnostics& problems);
void read_key_file(const Document& document, Records& records, Diagnostics& problems);
void read_family_file(const Document& document, Records& records, Diagnostics& problems);
void read_check_file(const Document& document, Records& records, Diagnostics& problems);
void read_concept_file(const Document& document, Records& records, Diagnostics& problems);
void read_library_file(const Document& document, Records& records, Diagnostics& problems);
void read_container_toolkit_file(const Document& document, Records& records, Diagnostics& problems);
void read_fabric_file(const Document& document, Records& records, Diagnostics& problems);
void read_vgpu_file(const Document& document, Records& records, Diagnostics& problems);
// All at once, because one may be like another: of these files, or of the distributions known before.
void read_distro_files(std::span<const Document> documents, std::span<const Distro> known, Records& records,
                       Diagnostics& problems);

// The `sources` of a file, by key.
using SourceTable = std::map<std::string, Source, std::less<>>;
SourceTable read_source_table(ObjectReader& reader);
// The `source` of a record: one key of the table at least.
std::vector<Source> read_sources(ObjectReader& reader, const SourceTable& table);
// A list of records, each with its place in the file.
template <class T>
std::vector<Placed<T>> read_list(ObjectReader& reader, std::string_view key, const SourceTable& table,
                                 T (*read)(ObjectReader&, const SourceTable&)) {
  return reader.objects(key, [&](ObjectReader& item) {
    return Placed<T>{.record = read(item, table), .file = item.file(), .place = item.path(), .note = {}};
  });
}
// A repository with an address and keys of its own.
Repository read_repository(ObjectReader& reader);
// One entry of `package_sources`.
PackageSource read_package_source(ObjectReader& reader, const SourceTable& table);

// Checks `schema`. False where the file is written for a newer program: what else seems wrong with it is not.
bool read_schema(ObjectReader& reader, std::string_view kind);
// Notes an id that is not the name of its file.
void check_file_name(ObjectReader& reader, std::string_view key, std::string_view id);
// A list of texts, none twice.
std::vector<std::string> distinct_texts(ObjectReader& reader, std::string_view key, const TextRule& rule);
// The same where the list may be null.
std::optional<std::vector<std::string>> nullable_distinct_texts(ObjectReader& reader, std::string_view key,
                                                                const TextRule& rule);
// Notes values of a field that stand twice in a list of objects.
void check_distinct(ObjectReader& reader, std::string_view list, std::string_view field,
                    std::span<const std::string> values);
// Notes versions of a list of objects that do not belong to the record `prefix`, or do not stand oldest first.
void check_series(ObjectReader& reader, std::string_view list, std::span<const std::string> versions,
                  std::string_view prefix);

}  // namespace nvprov
