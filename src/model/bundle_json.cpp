#include <fmt/format.h>

#include <algorithm>

#include "model/bundle.hpp"
#include "model/json_parts.hpp"

namespace nvprov {
namespace {

constexpr std::string_view bundle_schema = "nvprov.bundle/1";

Json mirror_to_json(const BundleMirror& mirror) {
  return JsonObject{{"from", mirror.from},
                    {"to", mirror.to},
                    {"fingerprint", mirror.fingerprint},
                    {"certificate", mirror.certificate}};
}

BundleMirror read_mirror(ObjectReader& reader) {
  return {.from = reader.text("from"),
          .to = reader.text("to"),
          .fingerprint = reader.nullable_text("fingerprint"),
          .certificate = reader.nullable_text("certificate")};
}

Json member_to_json(const BundleMember& member) {
  return JsonObject{{"path", member.path},     {"role", to_word(member.role)},
                    {"size", member.size},     {"mode", mode_to_text(member.mode)},
                    {"digest", member.digest}, {"url", member.url}};
}

std::optional<Complaint> complaint_about_path(std::string_view path) {
  if (is_safe_member_path(path)) return std::nullopt;
  return Complaint{"it does not lead into the folder the bundle is unpacked in", "do not use this bundle"};
}

BundleMember read_member(ObjectReader& reader) {
  return {.path = reader.text("path", complaint_about_path),
          .role = read_word<BundleRole>(reader, "role"),
          .size = read_count(reader, "size"),
          .mode = read_mode(reader, "mode"),
          .digest = reader.text("digest"),
          .url = reader.nullable_text("url")};
}

// Every path once, and none below another.
void check_places(const std::vector<BundleMember>& members, ObjectReader& reader) {
  std::vector<std::string> paths;
  for (const BundleMember& member : members) paths.push_back(member.path);
  std::ranges::sort(paths);
  for (std::size_t i = 0; i + 1 < paths.size(); ++i)
    if (paths[i] == paths[i + 1]) reader.problem("members", fmt::format("{} is there twice", paths[i]));
  for (const std::string& path : paths)
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
      if (std::ranges::binary_search(paths, path.substr(0, slash)))
        reader.problem("members", fmt::format("{} lies below {}, which is a file", path, path.substr(0, slash)));
  for (const char* own : {bundle_manifest_path, bundle_signature_path})
    if (std::ranges::binary_search(paths, own)) reader.problem("members", fmt::format("{} cannot name itself", own));
}

Bundle read_bundle(ObjectReader& reader) {
  Bundle bundle{.tool_version = reader.text("tool_version"),
                .created_at = reader.text("created_at"),
                .distro = reader.text("distro"),
                .architecture = reader.text("architecture"),
                .package_manager = reader.text("package_manager"),
                .mirrors = reader.objects("mirrors", read_mirror),
                .left_out = reader.texts("left_out"),
                .members = reader.objects("members", read_member)};
  check_places(bundle.members, reader);
  return bundle;
}

}  // namespace

bool is_safe_member_path(std::string_view path) {
  constexpr std::size_t longest = 4096;
  if (path.empty() || path.size() > longest || path.find('\0') != std::string_view::npos) return false;
  const std::vector<std::string> parts = split(path, '/');
  return std::ranges::none_of(parts,
                              [](const std::string& part) { return part.empty() || part == "." || part == ".."; });
}

Json bundle_to_json(const Bundle& bundle) {
  return JsonObject{
      {"schema", bundle_schema},
      {"tool_version", bundle.tool_version},
      {"created_at", bundle.created_at},
      {"distro", bundle.distro},
      {"architecture", bundle.architecture},
      {"package_manager", bundle.package_manager},
      {"mirrors", json_array(bundle.mirrors, mirror_to_json)},
      {"left_out", json_array(bundle.left_out)},
      {"members", json_array(bundle.members, member_to_json)},
  };
}

tl::expected<Bundle, Diagnostics> bundle_from_json(std::string_view text, std::string_view file) {
  return read_document(text, file, bundle_schema, read_bundle);
}

}  // namespace nvprov
