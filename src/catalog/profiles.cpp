// manifests/profiles/<id>.json
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

EnvironmentVariable read_variable(ObjectReader& reader) {
  return {.name = reader.text("name", a_variable_name), .value = reader.text("value", a_template)};
}

std::vector<std::string> optional_words(ObjectReader& reader, std::string_view key) {
  return reader.has(key) ? distinct_texts(reader, key, a_word) : std::vector<std::string>{};
}

ProfilePart read_part(ObjectReader& reader) {
  return {.driver = reader.boolean("driver"),
          .driver_components = distinct_texts(reader, "driver_components", a_word),
          .nvswitch_components = distinct_texts(reader, "nvswitch_components", a_word),
          .nvlink5_components = optional_words(reader, "nvlink5_components"),
          .rack_components = optional_words(reader, "rack_components"),
          .cuda_components = distinct_texts(reader, "cuda_components", a_word),
          .container_toolkit = reader.has("container_toolkit") && reader.boolean("container_toolkit"),
          .environment = reader.has("environment") ? reader.objects("environment", read_variable)
                                                   : std::vector<EnvironmentVariable>{}};
}

}  // namespace

void read_profile_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.profile")) return;
  const SourceTable table = read_source_table(reader);
  Profile profile{.id = reader.text("id", a_word),
                  .aliases = distinct_texts(reader, "aliases", a_word),
                  .title = reader.text("title", a_line),
                  .exact_cuda = reader.has("exact_cuda") && reader.boolean("exact_cuda"),
                  .host_only = !reader.has("image"),
                  .host = reader.object("host", read_part),
                  .image = reader.has("image") ? reader.object("image", read_part) : ProfilePart{},
                  .sources = read_sources(reader, table)};
  check_file_name(reader, "id", profile.id);
  reader.finish();
  records.profiles.push_back({std::move(profile), document.path, "", ""});
}

}  // namespace nvprov
