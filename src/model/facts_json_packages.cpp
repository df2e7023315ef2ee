#include "base/text.hpp"
#include "model/facts_json_parts.hpp"

namespace nvprov::facts_json {
namespace {

Json package_to_json(const InstalledPackage& package) {
  return JsonObject{{"name", package.name},
                    {"version", package.version},
                    {"architecture", package.architecture},
                    {"state", package.state},
                    {"automatic", package.automatic},
                    {"held", package.held},
                    {"origin", package.origin},
                    {"site", package.site}};
}

InstalledPackage read_package(ObjectReader& reader) {
  return {.name = reader.text("name"),
          .version = reader.text("version"),
          .architecture = reader.text("architecture"),
          .state = reader.text("state"),
          .automatic = reader.boolean("automatic"),
          .held = reader.boolean("held"),
          .origin = reader.nullable_text("origin"),
          .site = reader.nullable_text("site")};
}

Json option_to_json(const RepositoryOption& option) {
  return JsonObject{{"name", option.name}, {"value", mask_credentials(option.value)}};
}

RepositoryOption read_option(ObjectReader& reader) {
  return {.name = reader.text("name"), .value = reader.text("value")};
}

Json repository_to_json(const RepositoryEntry& entry) {
  return JsonObject{{"file", entry.file},
                    {"line", entry.line},
                    {"format", entry.format},
                    {"enabled", entry.enabled},
                    {"types", json_array(entry.types)},
                    {"uris", json_array(entry.uris, mask_credentials)},
                    {"suites", json_array(entry.suites)},
                    {"components", json_array(entry.components)},
                    {"options", json_array(entry.options, option_to_json)},
                    {"id", entry.id}};
}

RepositoryEntry read_repository(ObjectReader& reader) {
  return {.file = reader.text("file"),
          .line = static_cast<int>(reader.integer("line")),
          .format = reader.text("format"),
          .enabled = reader.boolean("enabled"),
          .types = reader.texts("types"),
          .uris = reader.texts("uris"),
          .suites = reader.texts("suites"),
          .components = reader.texts("components"),
          .options = reader.objects("options", read_option),
          .id = reader.text("id")};
}

Json pin_to_json(const PackagePin& pin) {
  return JsonObject{
      {"file", pin.file}, {"line", pin.line}, {"packages", pin.packages}, {"pin", pin.pin}, {"priority", pin.priority}};
}

PackagePin read_pin(ObjectReader& reader) {
  return {.file = reader.text("file"),
          .line = static_cast<int>(reader.integer("line")),
          .packages = reader.text("packages"),
          .pin = reader.text("pin"),
          .priority = reader.text("priority")};
}

Json module_to_json(const ModuleState& module) {
  return JsonObject{{"name", module.name}, {"stream", module.stream}, {"state", module.state}};
}

ModuleState read_module(ObjectReader& reader) {
  return {.name = reader.text("name"), .stream = reader.text("stream"), .state = reader.text("state")};
}

}  // namespace

Json to_json(const PackageFacts& packages) {
  return JsonObject{{"manager", packages.manager},
                    {"architecture", packages.architecture},
                    {"packages", json_array(packages.packages, package_to_json)},
                    {"repositories", json_array(packages.repositories, repository_to_json)},
                    {"pins", json_array(packages.pins, pin_to_json)},
                    {"modules", json_array(packages.modules, module_to_json)}};
}

PackageFacts read_packages(ObjectReader& reader) {
  return {.manager = reader.nullable_text("manager"),
          .architecture = reader.text("architecture"),
          .packages = reader.objects("packages", read_package),
          .repositories = reader.objects("repositories", read_repository),
          .pins = reader.objects("pins", read_pin),
          .modules = reader.objects("modules", read_module)};
}

}  // namespace nvprov::facts_json
