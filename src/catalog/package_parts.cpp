#include "catalog/package_parts.hpp"

#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {

std::optional<Complaint> a_license(std::string_view text) {
  return one_of({"proprietary", "open-source", "redistributable"})(text);
}

std::optional<Complaint> a_flavour(std::string_view text) { return one_of({"open", "proprietary"})(text); }

std::optional<Complaint> a_part(std::string_view text) { return one_of({"runtime", "development", "tools"})(text); }

std::optional<Complaint> a_driver_part(std::string_view text) { return one_of({"runtime", "add-on"})(text); }

std::vector<std::string> read_component_architectures(ObjectReader& item) {
  return item.has("architectures") ? distinct_texts(item, "architectures", a_word) : std::vector<std::string>{};
}

std::optional<std::string> read_what_it_brings(ObjectReader& item) {
  return item.has("brings") ? item.nullable_text("brings", a_line) : std::nullopt;
}

std::optional<std::string> read_host_compiler(ObjectReader& item) {
  return item.has("host_compiler") ? item.nullable_text("host_compiler", one_of({"accepted", "standard"}))
                                   : std::nullopt;
}

std::vector<ComponentPackages> read_components(ObjectReader& reader, const TextRule& part) {
  std::vector<std::string> identities;
  auto components = reader.objects("components", [&](ObjectReader& item) {
    ComponentPackages component{.component = item.text("component", a_word),
                                .packages = distinct_texts(item, "packages", a_template),
                                .license = item.text("license", a_license)};
    if (item.has("part")) component.part = item.text("part", part);
    component.brings_driver = item.has("brings_driver") && item.boolean("brings_driver");
    if (item.has("service")) component.service = item.text("service", a_word);
    component.enables_service = item.has("enables_service") && item.boolean("enables_service");
    component.needs_open_module = item.has("needs_open_module") && item.boolean("needs_open_module");
    component.architectures = read_component_architectures(item);
    component.brings = read_what_it_brings(item);
    component.host_compiler = read_host_compiler(item);
    std::string identity = component.component + ", " + component.license;
    for (const std::string& each : component.architectures) identity += ", " + each;
    identities.push_back(std::move(identity));
    return component;
  });
  check_distinct(reader, "components", "component", identities);
  return components;
}

std::vector<ModulePackages> read_modules(ObjectReader& reader) {
  std::vector<std::string> names;
  auto modules = reader.objects("modules", [&](ObjectReader& item) {
    ModulePackages module;
    module.flavour = item.text("flavour", a_flavour);
    module.packages = distinct_texts(item, "packages", a_template);
    module.module_name = item.text("module_name", a_template);
    module.license = item.text("license", a_license);
    if (item.has("build")) module.build = item.text("build", one_of({"dkms", "prebuilt"}));
    if (item.has("stream")) module.stream = item.nullable_text("stream", a_template);
    if (item.has("prerequisites")) module.prerequisites = distinct_texts(item, "prerequisites", a_word);
    if (item.has("signed_by")) module.signed_by = item.nullable_text("signed_by", a_line);
    names.push_back(module.build == "dkms" ? module.flavour : module.flavour + ", " + module.build);
    return module;
  });
  check_distinct(reader, "modules", "flavour", names);
  return modules;
}

}  // namespace nvprov
