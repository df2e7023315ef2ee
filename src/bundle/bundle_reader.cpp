#include "bundle/bundle_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/digest.hpp"
#include "base/ed25519.hpp"

namespace nvprov {
namespace {

constexpr std::uint64_t largest_manifest = 64UL * 1024 * 1024;
constexpr std::size_t piece_bytes = 256UL * 1024;

Error no_bundle(const std::string& path, std::vector<std::string> because) {
  return {.kind = ErrorKind::usage,
          .message = fmt::format("`{}` is no bundle", path),
          .because = std::move(because),
          .hints = {"`nvprov bundle -o bundle.tar.zst` makes one"},
          .context = {}};
}

std::vector<std::string> told(const Diagnostics& problems) {
  std::vector<std::string> lines;
  for (const Diagnostic& problem : problems) lines.push_back(fmt::format("{}: {}", problem.place, problem.message));
  return lines;
}

std::string counted_bytes(std::uint64_t size, std::uint64_t expected) {
  return fmt::format("it has {} bytes in place of {}", size, expected);
}

}  // namespace

Result<BundleReader> BundleReader::open(const std::string& path, const std::optional<std::string>& public_key) {
  auto archive = TarReader::open(path);
  if (!archive) return fail(archive.error());
  BundleReader reader(std::move(*archive));
  if (const Status read = reader.read_manifest(path); !read) return fail(read.error());
  if (const Status read = reader.read_signature(public_key); !read) return fail(read.error());
  return reader;
}

Result<std::string> BundleReader::read_small(const TarEntry& entry) {
  if (entry.size > largest_manifest) return fail(ErrorKind::usage, fmt::format("{} is too large", entry.name));
  std::string text(entry.size, '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const auto count = archive_.read(text.data() + done, text.size() - done);
    if (!count) return fail(count.error());
    if (*count == 0) return fail(ErrorKind::usage, fmt::format("{} is cut off", entry.name));
    done += *count;
  }
  return text;
}

Status BundleReader::read_manifest(const std::string& path) {
  const auto first = archive_.next();
  if (!first) return fail(no_bundle(path, first.error().because));
  if (!*first || !(*first)->is_file || (*first)->name != bundle_manifest_path)
    return fail(no_bundle(path, {fmt::format("its first file is not {}", bundle_manifest_path)}));
  auto text = read_small(**first);
  if (!text) return fail(text.error());
  manifest_ = std::move(*text);
  auto bundle = bundle_from_json(manifest_, bundle_manifest_path);
  if (!bundle) return fail(no_bundle(path, told(bundle.error())));
  bundle_ = std::move(*bundle);
  std::ranges::sort(bundle_.members, {}, &BundleMember::path);
  return {};
}

Status BundleReader::read_signature(const std::optional<std::string>& public_key) {
  auto second = archive_.next();
  if (!second) return fail(second.error());
  ahead_ = std::move(*second);
  is_signed_ = ahead_ && ahead_->is_file && ahead_->name == bundle_signature_path;
  std::string signature;
  if (is_signed_) {
    auto read = read_small(*std::exchange(ahead_, std::nullopt));
    if (!read) return fail(read.error());
    signature = std::move(*read);
  }
  if (!public_key) return {};
  if (!is_signed_)
    return fail(ErrorKind::not_trusted, "the bundle is not signed", {"a key was named that it should be signed with"});
  const auto holds = ed25519_verify(*public_key, manifest_, signature);
  if (!holds) return fail(holds.error());
  if (*holds) return {};
  return fail(ErrorKind::not_trusted, "the bundle is not signed with the key that was named",
              {fmt::format("the signature of {} does not hold", bundle_manifest_path)},
              {"get the bundle and the key from where they were made; use nothing of this one"});
}

const BundleMember* BundleReader::find(std::string_view path) const {
  const auto found = std::ranges::lower_bound(bundle_.members, path, {}, &BundleMember::path);
  return found != bundle_.members.end() && found->path == path ? &*found : nullptr;
}

Result<bool> BundleReader::read_member(const BundleMember& member, const TakeBytes& take,
                                       std::vector<BundleFault>& faults) {
  DigestStream digest(DigestKind::sha256);
  std::string piece(piece_bytes, '\0');
  std::uint64_t size = 0;
  for (;;) {
    const auto count = archive_.read(piece.data(), piece.size());
    if (!count) {
      faults.push_back({member.path, count.error().message});
      return false;
    }
    if (*count == 0) break;
    size += *count;
    if (size > member.size) break;
    const std::string_view bytes(piece.data(), *count);
    digest.add(bytes);
    if (!take) continue;
    if (const Status taken = take(bytes); !taken) return fail(taken.error());
  }
  if (size != member.size)
    faults.push_back({member.path, size > member.size ? fmt::format("it is larger than {} bytes", member.size)
                                                      : counted_bytes(size, member.size)});
  else if (const std::string found = "sha256:" + digest.finish(); found != member.digest)
    faults.push_back({member.path, fmt::format("its checksum is {} in place of {}", found, member.digest)});
  return true;
}

Result<std::optional<TarEntry>> BundleReader::next_entry() {
  if (ahead_) return std::exchange(ahead_, std::nullopt);
  return archive_.next();
}

// What keeps an entry from being read as the member of its name; "" for nothing.
std::string BundleReader::objection(const TarEntry& entry, const BundleMember* member, bool is_new) {
  if (member == nullptr) return "the manifest does not name it";
  if (!entry.is_file) return "it is no regular file";
  if (!is_new) return "it is there twice";
  return entry.size == member->size ? std::string() : counted_bytes(entry.size, member->size);
}

Result<std::vector<BundleFault>> BundleReader::read_members(const BeginMember& begin) {
  std::vector<BundleFault> faults;
  std::set<std::string> seen;
  for (;;) {
    const auto entry = next_entry();
    if (!entry) {
      faults.push_back({"", entry.error().because.empty() ? entry.error().message : entry.error().because.front()});
      return faults;
    }
    if (!*entry) break;
    const BundleMember* member = find((*entry)->name);
    const bool is_new = seen.insert((*entry)->name).second;
    if (std::string wrong = objection(**entry, member, is_new); !wrong.empty()) {
      faults.push_back({(*entry)->name, std::move(wrong)});
      continue;
    }
    const auto take = begin(*member);
    if (!take) return fail(take.error());
    const auto goes_on = read_member(*member, *take, faults);
    if (!goes_on) return fail(goes_on.error());
    if (!*goes_on) return faults;
  }
  for (const BundleMember& member : bundle_.members)
    if (!seen.contains(member.path)) faults.push_back({member.path, "it is missing"});
  return faults;
}

}  // namespace nvprov
