// manifests/packages/<id>.json: how one maker names its packages for one kind of distribution.
#include "catalog/package_parts.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

std::vector<PackageEra> read_eras(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> ids;
  auto eras = reader.objects("eras", [&](ObjectReader& item) {
    ids.push_back(item.text("id", a_word));
    return PackageEra{.id = ids.back(),
                      .first_branch = item.text("first_branch", a_version),
                      .last_branch = item.nullable_text("last_branch", a_version),
                      .module = item.nullable_text("module", a_word),
                      .components = read_components(item, a_driver_part),
                      .modules = read_modules(item),
                      .driver_versioned = distinct_texts(item, "driver_versioned", a_template),
                      .sources = read_sources(item, table)};
  });
  check_distinct(reader, "eras", "id", ids);
  return eras;
}

std::vector<PackageNeed> read_needs(ObjectReader& reader, const SourceTable& table) {
  return reader.objects("needs", [&](ObjectReader& item) {
    return PackageNeed{.package = item.text("package", a_word),
                       .first_release = item.nullable_text("first_release", a_version),
                       .last_release = item.nullable_text("last_release", a_version),
                       .sources = read_sources(item, table)};
  });
}

std::vector<CudaComponent> read_cuda(ObjectReader& reader, const SourceTable& table) {
  return reader.objects("cuda", [&](ObjectReader& item) {
    return CudaComponent{.component = item.text("component", a_word),
                         .packages = distinct_texts(item, "packages", a_template),
                         .license = item.text("license", a_license),
                         .first_release = item.nullable_text("first_release", a_version),
                         .last_release = item.nullable_text("last_release", a_version),
                         .part = item.has("part") ? item.text("part", a_part) : "runtime",
                         .needs = item.has("needs") ? read_needs(item, table) : std::vector<PackageNeed>{},
                         .architectures = read_component_architectures(item),
                         .brings = read_what_it_brings(item),
                         .host_compiler = read_host_compiler(item)};
  });
}

std::optional<DrawnDriver> read_drawn_driver(ObjectReader& reader, const SourceTable& table) {
  if (!reader.has("drawn_driver")) return std::nullopt;
  return reader.nullable_object("drawn_driver", [&](ObjectReader& item) {
    return DrawnDriver{.by = item.text("by", a_word),
                       .last_release = item.text("last_release", a_version),
                       .packages = distinct_texts(item, "packages", a_word),
                       .sources = read_sources(item, table)};
  });
}

std::optional<CudaAlternative> read_alternative(ObjectReader& reader, const SourceTable& table) {
  if (!reader.has("alternative")) return std::nullopt;
  return reader.nullable_object("alternative", [&](ObjectReader& item) {
    return CudaAlternative{.name = item.text("name", a_word),
                           .link = item.text("link", a_path_from_root),
                           .target = item.text("target", a_template),
                           .newest_is_automatic = item.nullable_boolean("newest_is_automatic"),
                           .sources = read_sources(item, table)};
  });
}

}  // namespace

void read_family_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.packages")) return;
  const SourceTable table = read_source_table(reader);
  PackageFamily family{.id = reader.text("id", a_word),
                       .origins = distinct_texts(reader, "origins", a_line),
                       .https_prerequisites = distinct_texts(reader, "https_prerequisites", a_word),
                       .eras = read_eras(reader, table),
                       .cuda = read_cuda(reader, table),
                       .alternative = read_alternative(reader, table),
                       .drawn_driver = read_drawn_driver(reader, table),
                       .sources = read_sources(reader, table)};
  check_file_name(reader, "id", family.id);
  reader.finish();
  records.families.push_back({std::move(family), document.path, "", ""});
}

}  // namespace nvprov
