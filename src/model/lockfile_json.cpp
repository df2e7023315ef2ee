#include <algorithm>

#include "base/digest.hpp"
#include "model/json_parts.hpp"
#include "model/lockfile.hpp"

namespace nvprov {
namespace {

constexpr std::string_view lock_schema = "nvprov.lock/1";

Json locked_package_to_json(const LockedPackage& package) {
  return JsonObject{
      {"name", package.name},     {"version", package.version},       {"architecture", package.architecture},
      {"origin", package.origin}, {"repository", package.repository}, {"path", package.path},
      {"digest", package.digest}, {"requested", package.requested},   {"driver_versioned", package.driver_versioned},
  };
}

LockedPackage read_locked_package(ObjectReader& reader) {
  return LockedPackage{
      .name = reader.text("name"),
      .version = reader.text("version"),
      .architecture = reader.text("architecture"),
      .origin = reader.nullable_text("origin"),
      .repository = reader.nullable_text("repository"),
      .path = reader.nullable_text("path"),
      .digest = reader.nullable_text("digest"),
      .requested = reader.boolean("requested"),
      .driver_versioned = reader.boolean("driver_versioned"),
  };
}

Json locked_file_to_json(const LockedFile& file) {
  return JsonObject{
      {"kind", to_word(file.kind)},
      {"path", file.path},
      {"mode", mode_to_text(file.mode)},
      {"digest", file.digest},
      {"fingerprints", json_array(file.fingerprints)},
      {"keys", json_array(file.keys, [](const KeyPath& key) { return json_array(key); })},
  };
}

// Locks of before there were engines' files have none.
std::vector<KeyPath> read_key_paths(ObjectReader& reader) {
  std::vector<KeyPath> keys;
  const Json* member = reader.optional_member("keys");
  const auto* lists = member != nullptr ? member->get_if<JsonArray>() : nullptr;
  if (member != nullptr && lists == nullptr) reader.problem("keys", "expected a list");
  if (lists == nullptr) return keys;
  for (const Json& list : *lists) {
    KeyPath& key = keys.emplace_back();
    if (const auto* words = list.get_if<JsonArray>())
      for (const Json& word : *words)
        if (const auto* text = word.get_if<std::string>()) key.push_back(*text);
    if (key.empty()) reader.problem("keys", "expected lists of keys");
  }
  return keys;
}

LockedFile read_locked_file(ObjectReader& reader) {
  return LockedFile{
      .kind = read_word<LockedFileKind>(reader, "kind"),
      .path = reader.text("path"),
      .mode = read_mode(reader, "mode"),
      .digest = reader.text("digest"),
      .fingerprints = reader.texts("fingerprints"),
      .keys = read_key_paths(reader),
  };
}

Json locked_driver_to_json(const LockedDriver& driver) {
  return JsonObject{
      {"branch", driver.branch},
      {"version", driver.version},
      {"flavour", driver.flavour},
      {"module_name", driver.module_name},
  };
}

LockedDriver read_locked_driver(ObjectReader& reader) {
  return LockedDriver{
      .branch = reader.text("branch"),
      .version = reader.text("version"),
      .flavour = reader.text("flavour"),
      .module_name = reader.text("module_name"),
  };
}

Json locked_stream_to_json(const LockedStream& stream) {
  return JsonObject{{"module", stream.module}, {"stream", stream.stream}};
}

LockedStream read_locked_stream(ObjectReader& reader) {
  return LockedStream{.module = reader.text("module"), .stream = reader.text("stream")};
}

Lockfile read_lock(ObjectReader& reader) {
  return Lockfile{
      .tool_version = reader.text("tool_version"),
      .catalog_date = reader.text("catalog_date"),
      .catalog_digest = reader.text("catalog_digest"),
      .distro = reader.text("distro"),
      .architecture = reader.text("architecture"),
      .target = read_word<Target>(reader, "target"),
      .request = reader.object("request", read_request),
      .source = reader.text("source"),
      .driver = reader.nullable_object("driver", read_locked_driver),
      .cuda = reader.texts("cuda"),
      .kernels = reader.texts("kernels"),
      .streams = reader.objects("streams", read_locked_stream),
      .packages = reader.objects("packages", read_locked_package),
      .removed = reader.texts("removed"),
      .files = reader.objects("files", read_locked_file),
  };
}

}  // namespace

Json lockfile_to_json(const Lockfile& lock) {
  return JsonObject{
      {"schema", lock_schema},
      {"tool_version", lock.tool_version},
      {"catalog_date", lock.catalog_date},
      {"catalog_digest", lock.catalog_digest},
      {"distro", lock.distro},
      {"architecture", lock.architecture},
      {"target", to_word(lock.target)},
      {"request", request_to_json(lock.request)},
      {"source", lock.source},
      {"driver", lock.driver ? locked_driver_to_json(*lock.driver) : Json(nullptr)},
      {"cuda", json_array(lock.cuda)},
      {"kernels", json_array(lock.kernels)},
      {"streams", json_array(lock.streams, locked_stream_to_json)},
      {"packages", json_array(lock.packages, locked_package_to_json)},
      {"removed", json_array(lock.removed)},
      {"files", json_array(lock.files, locked_file_to_json)},
  };
}

tl::expected<Lockfile, Diagnostics> lockfile_from_json(std::string_view text, std::string_view file) {
  return read_document(text, file, lock_schema, read_lock);
}

std::string lock_digest(std::string_view bytes) { return "sha256:" + sha256_hex(bytes); }

const LockedPackage* find_locked(const Lockfile& lock, std::string_view name, std::string_view architecture) {
  const auto found = std::ranges::find_if(lock.packages, [&](const LockedPackage& each) {
    return each.name == name &&
           (architecture.empty() || each.architecture.empty() || each.architecture == architecture);
  });
  return found == lock.packages.end() ? nullptr : &*found;
}

}  // namespace nvprov
