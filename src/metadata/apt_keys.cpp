#include "metadata/apt_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/openpgp.hpp"
#include "base/text.hpp"

namespace nvprov {
namespace {

bool is_block(const std::string& signed_by) { return contains(signed_by, "-----BEGIN"); }

// The continuation lines of a deb822 field; a line that is empty in the block is a dot there.
std::string block_of(const std::string& value) {
  std::string block;
  for (const std::string_view line : split_lines(value)) {
    const std::string_view text = trim(line);
    if (text.empty() && block.empty()) continue;
    block += text == "." ? "\n" : std::string(text) + "\n";
  }
  return block;
}

std::vector<std::string> words_of(const std::string& signed_by) {
  return split_words(replace_all(replace_all(signed_by, ",", " "), "\n", " "));
}

bool is_file(const std::string& word) { return contains(word, "/"); }

std::optional<std::string> planned_content(const std::string& word, const PrivateSources& sources) {
  for (const PlannedKey& key : sources.planned_keys)
    if (word.ends_with("/" + key.name)) return key.content;
  return std::nullopt;
}

// As the target has it; a word that names a copy stands for the file copied.
std::string path_of(const std::string& word, const PrivateSources& sources) {
  for (const KeyCopy& copy : sources.keys)
    if (!word.starts_with('/') && word.ends_with("/" + copy.name)) return copy.path;
  return word;
}

// apt passes over what it cannot read there.
void add_trusted(const TargetFiles& target, std::vector<std::string>& keyrings) {
  std::vector<std::string> paths = {"/etc/apt/trusted.gpg"};
  for (const std::string& name : target.list("/etc/apt/trusted.gpg.d"))
    if (name.ends_with(".gpg") || name.ends_with(".asc")) paths.push_back("/etc/apt/trusted.gpg.d/" + name);
  for (const std::string& path : paths)
    if (auto content = target.read(path); content && binary_keyring(*content)) keyrings.push_back(std::move(*content));
}

}  // namespace

Result<TrustedKeys> apt_keys(const std::string& signed_by, const PrivateSources& sources, const TargetFiles& target) {
  if (is_block(signed_by))
    return TrustedKeys{.keyrings = {block_of(signed_by)}, .fingerprints = {}, .place = "the key in the entry itself"};
  TrustedKeys keys;
  std::vector<std::string> places;
  for (const std::string& word : words_of(signed_by)) {
    if (!is_file(word)) {
      keys.fingerprints.push_back(word);
      continue;
    }
    const std::string path = path_of(word, sources);
    auto content = planned_content(word, sources);
    places.push_back(content ? "the key the plan adds" : path);
    if (!content) content = target.read(path);
    if (!content)
      return fail(ErrorKind::not_trusted, fmt::format("the key file {} that an entry names is not there", path), {},
                  {"no signature can be checked without it; put it back, or remove the entry"});
    keys.keyrings.push_back(std::move(*content));
  }
  if (keys.keyrings.empty()) {
    add_trusted(target, keys.keyrings);
    places.emplace_back("/etc/apt/trusted.gpg.d");
  }
  keys.place = join(places, ", ");
  return keys;
}

std::optional<std::string> absent_key(const std::string& signed_by, const PrivateSources& sources,
                                      const TargetFiles& files) {
  if (is_block(signed_by)) return std::nullopt;
  const std::vector<std::string> words = words_of(signed_by);
  for (const std::string& word : words)
    if (is_file(word) && !planned_content(word, sources) && !files.read(word)) return word;
  const std::string common = "/etc/apt/trusted.gpg.d";
  if (std::ranges::none_of(words, is_file) && files.list(common).empty()) return common;
  return std::nullopt;
}

}  // namespace nvprov
