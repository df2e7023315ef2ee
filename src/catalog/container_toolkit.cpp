// manifests/container-toolkit.json
#include "catalog/package_parts.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

ContainerToolkitOffer read_offer(ObjectReader& reader, const SourceTable& table) {
  return {.title = reader.text("title", a_line),
          .repositories = reader.objects("repositories", read_repository),
          .sources = read_sources(reader, table)};
}

RetiredToolkit read_retired(ObjectReader& reader, const SourceTable& table) {
  return {.packages = distinct_texts(reader, "packages", a_word),
          .repositories = distinct_texts(reader, "repositories", an_https_url),
          .sources = read_sources(reader, table)};
}

ContainerToolkitFloor read_floor(ObjectReader& reader, const SourceTable& table) {
  return {.version = reader.text("version", a_version),
          .cves = distinct_texts(reader, "cves", a_cve),
          .sources = read_sources(reader, table)};
}

TrialStart read_trial_start(ObjectReader& reader) {
  return {.title = reader.text("title", a_line),
          .argv = reader.texts("argv", a_line),
          .needs_runtime = reader.boolean("needs_runtime")};
}

EngineTrial read_trial(ObjectReader& reader) {
  return {.import = reader.texts("import", a_line),
          .remove = reader.texts("remove", a_line),
          .starts = reader.objects("starts", read_trial_start)};
}

EngineInstallation read_installation(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .title = reader.text("title", a_line),
          .programs = distinct_texts(reader, "programs", a_path_from_root),
          .sockets = distinct_texts(reader, "sockets", a_word),
          .packages = distinct_texts(reader, "packages", a_word),
          .format = reader.text("format", one_of({"docker", "containerd", "crio", "k0s", "none"})),
          .config = reader.nullable_text("config", a_path_from_root),
          .drop_in = reader.nullable_text("drop_in", a_path_from_root),
          .unit = reader.nullable_text("unit", a_word),
          .takes_changes_by = reader.text("takes_changes_by", one_of({"reload", "restart", "nothing"})),
          .cdi_from = reader.nullable_text("cdi_from", a_version),
          .cdi_default_from = reader.nullable_text("cdi_default_from", a_version),
          .belongs_to = distinct_texts(reader, "belongs_to", a_word),
          .needed_by = distinct_texts(reader, "needed_by", a_word),
          .own_toolkit = reader.boolean("own_toolkit"),
          .advice = reader.nullable_text("advice", a_line),
          .trial = reader.nullable_object("trial", read_trial),
          .sources = read_sources(reader, table)};
}

EngineMinimum read_engine(ObjectReader& reader, const SourceTable& table) {
  return {.engine = reader.text("engine", a_word),
          .feature = reader.text("feature", a_line),
          .version = reader.nullable_text("version", a_version),
          .toolkit = reader.nullable_text("toolkit", a_version),
          .sources = read_sources(reader, table)};
}

ContainerToolkitFeature read_toolkit_feature(ObjectReader& reader, const SourceTable& table) {
  return {.feature = reader.text("feature", a_line),
          .first_release = reader.text("first_release", a_version),
          .sources = read_sources(reader, table)};
}

ContainerToolkitIssue read_issue(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .text = reader.text("text", a_line),
          .first_release = reader.nullable_text("first_release", a_version),
          .last_release = reader.nullable_text("last_release", a_version),
          .workarounds = distinct_texts(reader, "workarounds", a_line),
          .sources = read_sources(reader, table)};
}

std::vector<ContainerToolkitRelease> read_toolkit_releases(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> versions;
  auto releases = reader.objects("releases", [&](ObjectReader& item) {
    read_sources(item, table);
    versions.push_back(item.text("version", a_version));
    return ContainerToolkitRelease{.version = versions.back(),
                                   .date = item.nullable_text("date", a_date),
                                   .cves_fixed = distinct_texts(item, "cves_fixed", a_cve)};
  });
  check_series(reader, "releases", versions, "");
  return releases;
}

}  // namespace

void read_container_toolkit_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.container-toolkit")) return;
  const SourceTable table = read_source_table(reader);
  const auto with_sources = [&table](auto read) {
    return [&table, read](ObjectReader& item) { return read(item, table); };
  };
  ContainerToolkit toolkit{.license = reader.text("license", a_license),
                           .one_version_packages = distinct_texts(reader, "one_version_packages", a_word),
                           .cdi_packages = distinct_texts(reader, "cdi_packages", a_word),
                           .cdi_engines = distinct_texts(reader, "cdi_engines", a_word),
                           .brought_by = distinct_texts(reader, "brought_by", a_word),
                           .package_version = reader.text("package_version", a_template),
                           .offer = reader.object("offer", with_sources(read_offer)),
                           .retired = reader.object("retired", with_sources(read_retired)),
                           .security_floor = reader.object("security_floor", with_sources(read_floor)),
                           .installations = reader.objects("installations", with_sources(read_installation)),
                           .engines = reader.objects("engines", with_sources(read_engine)),
                           .features = reader.objects("features", with_sources(read_toolkit_feature)),
                           .issues = reader.objects("issues", with_sources(read_issue)),
                           .releases = read_toolkit_releases(reader, table)};
  reader.finish();
  records.container_toolkits.push_back({std::move(toolkit), document.path, "", ""});
}

}  // namespace nvprov
