// manifests/fabric.json
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

FabricGeneration read_generation(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .nvlink = reader.text("nvlink", a_number),
          .chip = reader.nullable_text("chip", a_line),
          .systems = distinct_texts(reader, "systems", a_line),
          .components = distinct_texts(reader, "components", a_word),
          .switches_apart = reader.has("switches_apart") && reader.boolean("switches_apart"),
          .sources = read_sources(reader, table)};
}

NvSwitchModel read_nvswitch_model(ObjectReader& reader, const SourceTable& table) {
  read_sources(reader, table);
  return {.device_id = reader.text("device_id", a_device_id),
          .name = reader.text("name", a_line),
          .generation = reader.text("generation", a_word),
          .role = reader.text("role", one_of({"switch", "bridge"}))};
}

FabricMark read_fabric_mark(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .generation = reader.text("generation", a_word),
          .folder = reader.text("folder", a_path_from_root),
          .file = reader.text("file", a_word),
          .text = reader.text("text", a_line),
          .kernel_modules = distinct_texts(reader, "kernel_modules", a_word),
          .sources = read_sources(reader, table)};
}

FabricBoard read_board(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .device_ids = distinct_texts(reader, "device_ids", a_device_id),
          .generation = reader.nullable_text("generation", a_word),
          .min_driver = reader.nullable_text("min_driver", a_version),
          .sources = read_sources(reader, table)};
}

FabricPackage read_fabric_package(ObjectReader& reader, const SourceTable& table) {
  return {.component = reader.text("component", a_word),
          .name = reader.text("name", a_word),
          .version = reader.text("version", one_of({"driver", "own"})),
          .first_branch = reader.nullable_text("first_branch", a_version),
          .last_branch = reader.nullable_text("last_branch", a_version),
          .sources = read_sources(reader, table)};
}

}  // namespace

void read_fabric_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.fabric")) return;
  const SourceTable table = read_source_table(reader);
  records.fabric.generations = read_list(reader, "generations", table, read_generation);
  records.fabric.nvswitches = read_list(reader, "nvswitches", table, read_nvswitch_model);
  records.fabric.marks = read_list(reader, "marks", table, read_fabric_mark);
  records.fabric.boards = read_list(reader, "boards", table, read_board);
  records.fabric.packages = read_list(reader, "packages", table, read_fabric_package);
  reader.finish();
}

}  // namespace nvprov
