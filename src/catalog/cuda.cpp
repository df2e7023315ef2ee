// manifests/cuda/<release>.json
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"
#include "catalog/toolkit_components.hpp"

namespace nvprov {
namespace {

std::vector<CudaUpdate> read_updates(ObjectReader& reader, const SourceTable& table, std::string_view release) {
  std::vector<std::string> versions;
  auto updates = reader.objects("updates", [&](ObjectReader& item) {
    read_sources(item, table);
    versions.push_back(item.text("version", a_version));
    return CudaUpdate{.version = versions.back(),
                      .min_driver = item.nullable_text("min_driver", a_version),
                      .date = item.nullable_text("date", a_date),
                      .bundled_driver = item.nullable_text("bundled_driver", a_version),
                      .architectures = nullable_distinct_texts(item, "architectures", a_word),
                      .components = read_toolkit_components(item)};
  });
  check_series(reader, "updates", versions, release);
  return updates;
}

std::vector<HostCompiler> read_host_compilers(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> names;
  auto compilers = reader.objects("host_compilers", [&](ObjectReader& item) {
    read_sources(item, table);
    names.push_back(item.text("compiler", a_word));
    return HostCompiler{.compiler = names.back(),
                        .oldest = item.nullable_text("oldest", a_version),
                        .newest = item.nullable_text("newest", a_version)};
  });
  check_distinct(reader, "host_compilers", "compiler", names);
  return compilers;
}

std::optional<bool> read_meta_packages(ObjectReader& reader, const SourceTable& table) {
  return reader.object("meta_packages", [&](ObjectReader& item) {
    read_sources(item, table);
    return item.nullable_boolean("pull_driver");
  });
}

CudaRelease read_cuda_release(ObjectReader& reader, const SourceTable& table) {
  CudaRelease release{.release = reader.text("release", a_version),
                      .minor_compat_min_driver = reader.nullable_text("minor_compat_min_driver", a_version),
                      .compute_capabilities = distinct_texts(reader, "compute_capabilities", a_version),
                      .meta_packages_pull_driver = read_meta_packages(reader, table),
                      .host_compilers = read_host_compilers(reader, table),
                      .updates = {},
                      .sources = read_sources(reader, table)};
  release.updates = read_updates(reader, table, release.release);
  return release;
}

}  // namespace

void read_cuda_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.cuda")) return;
  const SourceTable table = read_source_table(reader);
  CudaRelease release = read_cuda_release(reader, table);
  check_file_name(reader, "release", release.release);
  reader.finish();
  records.cuda.push_back({std::move(release), document.path, "", ""});
}

}  // namespace nvprov
