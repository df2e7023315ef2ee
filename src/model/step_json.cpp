#include <array>
#include <type_traits>

#include "base/base64.hpp"
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

Json to_json(const ImportKey& step) {
  return JsonObject{
      {"kind", "import-key"},
      {"path", step.path},
      {"content", base64_encode(step.content)},
      {"fingerprints", json_array(step.fingerprints)},
      {"origin", step.origin},
      {"purpose", step.purpose},
  };
}

Step read_import_key(ObjectReader& reader) {
  ImportKey step{.path = reader.text("path"), .content = {}, .fingerprints = {}, .origin = {}, .purpose = {}};
  if (auto content = base64_decode(reader.text("content")))
    step.content = std::move(*content);
  else
    reader.problem("content", "not base64");
  step.fingerprints = reader.texts("fingerprints");
  step.origin = reader.text("origin");
  step.purpose = reader.text("purpose");
  return step;
}

Json to_json(const RemoveRepository& step) {
  return JsonObject{
      {"kind", "remove-repository"}, {"path", step.path},     {"line", std::int64_t{step.line}},
      {"content", step.content},     {"backup", step.backup}, {"reason", step.reason},
  };
}

Step read_remove_repository(ObjectReader& reader) {
  return RemoveRepository{
      .path = reader.text("path"),
      .line = static_cast<int>(reader.integer("line")),
      .content = reader.text("content"),
      .backup = reader.text("backup"),
      .reason = reader.text("reason"),
  };
}

Json to_json(const EnableRepository& step) {
  return JsonObject{
      {"kind", "enable-repository"}, {"path", step.path},       {"id", step.id},
      {"content", step.content},     {"purpose", step.purpose},
  };
}

Step read_enable_repository(ObjectReader& reader) {
  return EnableRepository{
      .path = reader.text("path"),
      .id = reader.text("id"),
      .content = reader.text("content"),
      .purpose = reader.text("purpose"),
  };
}

Json to_json(const SetModuleStream& step) {
  return JsonObject{
      {"kind", "set-module-stream"},
      {"module", step.module},
      {"stream", step.stream},
      {"previous", step.previous},
  };
}

Step read_set_module_stream(ObjectReader& reader) {
  return SetModuleStream{
      .module = reader.text("module"),
      .stream = reader.text("stream"),
      .previous = reader.nullable_text("previous"),
  };
}

Json to_json(const HoldPackages& step) {
  return JsonObject{
      {"kind", "hold-packages"}, {"path", step.path}, {"content", step.content}, {"purpose", step.purpose}};
}

Step read_hold_packages(ObjectReader& reader) {
  return HoldPackages{
      .path = reader.text("path"), .content = reader.text("content"), .purpose = reader.text("purpose")};
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

Json to_json(const InstallPackages& step) {
  return JsonObject{
      {"kind", "install-packages"},
      {"purpose", step.purpose},
      {"packages", json_array(step.packages, package_request_to_json)},
      {"leaving", json_array(step.leaving)},
      {"allow_downgrades", step.allow_downgrades},
      {"allow_removals", step.allow_removals},
      {"allow_held", step.allow_held},
  };
}

Step read_install_packages(ObjectReader& reader) {
  return InstallPackages{
      .purpose = reader.text("purpose"),
      .packages = reader.objects("packages", read_package_request),
      .leaving = reader.texts("leaving"),
      .allow_downgrades = reader.boolean("allow_downgrades"),
      .allow_removals = reader.boolean("allow_removals"),
      .allow_held = reader.boolean("allow_held"),
  };
}

Json to_json(const SetPackageMark& step) {
  return JsonObject{{"kind", "set-package-mark"}, {"packages", json_array(step.packages)}, {"purpose", step.purpose}};
}

Step read_set_package_mark(ObjectReader& reader) {
  return SetPackageMark{.packages = reader.texts("packages"), .purpose = reader.text("purpose")};
}

Json to_json(const SetAlternative& step) {
  return JsonObject{
      {"kind", "set-alternative"}, {"name", step.name},     {"link", step.link},
      {"target", step.target},     {"former", step.former},
  };
}

Step read_set_alternative(ObjectReader& reader) {
  return SetAlternative{
      .name = reader.text("name"),
      .link = reader.text("link"),
      .target = reader.text("target"),
      .former = reader.nullable_text("former"),
  };
}

Json to_json(const ConfigureContainerEngine& step) {
  return JsonObject{
      {"kind", "configure-container-engine"},
      {"engine", step.engine},
      {"path", step.path},
      {"former", step.former},
      {"content", step.content},
      {"mode", mode_to_text(step.mode)},
      {"backup", step.backup},
      {"record", edit_record_to_json(step.record)},
      {"purpose", step.purpose},
  };
}

Step read_configure_container_engine(ObjectReader& reader) {
  return ConfigureContainerEngine{
      .engine = reader.text("engine"),
      .path = reader.text("path"),
      .former = reader.nullable_text("former"),
      .content = reader.text("content"),
      .mode = read_mode(reader, "mode"),
      .backup = reader.text("backup"),
      .record = reader.object("record", read_edit_record),
      .purpose = reader.text("purpose"),
  };
}

Json to_json(const ManageService& step) {
  return JsonObject{
      {"kind", "manage-service"}, {"unit", step.unit},       {"action", to_word(step.action)},
      {"engine", step.engine},    {"purpose", step.purpose},
  };
}

Step read_manage_service(ObjectReader& reader) {
  return ManageService{
      .unit = reader.text("unit"),
      .action = read_word<ServiceAction>(reader, "action"),
      .engine = reader.text("engine"),
      .purpose = reader.text("purpose"),
  };
}

struct Kind {
  std::string_view word;
  Step (*read)(ObjectReader& reader);
};

constexpr std::array<Kind, 13> kinds = {{
    {"import-key", read_import_key},
    {"remove-repository", read_remove_repository},
    {"add-repository", read_add_repository},
    {"enable-repository", read_enable_repository},
    {"set-module-stream", read_set_module_stream},
    {"refresh-metadata", read_refresh_metadata},
    {"write-file", read_write_file},
    {"hold-packages", read_hold_packages},
    {"install-packages", read_install_packages},
    {"set-package-mark", read_set_package_mark},
    {"set-alternative", read_set_alternative},
    {"configure-container-engine", read_configure_container_engine},
    {"manage-service", read_manage_service},
}};
static_assert(kinds.size() == std::variant_size_v<Step>, "a kind of step without a reader");

}  // namespace

Json package_request_to_json(const PackageRequest& package) {
  return JsonObject{{"name", package.name}, {"version", package.version}};
}

PackageRequest read_package_request(ObjectReader& reader) {
  return PackageRequest{.name = reader.text("name"), .version = reader.nullable_text("version")};
}

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
