#include "packages/signing_key.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/openpgp.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

bool is_pinned(const PublicKey& key, const std::vector<KeyPin>& pins) {
  return std::ranges::any_of(pins, [&](const KeyPin& pin) { return pin.fingerprint == key.fingerprint; });
}

bool is_pinned_file(std::string_view file, const std::vector<KeyPin>& pins) {
  const std::string digest = key_file_digest(file);
  return std::ranges::any_of(pins, [&](const KeyPin& pin) { return pin.file_sha256 == digest; });
}

std::string in_words(const KeyPin& pin) {
  if (pin.fingerprint) return fmt::format("the key {}", *pin.fingerprint);
  if (pin.file_sha256) return fmt::format("a file with the SHA-256 {} (key {})", *pin.file_sha256, pin.id);
  return fmt::format("the key {}, of which nothing to check is known", pin.id);
}

Error not_pinned(std::string_view file, const std::string& place, const std::vector<PublicKey>& keys,
                 const std::vector<KeyPin>& pins) {
  std::vector<std::string> because;
  for (const PublicKey& key : keys)
    if (!is_pinned(key, pins)) because.push_back(fmt::format("found: the key {}", key.fingerprint));
  if (std::ranges::any_of(pins, [](const KeyPin& pin) { return pin.file_sha256.has_value(); }))
    because.push_back(fmt::format("found: a file with the SHA-256 {}", key_file_digest(file)));
  for (const KeyPin& pin : pins) because.push_back("expected: " + in_words(pin));
  return Error{.kind = ErrorKind::not_trusted,
               .message = fmt::format("{} holds a key that is not the repository's", place),
               .because = std::move(because),
               .hints = {},
               .context = {}};
}

}  // namespace

std::string key_file_digest(std::string_view file) {
  std::string kept;
  while (!file.empty()) {
    const std::size_t end = std::min(file.find('\n'), file.size() - 1) + 1;
    if (!file.starts_with("Version:")) kept += file.substr(0, end);
    file.remove_prefix(end);
  }
  return sha256_hex(kept);
}

Result<std::string> trusted_keyring(std::string_view file, const std::string& place, const std::vector<KeyPin>& pins) {
  const auto keys = read_public_keys(file);
  if (!keys)
    return fail(ErrorKind::not_trusted, fmt::format("{} is not a key that can be used", place), {keys.error().message});
  const bool all_pinned = std::ranges::all_of(*keys, [&](const PublicKey& key) { return is_pinned(key, pins); });
  if (!all_pinned && !is_pinned_file(file, pins)) return fail(not_pinned(file, place, *keys, pins));
  return binary_keyring(file);
}

}  // namespace nvprov
