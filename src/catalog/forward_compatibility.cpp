// manifests/forward_compatibility.json
#include <fmt/format.h>

#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

CompatRelease read_compat_release(ObjectReader& reader, const SourceTable& table) {
  return {.cuda = reader.text("cuda", a_version),
          .libraries_branch = reader.text("libraries_branch", a_version),
          .works_over = distinct_texts(reader, "works_over", a_version),
          .not_needed_on = distinct_texts(reader, "not_needed_on", a_version),
          .does_not_work_over = distinct_texts(reader, "does_not_work_over", a_version),
          .sources = read_sources(reader, table)};
}

CompatGpuClass read_gpu_class(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .title = reader.text("title", a_line),
          .eligible = reader.text("eligible", one_of({"all", "some", "none", "unknown"})),
          .name_words = distinct_texts(reader, "name_words", a_line),
          .sources = read_sources(reader, table)};
}

CompatBase read_base(ObjectReader& reader, const SourceTable& table) {
  return {.cuda_major = reader.text("cuda_major", a_version),
          .first_branch = reader.text("first_branch", a_version),
          .sources = read_sources(reader, table)};
}

CompatFeature read_compat_feature(ObjectReader& reader, const SourceTable& table) {
  return {.feature = reader.text("feature", a_word),
          .works = reader.boolean("works"),
          .condition = reader.nullable_text("condition", a_line),
          .sources = read_sources(reader, table)};
}

CompatError read_error(ObjectReader& reader, const SourceTable& table) {
  return {.name = reader.text("name", a_word),
          .code = reader.integer("code"),
          .meaning = reader.text("meaning", a_line),
          .sources = read_sources(reader, table)};
}

// The records of one list, each with its place.
template <class T>
void add_list(ObjectReader& reader, const SourceTable& table, std::string_view list,
              T (*read)(ObjectReader&, const SourceTable&), std::vector<Placed<T>>& records) {
  for (Placed<T>& item : reader.objects(list, [&](ObjectReader& each) {
         return Placed<T>{read(each, table), each.file(), each.path(), ""};
       }))
    records.push_back(std::move(item));
}

}  // namespace

void read_forward_compatibility_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.forward-compatibility")) return;
  const SourceTable table = read_source_table(reader);
  ForwardCompatibility forward;
  forward.package = reader.text("package", a_template);
  forward.directory = reader.text("directory", a_template);
  forward.sources = read_sources(reader, table);
  add_list(reader, table, "releases", read_compat_release, records.compat_releases);
  add_list(reader, table, "gpu_classes", read_gpu_class, records.compat_gpu_classes);
  add_list(reader, table, "bases", read_base, records.compat_bases);
  add_list(reader, table, "features", read_compat_feature, records.compat_features);
  add_list(reader, table, "errors", read_error, records.compat_errors);
  reader.finish();
  records.forward_compatibility = {std::move(forward), document.path, "", ""};
}

}  // namespace nvprov
