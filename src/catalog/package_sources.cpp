// The `package_sources` of a distribution: what packages a source has, and which releases they are.
#include <fmt/format.h>

#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

std::optional<Complaint> a_license(std::string_view text) {
  return one_of({"proprietary", "open-source", "redistributable"})(text);
}

std::optional<Complaint> a_flavour(std::string_view text) { return one_of({"open", "proprietary"})(text); }

std::vector<ComponentPackages> read_components(ObjectReader& reader) {
  std::vector<std::string> names;
  auto components = reader.objects("components", [&](ObjectReader& item) {
    names.push_back(item.text("component", a_word));
    return ComponentPackages{.component = names.back(),
                             .packages = distinct_texts(item, "packages", a_template),
                             .license = item.text("license", a_license)};
  });
  check_distinct(reader, "components", "component", names);
  return components;
}

std::vector<ModulePackages> read_modules(ObjectReader& reader) {
  std::vector<std::string> names;
  auto modules = reader.objects("modules", [&](ObjectReader& item) {
    names.push_back(item.text("flavour", a_flavour));
    return ModulePackages{.flavour = names.back(),
                          .packages = distinct_texts(item, "packages", a_template),
                          .module_name = item.text("module_name", a_template),
                          .license = item.text("license", a_license)};
  });
  check_distinct(reader, "modules", "flavour", names);
  return modules;
}

std::vector<DriverPackageSet> read_package_sets(ObjectReader& reader) {
  std::vector<std::string> ids;
  auto sets = reader.objects("package_sets", [&](ObjectReader& item) {
    ids.push_back(item.text("id", a_word));
    return DriverPackageSet{.id = ids.back(),
                            .components = read_components(item),
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
                      .package_version = item.text("package_version", a_word),
                      .package_set = item.text("package_set", a_word),
                      .suite = item.text("suite", a_template),
                      .modules = distinct_texts(item, "modules", a_flavour),
                      .no_open_module = item.nullable_text("no_open_module"),
                      .architectures = distinct_texts(item, "architectures", a_word),
                      .end_of_support = item.nullable_text("end_of_support", a_date),
                      .sources = read_sources(item, table)};
    identities.push_back(fmt::format("{} in {}, packages {}", offer.package_version, offer.suite, offer.package_set));
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
                    .components = read_components(item),
                    .sources = read_sources(item, table)};
    identities.push_back(fmt::format("{} in {}", offer.update, offer.suite));
    return offer;
  });
  check_distinct(reader, "cuda", "update", identities);
  return offers;
}

}  // namespace

PackageSource read_package_source(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .title = reader.text("title", a_line),
          .origins = distinct_texts(reader, "origins", a_line),
          .suites = distinct_texts(reader, "suites", a_template),
          .components = distinct_texts(reader, "components", a_word),
          .https_prerequisites = distinct_texts(reader, "https_prerequisites", a_word),
          .package_sets = read_package_sets(reader),
          .drivers = read_driver_offers(reader, table),
          .cuda = read_cuda_offers(reader, table),
          .sources = read_sources(reader, table)};
}

}  // namespace nvprov
