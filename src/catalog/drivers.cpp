// manifests/drivers/<branch>.json
#include "catalog/driver_support.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

std::vector<DriverRelease> read_releases(ObjectReader& reader, const SourceTable& table, std::string_view branch) {
  std::vector<std::string> versions;
  auto releases = reader.objects("releases", [&](ObjectReader& item) {
    read_sources(item, table);
    versions.push_back(item.text("version", a_version));
    return DriverRelease{.version = versions.back(), .date = item.nullable_text("date", a_date)};
  });
  check_series(reader, "releases", versions, branch);
  return releases;
}

DriverBranch read_branch(ObjectReader& reader, const SourceTable& table) {
  DriverBranch branch{
      .branch = reader.text("branch", a_version),
      .type = reader.nullable_text("type", one_of({"long-term", "production", "new-feature", "legacy"})),
      .cuda = reader.nullable_text("cuda", a_version),
      .end_of_life = reader.nullable_text("end_of_life", a_date),
      .oldest_architecture = reader.text("oldest_architecture", a_line),
      .newest_architecture = reader.text("newest_architecture", a_line),
      .has_proprietary_module = reader.boolean("has_proprietary_module"),
      .has_open_module = reader.boolean("has_open_module"),
      .kernels = read_kernel_support(reader, table),
      .security_floor = read_security_floor(reader, table),
      .releases = {},
      .sources = read_sources(reader, table)};
  branch.releases = read_releases(reader, table, branch.branch);
  return branch;
}

}  // namespace

void read_driver_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.driver")) return;
  const SourceTable table = read_source_table(reader);
  DriverBranch branch = read_branch(reader, table);
  check_file_name(reader, "branch", branch.branch);
  reader.finish();
  records.drivers.push_back({std::move(branch), document.path, "", ""});
}

}  // namespace nvprov
