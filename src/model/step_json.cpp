#include <array>
#include <type_traits>

#include "model/json_parts.hpp"

namespace nvprov {
namespace {

// One function for each direction and kind; the variant's visitor and `kinds` below list them all.
Json to_json(const AddRepository& step) {
  return JsonObject{
      {"kind", "add-repository"},        {"path", step.path}, {"content", step.content}, {"purpose", step.purpose},
      {"third_party", step.third_party},
  };
}

Step read_add_repository(ObjectReader& reader) {
  return AddRepository{
      .path = reader.text("path"),
      .content = reader.text("content"),
      .purpose = reader.text("purpose"),
      .third_party = reader.boolean("third_party"),
  };
}

Json to_json(const RefreshMetadata&) { return JsonObject{{"kind", "refresh-metadata"}}; }

Step read_refresh_metadata(ObjectReader&) { return RefreshMetadata{}; }

Json to_json(const WriteFile& step) {
  return JsonObject{
      {"kind", "write-file"},    {"path", step.path}, {"content", step.content}, {"mode", mode_to_text(step.mode)},
      {"purpose", step.purpose},
  };
}

Step read_write_file(ObjectReader& reader) {
  return WriteFile{
      .path = reader.text("path"),
      .content = reader.text("content"),
      .mode = read_mode(reader, "mode"),
      .purpose = reader.text("purpose"),
  };
}

Json package_request_to_json(const PackageRequest& package) {
  return JsonObject{{"name", package.name}, {"version", package.version}};
}

PackageRequest read_package_request(ObjectReader& reader) {
  return PackageRequest{.name = reader.text("name"), .version = reader.nullable_text("version")};
}

Json to_json(const InstallPackages& step) {
  return JsonObject{
      {"kind", "install-packages"},
      {"purpose", step.purpose},
      {"packages", json_array(step.packages, package_request_to_json)},
      {"allow_downgrades", step.allow_downgrades},
      {"allow_removals", step.allow_removals},
      {"allow_held", step.allow_held},
  };
}

Step read_install_packages(ObjectReader& reader) {
  return InstallPackages{
      .purpose = reader.text("purpose"),
      .packages = reader.objects("packages", read_package_request),
      .allow_downgrades = reader.boolean("allow_downgrades"),
      .allow_removals = reader.boolean("allow_removals"),
      .allow_held = reader.boolean("allow_held"),
  };
}

struct Kind {
  std::string_view word;
  Step (*read)(ObjectReader& reader);
};

constexpr std::array<Kind, 4> kinds = {{
    {"add-repository", read_add_repository},
    {"refresh-metadata", read_refresh_metadata},
    {"write-file", read_write_file},
    {"install-packages", read_install_packages},
}};
static_assert(kinds.size() == std::variant_size_v<Step>, "a kind of step without a reader");

}  // namespace

Json step_to_json(const Step& step) {
  return std::visit([](const auto& kind) { return to_json(kind); }, step);
}

Step read_step(ObjectReader& reader) {
  const std::string word = reader.text("kind");
  for (const Kind& kind : kinds)
    if (kind.word == word) return kind.read(reader);
  reader.problem("kind", fmt::format("unknown kind of step `{}`", word));
  reader.ignore_rest();
  return {};
}

}  // namespace nvprov
