// manifests/catalog.json and manifests/gpus.json: the two files there is one of.
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

std::optional<Complaint> a_module_support(std::string_view text) {
  return one_of({"proprietary_only", "either", "open_only"})(text);
}

ModuleSupport module_support(std::string_view word) {
  if (word == "proprietary_only") return ModuleSupport::proprietary_only;
  return word == "open_only" ? ModuleSupport::open_only : ModuleSupport::either;
}

std::optional<ModuleSupport> nullable_module_support(ObjectReader& reader, std::string_view key) {
  const auto word = reader.nullable_text(key, a_module_support);
  return word ? std::optional(module_support(*word)) : std::nullopt;
}

GpuArchitecture read_architecture(ObjectReader& reader, const SourceTable& table) {
  return {.name = reader.text("name", a_line),
          .compute_capabilities = distinct_texts(reader, "compute_capabilities", a_version),
          .first_driver_branch = reader.nullable_text("first_driver_branch", a_version),
          .last_driver_branch = reader.nullable_text("last_driver_branch", a_version),
          .modules = module_support(reader.text("modules", a_module_support)),
          .sources = read_sources(reader, table)};
}

GpuModel read_gpu(ObjectReader& reader, const SourceTable& table) {
  read_sources(reader, table);
  return {.device_id = reader.text("device_id", a_device_id),
          .name = reader.text("name", a_line),
          .architecture = reader.text("architecture", a_line),
          .compute_capability = reader.nullable_text("compute_capability", a_version),
          .first_driver_branch = reader.nullable_text("first_driver_branch", a_version),
          .modules = nullable_module_support(reader, "modules")};
}

}  // namespace

void read_catalog_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.catalog")) return;
  records.date = reader.text("date", a_date);
  reader.finish();
}

void read_gpus_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.gpus")) return;
  const SourceTable table = read_source_table(reader);
  records.architectures = read_list(reader, "architectures", table, read_architecture);
  const Json* list = document.root.find("architectures");
  records.has_architectures = list != nullptr && list->get_if<JsonArray>() != nullptr;
  records.gpus = read_list(reader, "gpus", table, read_gpu);
  reader.finish();
}

}  // namespace nvprov
