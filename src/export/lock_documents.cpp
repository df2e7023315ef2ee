#include "export/lock_documents.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::string_view unknown = "NOASSERTION";

std::string identity_of(const Lockfile& lock) { return sha256_hex(format_json(lockfile_to_json(lock))); }

// A UUID of version 8, which is for one's own ways of making it (RFC 9562).
std::string uuid_of(const std::string& digest) {
  std::string hex = digest.substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[static_cast<std::size_t>(hex[16]) % 4];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20, 12));
}

std::string day_of(const Lockfile& lock) { return lock.catalog_date + "T00:00:00Z"; }

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '~';
    encoded += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

// An epoch stands in a qualifier of its own for rpm, and in the version for deb.
std::string version_for(const LockedPackage& package, const PackageKind& kind) {
  const std::size_t colon = package.version.find(':');
  return kind.type != "rpm" || colon == std::string::npos ? package.version : package.version.substr(colon + 1);
}

std::string epoch_for(const LockedPackage& package, const PackageKind& kind) {
  const std::size_t colon = package.version.find(':');
  return kind.type != "rpm" || colon == std::string::npos ? std::string{}
                                                          : "&epoch=" + package.version.substr(0, colon);
}

std::string sha256_of(const LockedPackage& package) {
  constexpr std::string_view prefix = "sha256:";
  const std::string digest = package.digest.value_or("");
  return digest.starts_with(prefix) ? digest.substr(prefix.size()) : std::string{};
}

std::string address_of(const LockedPackage& package) {
  if (!package.repository || !package.path) return std::string(unknown);
  return fmt::format("{}/{}", without_slash(*package.repository), *package.path);
}

// --- SPDX ---

std::string spdx_id(std::size_t number) { return fmt::format("SPDXRef-Package-{}", number); }

JsonArray spdx_checksums(const LockedPackage& package) {
  const std::string digest = sha256_of(package);
  if (digest.empty()) return {};
  return {JsonObject{{"algorithm", "SHA256"}, {"checksumValue", digest}}};
}

Json spdx_package(const LockedPackage& package, const Lockfile& lock, const PackageKind& kind, std::size_t number) {
  return JsonObject{
      {"SPDXID", spdx_id(number)},
      {"name", package.name},
      {"versionInfo", package.version},
      {"downloadLocation", address_of(package)},
      {"filesAnalyzed", false},
      {"checksums", spdx_checksums(package)},
      {"licenseConcluded", unknown},
      {"licenseDeclared", unknown},
      {"copyrightText", unknown},
      {"externalRefs", JsonArray{JsonObject{{"referenceCategory", "PACKAGE-MANAGER"},
                                            {"referenceType", "purl"},
                                            {"referenceLocator", package_url(package, lock, kind)}}}},
  };
}

Json described(std::size_t number) {
  return JsonObject{{"spdxElementId", "SPDXRef-DOCUMENT"},
                    {"relationshipType", "DESCRIBES"},
                    {"relatedSpdxElement", spdx_id(number)}};
}

// --- CycloneDX ---

Json cyclonedx_property(const char* name, std::string value) {
  return JsonObject{{"name", name}, {"value", std::move(value)}};
}

Json cyclonedx_component(const LockedPackage& package, const Lockfile& lock, const PackageKind& kind) {
  const std::string address = package_url(package, lock, kind);
  JsonObject component = {{"type", "library"},
                          {"bom-ref", address},
                          {"name", package.name},
                          {"version", package.version},
                          {"purl", address}};
  if (const std::string digest = sha256_of(package); !digest.empty())
    component.push_back({"hashes", JsonArray{JsonObject{{"alg", "SHA-256"}, {"content", digest}}}});
  if (package.origin)
    component.push_back({"properties", JsonArray{cyclonedx_property("nvprov:origin", *package.origin)}});
  return component;
}

}  // namespace

PackageKind kind_of_packages(const Distro* distro) {
  if (distro == nullptr || package_kind(*distro).empty()) return {};
  return {.type = package_kind(*distro), .vendor = distro->os_id};
}

std::string package_url(const LockedPackage& package, const Lockfile& lock, const PackageKind& kind) {
  const std::string space = kind.vendor.empty() ? kind.type : kind.type + "/" + percent_encoded(kind.vendor);
  const std::string arch = package.architecture.empty() ? std::string{} : "arch=" + package.architecture + "&";
  return fmt::format("pkg:{}/{}@{}?{}distro={}{}", space, percent_encoded(package.name),
                     percent_encoded(version_for(package, kind)), arch, percent_encoded(lock.distro),
                     epoch_for(package, kind));
}

Json lock_to_spdx(const Lockfile& lock, const PackageKind& kind) {
  JsonArray packages;
  JsonArray relationships;
  for (std::size_t i = 0; i < lock.packages.size(); ++i) {
    packages.push_back(spdx_package(lock.packages[i], lock, kind, i + 1));
    relationships.push_back(described(i + 1));
  }
  return JsonObject{
      {"spdxVersion", "SPDX-2.3"},
      {"dataLicense", "CC0-1.0"},
      {"SPDXID", "SPDXRef-DOCUMENT"},
      {"name", fmt::format("NVIDIA stack of {} {}", lock.distro, lock.architecture)},
      {"documentNamespace", fmt::format("urn:nvprov:lock:{}", identity_of(lock))},
      {"creationInfo",
       JsonObject{{"created", day_of(lock)}, {"creators", JsonArray{Json("Tool: nvprov-" + lock.tool_version)}}}},
      {"packages", std::move(packages)},
      {"relationships", std::move(relationships)},
  };
}

Json lock_to_cyclonedx(const Lockfile& lock, const PackageKind& kind) {
  const JsonObject tool = {{"type", "application"}, {"name", "nvprov"}, {"version", lock.tool_version}};
  return JsonObject{
      {"bomFormat", "CycloneDX"},
      {"specVersion", "1.5"},
      {"serialNumber", "urn:uuid:" + uuid_of(identity_of(lock))},
      {"version", 1},
      {"metadata",
       JsonObject{{"timestamp", day_of(lock)},
                  {"tools", JsonObject{{"components", JsonArray{tool}}}},
                  {"component", JsonObject{{"type", lock.target == Target::image ? "container" : "operating-system"},
                                           {"name", lock.distro}}}}},
      {"components",
       json_array(lock.packages, [&](const LockedPackage& each) { return cyclonedx_component(each, lock, kind); })},
  };
}

}  // namespace nvprov
