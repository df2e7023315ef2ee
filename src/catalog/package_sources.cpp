// The `package_sources` of a distribution: what packages a source has, and which releases they are.
#include <fmt/format.h>

#include "catalog/package_parts.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

std::vector<DriverPackageSet> read_package_sets(ObjectReader& reader) {
  std::vector<std::string> ids;
  auto sets = reader.objects("package_sets", [&](ObjectReader& item) {
    ids.push_back(item.text("id", a_word));
    return DriverPackageSet{.id = ids.back(),
                            .module = item.has("module") ? item.nullable_text("module", a_word) : std::nullopt,
                            .components = read_components(item, a_driver_part),
                            .modules = read_modules(item),
                            .driver_versioned = distinct_texts(item, "driver_versioned", a_template)};
  });
  check_distinct(reader, "package_sets", "id", ids);
  return sets;
}

std::vector<DriverOffer> read_driver_offers(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> identities;
  auto offers = reader.objects("drivers", [&](ObjectReader& item) {
    DriverOffer offer{.branch = item.text("branch", a_version),
                      .version = item.text("version", a_version),
                      .package_version = item.nullable_text("package_version", a_word),
                      .package_set = item.text("package_set", a_word),
                      .suite = item.text("suite", a_template),
                      .modules = distinct_texts(item, "modules", a_flavour),
                      .no_open_module = item.nullable_text("no_open_module"),
                      .architectures = distinct_texts(item, "architectures", a_word),
                      .end_of_support = item.nullable_text("end_of_support", a_date),
                      .sources = read_sources(item, table)};
    identities.push_back(fmt::format("{} in {}, packages {}", offer.package_version.value_or(offer.version),
                                     offer.suite, offer.package_set));
    return offer;
  });
  check_distinct(reader, "drivers", "package_version", identities);
  return offers;
}

std::vector<CudaOffer> read_cuda_offers(ObjectReader& reader, const SourceTable& table) {
  std::vector<std::string> identities;
  auto offers = reader.objects("cuda", [&](ObjectReader& item) {
    CudaOffer offer{.release = item.text("release", a_version),
                    .update = item.text("update", a_version),
                    .suite = item.text("suite", a_template),
                    .architectures = distinct_texts(item, "architectures", a_word),
                    .components = read_components(item, a_part),
                    .sources = read_sources(item, table)};
    identities.push_back(fmt::format("{} in {}", offer.update, offer.suite));
    return offer;
  });
  check_distinct(reader, "cuda", "update", identities);
  return offers;
}

// The address itself, or an https address of its own.
std::optional<Complaint> a_key_url(std::string_view text) {
  if (text.starts_with("{url}")) return a_template(text);
  return an_https_url(text);
}

}  // namespace

Repository read_repository(ObjectReader& reader) {
  std::vector<std::string> architectures;
  Repository repository{
      .id = reader.text("id", a_word),
      .kind = reader.text("kind", one_of({"apt", "rpm"})),
      .addresses = reader.objects("addresses",
                                  [&](ObjectReader& item) {
                                    architectures.push_back(item.text("arch", a_word));
                                    return RepositoryAddress{.arch = architectures.back(),
                                                             .url = item.text("url", an_https_url)};
                                  }),
      .keys = distinct_texts(reader, "keys", a_word),
      .key_url = reader.nullable_text("key_url", a_key_url),
      .packages_signed = reader.boolean("packages_signed"),
      .metadata_signed = reader.boolean("metadata_signed"),
      .third_party = reader.boolean("third_party"),
  };
  check_distinct(reader, "addresses", "arch", architectures);
  return repository;
}

namespace {

std::vector<Prerequisite> read_prerequisites(ObjectReader& reader) {
  std::vector<std::string> ids;
  auto prerequisites = reader.objects("prerequisites", [&](ObjectReader& item) {
    ids.push_back(item.text("id", a_word));
    return Prerequisite{.id = ids.back(),
                        .title = item.text("title", a_line),
                        .enables = distinct_texts(item, "enables", a_template),
                        .repository = item.nullable_object("repository", read_repository)};
  });
  check_distinct(reader, "prerequisites", "id", ids);
  return prerequisites;
}

// What follows from the family is filled in when the whole catalog is there.
void read_family_source(ObjectReader& reader, PackageSource& source) {
  source.family = reader.text("family", a_word);
  source.driver_branches = distinct_texts(reader, "driver_branches", a_version);
  source.first_cuda = reader.nullable_text("first_cuda", a_version);
  source.last_cuda = reader.nullable_text("last_cuda", a_version);
  source.architectures = distinct_texts(reader, "architectures", a_word);
}

void read_own_packages(ObjectReader& reader, const SourceTable& table, PackageSource& source) {
  source.origins = distinct_texts(reader, "origins", a_line);
  source.https_prerequisites = distinct_texts(reader, "https_prerequisites", a_word);
  source.package_sets = read_package_sets(reader);
  source.drivers = read_driver_offers(reader, table);
  source.cuda = read_cuda_offers(reader, table);
}

}  // namespace

PackageSource read_package_source(ObjectReader& reader, const SourceTable& table) {
  PackageSource source;
  source.id = reader.text("id", a_word);
  source.title = reader.text("title", a_line);
  source.suites = distinct_texts(reader, "suites", a_template);
  source.components = distinct_texts(reader, "components", a_word);
  if (reader.has("repositories")) source.repositories = reader.objects("repositories", read_repository);
  if (reader.has("prerequisites")) source.prerequisites = read_prerequisites(reader);
  if (reader.has("libraries")) source.libraries = distinct_texts(reader, "libraries", a_word);
  if (reader.has("family"))
    read_family_source(reader, source);
  else
    read_own_packages(reader, table, source);
  source.sources = read_sources(reader, table);
  return source;
}

}  // namespace nvprov
