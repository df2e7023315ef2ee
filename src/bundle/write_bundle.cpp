#include "bundle/write_bundle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/ed25519.hpp"
#include "host/file_digest.hpp"
#include "host/tar_writer.hpp"

namespace nvprov {
namespace {

constexpr std::uint32_t data_mode = 0644;

Result<BundleMember> member_of(const BundlePart& part) {
  BundleMember member{.path = part.path,
                      .role = part.role,
                      .size = part.text.size(),
                      .mode = part.mode,
                      .digest = "sha256:" + sha256_hex(part.text),
                      .url = part.url};
  if (part.file.empty()) return member;
  const auto found = digest_file(part.file, DigestKind::sha256);
  if (!found) return fail(found.error());
  if (!*found) return fail(fmt::format("{} is not there any more", part.file));
  member.size = (*found)->size;
  member.digest = "sha256:" + (*found)->digest.hex;
  return member;
}

void sort_and_unite(std::vector<BundlePart>& parts) {
  std::ranges::stable_sort(parts, {}, &BundlePart::path);
  const auto same_path = [](const BundlePart& left, const BundlePart& right) { return left.path == right.path; };
  parts.erase(std::unique(parts.begin(), parts.end(), same_path), parts.end());
}

Status write_members(TarWriter& archive, const Bundle& bundle, const std::vector<BundlePart>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const BundlePart& part = parts[i];
    const Status added = part.file.empty() ? archive.add(part.path, part.text, part.mode)
                                           : archive.add_file(part.path, part.file, bundle.members[i].size, part.mode);
    if (!added) return added;
  }
  return {};
}

}  // namespace

Result<WrittenBundle> write_bundle(const std::string& path, Bundle bundle, std::vector<BundlePart> parts,
                                   const std::optional<std::string>& private_key, std::int64_t modified) {
  sort_and_unite(parts);
  bundle.members.clear();
  for (const BundlePart& part : parts) {
    auto member = member_of(part);
    if (!member) return fail(member.error());
    bundle.members.push_back(std::move(*member));
  }
  const std::string manifest = format_json(bundle_to_json(bundle));
  std::optional<std::string> signature;
  if (private_key) {
    auto made = ed25519_sign(*private_key, manifest);
    if (!made) return fail(made.error());
    signature = std::move(*made);
  }
  auto archive = TarWriter::create(path, modified);
  if (!archive) return fail(archive.error());
  if (const Status added = archive->add(bundle_manifest_path, manifest, data_mode); !added) return fail(added.error());
  if (signature)
    if (const Status added = archive->add(bundle_signature_path, *signature, data_mode); !added)
      return fail(added.error());
  if (const Status written = write_members(*archive, bundle, parts); !written) return fail(written.error());
  const auto size = archive->finish();
  if (!size) return fail(size.error());
  return WrittenBundle{.bundle = std::move(bundle), .size = *size};
}

}  // namespace nvprov
