#include "model/json_parts.hpp"
#include "model/plan_json.hpp"

namespace nvprov {
namespace {

constexpr std::string_view closure_schema = "nvprov.closure/1";

Json change_to_json(const PackageChange& change) {
  return JsonObject{
      {"action", to_word(change.action)},
      {"name", change.name},
      {"architecture", change.architecture},
      {"version", change.version},
      {"old_version", change.old_version},
      {"origin", change.origin},
      {"repository", change.repository},
      {"path", change.path},
      {"digest", change.digest},
      {"download_bytes", change.download_bytes},
      {"installed_bytes", change.installed_bytes},
      {"license", change.license},
      {"requested", change.requested},
      {"driver_versioned", change.driver_versioned},
      {"held", change.held},
  };
}

PackageChange read_change(ObjectReader& reader) {
  return PackageChange{
      .action = read_word<PackageAction>(reader, "action"),
      .name = reader.text("name"),
      .architecture = reader.text("architecture"),
      .version = reader.nullable_text("version"),
      .old_version = reader.nullable_text("old_version"),
      .origin = reader.nullable_text("origin"),
      .repository = reader.nullable_text("repository"),
      .path = reader.nullable_text("path"),
      .digest = reader.nullable_text("digest"),
      .download_bytes = read_nullable_count(reader, "download_bytes"),
      .installed_bytes = read_nullable_count(reader, "installed_bytes"),
      .license = reader.nullable_text("license"),
      .requested = reader.boolean("requested"),
      .driver_versioned = reader.boolean("driver_versioned"),
      .held = reader.boolean("held"),
  };
}

}  // namespace

JsonObject closure_members(const Closure& closure) {
  return {
      {"known", closure.known},
      {"packages", json_array(closure.packages, change_to_json)},
      {"download_bytes", closure.download_bytes},
      {"disk_bytes", closure.disk_bytes},
  };
}

Closure read_closure(ObjectReader& reader) {
  return Closure{
      .known = reader.boolean("known"),
      .packages = reader.objects("packages", read_change),
      .download_bytes = read_nullable_count(reader, "download_bytes"),
      .disk_bytes = reader.nullable_integer("disk_bytes"),
  };
}

Json closure_to_json(const Closure& closure) {
  JsonObject members = closure_members(closure);
  members.insert(members.begin(), {"schema", closure_schema});
  return members;
}

tl::expected<Closure, Diagnostics> closure_from_json(std::string_view text, std::string_view file) {
  return read_document(text, file, closure_schema, read_closure);
}

}  // namespace nvprov
