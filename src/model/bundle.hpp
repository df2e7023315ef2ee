#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/json.hpp"

namespace nvprov {

// Everything an installation needs, in one archive, for a machine without a network.

// What a member of a bundle is there for.
enum class BundleRole {
  plan,
  lock,
  program,      // nvprov itself, for the bundle's architecture
  key,          // of a source, for people; the plan holds them too
  certificate,  // trusted for a mirror
  metadata,     // a signed index of a repository, or what it vouches for
  package,
  index,  // of the bundle's own packages, for apt and dnf without nvprov
};

struct BundleMember {
  std::string path;  // in the archive: "mirror/https/example.org/debian/dists/bookworm/InRelease"
  BundleRole role = BundleRole::metadata;
  std::uint64_t size = 0;
  std::uint32_t mode = 0644;
  std::string digest;                   // "sha256:9f86d0..."
  std::optional<std::string> url = {};  // the address it was fetched from, without credentials

  bool operator==(const BundleMember&) const = default;
};

// A mirror the bundle was made with, whose address is in repository files.
struct BundleMirror {
  std::string from;
  std::string to;
  std::optional<std::string> fingerprint;  // of the key it signs with, where it is not the origin's
  std::optional<std::string> certificate;  // path of the member to trust it by

  bool operator==(const BundleMirror&) const = default;
};

struct Bundle {
  std::string tool_version;
  std::string created_at;       // RFC 3339 UTC
  std::string distro;           // id: "debian-12"
  std::string architecture;     // "x86_64"
  std::string package_manager;  // "apt" or "dnf"
  std::vector<BundleMirror> mirrors;
  std::vector<std::string> left_out;  // names of packages of the lock that are on the host and in no repository
  std::vector<BundleMember> members;  // sorted by path; without the manifest and its signature

  bool operator==(const Bundle&) const = default;
};

// Names in the archive. The manifest is the first member, its signature, where there is one, the second.
constexpr const char* bundle_manifest_path = "bundle.json";
constexpr const char* bundle_signature_path = "bundle.json.sig";
constexpr const char* bundle_plan_path = "plan.json";
constexpr const char* bundle_lock_path = "nvprov.lock";
constexpr const char* bundle_program_path = "nvprov";

// The versioned JSON form ("nvprov.bundle/1"). What is read is safe to unpack: every path is relative, without "..",
// and there once, and none is below another.
Json bundle_to_json(const Bundle& bundle);
tl::expected<Bundle, Diagnostics> bundle_from_json(std::string_view text, std::string_view file);

// Whether a path of an archive leads into the folder it is unpacked in, and nowhere else.
bool is_safe_member_path(std::string_view path);

}  // namespace nvprov
