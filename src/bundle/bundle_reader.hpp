#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "host/tar_reader.hpp"
#include "model/bundle.hpp"

namespace nvprov {

// What is wrong with one member of a bundle.
struct BundleFault {
  std::string member;   // its path; "" for the archive itself
  std::string message;  // "its checksum is ... in place of ..."

  bool operator==(const BundleFault&) const = default;
};

// Where the bytes of a member go; empty for one whose bytes are only checked.
using TakeBytes = std::function<Status(std::string_view bytes)>;
using BeginMember = std::function<Result<TakeBytes>(const BundleMember& member)>;

// A bundle read once from beginning to end. Nothing is taken from the archive but files the manifest names, each of the
// size it says: links, folders, devices and other names are faults and are never written.
class BundleReader {
 public:
  // Reads the manifest and its signature. Errors: usage for what is no bundle or damaged there, not_trusted where
  // `public_key` (PEM) is given and did not sign it. Without a key a signature is not checked.
  static Result<BundleReader> open(const std::string& path, const std::optional<std::string>& public_key);

  const Bundle& bundle() const { return bundle_; }
  bool is_signed() const { return is_signed_; }

  // Reads all other members, `begin` saying where each goes. Every fault there is, in the archive's order; after damage
  // of the archive itself only those found until then. An error where bytes could not be taken.
  Result<std::vector<BundleFault>> read_members(const BeginMember& begin);

 private:
  explicit BundleReader(TarReader archive) : archive_(std::move(archive)) {}
  Result<std::string> read_small(const TarEntry& entry);
  Status read_manifest(const std::string& path);
  Status read_signature(const std::optional<std::string>& public_key);
  const BundleMember* find(std::string_view path) const;
  Result<std::optional<TarEntry>> next_entry();
  static std::string objection(const TarEntry& entry, const BundleMember* member, bool is_new);
  // Whether the archive can be read on.
  Result<bool> read_member(const BundleMember& member, const TakeBytes& take, std::vector<BundleFault>& faults);

  TarReader archive_;
  std::optional<TarEntry> ahead_;  // read, and not looked at yet
  std::string manifest_;
  Bundle bundle_;
  bool is_signed_ = false;
};

}  // namespace nvprov
