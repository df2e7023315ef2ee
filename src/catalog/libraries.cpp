// manifests/libraries/<id>.json
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

LibraryCudaMajor read_cuda_major(ObjectReader& reader, const SourceTable& table) {
  read_sources(reader, table);
  return {.major = reader.text("cuda_major", a_number),
          .first_release = reader.text("first_release", a_version),
          .last_release = reader.nullable_text("last_release", a_version),
          .min_driver = reader.nullable_text("min_driver", a_version)};
}

LibraryPackages read_library_packages(ObjectReader& reader, const SourceTable& table) {
  read_sources(reader, table);
  return {.manager = reader.text("manager", one_of({"deb", "rpm", "pypi"})),
          .first_release = reader.nullable_text("first_release", a_version),
          .last_release = reader.nullable_text("last_release", a_version),
          .runtime = distinct_texts(reader, "runtime", a_template),
          .development = distinct_texts(reader, "development", a_template),
          .version = reader.nullable_text("version", a_template)};
}

// A list that may be null, which is "not known", as an empty one is here.
std::vector<std::string> nullable_texts(ObjectReader& reader, std::string_view key, const TextRule& rule) {
  const Json* member = reader.optional_member(key);
  if (member != nullptr && member->is_null()) return {};
  return distinct_texts(reader, key, rule);
}

LibraryBuild read_library_build(ObjectReader& reader) {
  return {.cuda = reader.text("cuda", a_version),
          .architectures = nullable_texts(reader, "architectures", a_word),
          .min_driver = reader.nullable_text("min_driver", a_version),
          .min_capability = reader.nullable_text("min_capability", a_version),
          .max_capability = reader.nullable_text("max_capability", a_version),
          .compute_capabilities = nullable_texts(reader, "compute_capabilities", a_version)};
}

LibraryRelease read_library_release(ObjectReader& reader, const SourceTable& table) {
  read_sources(reader, table);
  return {.version = reader.text("version", a_version),
          .full_version = reader.nullable_text("full_version", a_version),
          .date = reader.nullable_text("date", a_date),
          .builds_complete = reader.boolean("builds_complete"),
          .builds = reader.objects("builds", read_library_build)};
}

std::vector<LibraryRelease> read_library_releases(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> versions;
  auto releases = reader.objects("releases", [&](ObjectReader& item) {
    LibraryRelease release = read_library_release(item, table);
    versions.push_back(release.version);
    return release;
  });
  check_series(reader, "releases", versions, "");
  return releases;
}

}  // namespace

void read_library_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.library")) return;
  const SourceTable table = read_source_table(reader);
  CudaLibrary library{
      .id = reader.text("id", a_word),
      .title = reader.text("title", a_line),
      .cuda_majors = reader.objects("cuda_majors", [&](ObjectReader& item) { return read_cuda_major(item, table); }),
      .packages = reader.objects("packages", [&](ObjectReader& item) { return read_library_packages(item, table); }),
      .releases = read_library_releases(reader, table),
      .sources = read_sources(reader, table)};
  check_file_name(reader, "id", library.id);
  reader.finish();
  records.libraries.push_back({std::move(library), document.path, "", ""});
}

}  // namespace nvprov
