#include "metadata/repomd.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "metadata/xml_reader.hpp"

namespace nvprov {
namespace {

using Attributes = std::map<std::string, std::string>;

std::string value_of(const Attributes& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

std::optional<FileDigest> digest_of(const std::string& kind, const std::string& hex) {
  const bool is_hex = !hex.empty() && std::ranges::all_of(hex, [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
  if (kind == "sha256" && is_hex && hex.size() == 64) return FileDigest{DigestKind::sha256, lower(hex)};
  if (kind == "sha512" && is_hex && hex.size() == 128) return FileDigest{DigestKind::sha512, lower(hex)};
  return std::nullopt;
}

std::int64_t number_of(const std::string& text) {
  const std::string_view whole = std::string_view(text).substr(0, text.find('.'));
  return static_cast<std::int64_t>(parse_number(whole).value_or(0));
}

bool is_inside_repository(std::string_view location) {
  if (location.empty() || location.starts_with('/') || contains(location, "://") || contains(location, "\\"))
    return false;
  const std::vector<std::string> parts = split(location, '/');
  return std::ranges::find(parts, std::string("..")) == parts.end();
}

class RepomdReader {
 public:
  Result<Repomd> read(std::string_view text) {
    const Status done = read_xml(text, {.on_start = [this](const auto& name, const auto& with) { start(name, with); },
                                        .on_end = [this](const auto& name, const auto& inside) { end(name, inside); }});
    if (!done) return fail(broken(done.error().message));
    if (!is_repomd_) return fail(broken("its outermost element is not repomd"));
    if (problem_) return fail(*problem_);
    return std::move(repomd_);
  }

 private:
  static Error broken(std::string why) {
    return Error{.kind = ErrorKind::failed,
                 .message = "a repomd.xml is not whole",
                 .because = {std::move(why)},
                 .hints = {"a proxy or portal on the way may have answered in its place"},
                 .context = {}};
  }

  void start(const std::string& name, const Attributes& attributes) {
    if (name == "repomd") is_repomd_ = true;
    if (name == "data") {
      item_ = RepomdItem{.type = value_of(attributes, "type"), .location = {}, .digest = {}};
      weak_ = {};
    }
    if (name == "location") item_.location = value_of(attributes, "href");
    if (name == "location" && !value_of(attributes, "base").empty()) outside_ = true;
    if (name == "checksum") kind_ = value_of(attributes, "type");
  }

  void end(const std::string& name, const std::string& text) {
    if (name == "revision") repomd_.revision = number_of(text);
    if (name == "timestamp") repomd_.newest = std::max(repomd_.newest, number_of(text));
    if (name == "size") item_.size = parse_number(text);
    if (name == "checksum") take_checksum(text);
    if (name == "data") finish_item();
  }

  void take_checksum(const std::string& text) {
    if (auto digest = digest_of(kind_, text))
      item_.digest = std::move(*digest);
    else
      weak_ = kind_;
  }

  void finish_item() {
    const bool outside = outside_ || !is_inside_repository(item_.location);
    outside_ = false;
    if (outside && !problem_)
      problem_ = Error{.kind = ErrorKind::not_trusted,
                       .message = "a repomd.xml names a file outside its repository",
                       .because = {fmt::format("its {} is at `{}`", item_.type, item_.location)},
                       .hints = {},
                       .context = {}};
    if (item_.digest.hex.empty() && !problem_)
      problem_ = weak_.empty() ? broken(fmt::format("its {} has no checksum", item_.type))
                               : Error{.kind = ErrorKind::not_trusted,
                                       .message = "a repomd.xml vouches for its files by a checksum that can be forged",
                                       .because = {fmt::format("its {} has one of kind {}", item_.type, weak_)},
                                       .hints = {"the repository's owner has to publish SHA-256 checksums"},
                                       .context = {}};
    repomd_.items.push_back(std::move(item_));
    item_ = {};
  }

  Repomd repomd_;
  RepomdItem item_;
  std::string kind_;
  std::string weak_;
  bool outside_ = false;
  bool is_repomd_ = false;
  std::optional<Error> problem_;
};

// "https://mirror/9/os/repodata/repomd.xml" is the repository "https://mirror/9/os/".
std::optional<std::string> base_of(const std::string& url) {
  constexpr std::string_view end = "repodata/repomd.xml";
  if (!url.ends_with(end)) return std::nullopt;
  return url.substr(0, url.size() - end.size());
}

class MetalinkReader {
 public:
  Result<Metalink> read(std::string_view text) {
    const Status done = read_xml(text, {.on_start = [this](const auto& name, const auto& with) { start(name, with); },
                                        .on_end = [this](const auto& name, const auto& inside) { end(name, inside); }});
    const auto broken = [](std::string why) {
      return fail(ErrorKind::failed, "a metalink is not whole", {std::move(why)},
                  {"a proxy or portal on the way may have answered in its place"});
    };
    if (!done) return broken(done.error().message);
    if (metalink_.digests.empty()) return broken("it has no SHA-256 or SHA-512 checksum of repomd.xml");
    std::ranges::stable_sort(places_, std::ranges::greater{}, &Place::preference);
    for (Place& place : places_) metalink_.bases.push_back(std::move(place.base));
    if (metalink_.bases.empty()) return broken("it names no mirror that can be asked by https or http");
    return std::move(metalink_);
  }

 private:
  struct Place {
    std::int64_t preference = 0;
    std::string base;
  };

  void start(const std::string& name, const Attributes& attributes) {
    if (name == "file") is_repomd_ = value_of(attributes, "name") == "repomd.xml";
    if (name == "hash") kind_ = value_of(attributes, "type");
    if (name == "url") preference_ = number_of(value_of(attributes, "preference"));
  }

  void end(const std::string& name, const std::string& text) {
    if (!is_repomd_) return;
    if (name == "hash")
      if (auto digest = digest_of(kind_, text)) metalink_.digests.push_back(std::move(*digest));
    const bool is_network = text.starts_with("https://") || text.starts_with("http://");
    if (name == "url" && is_network)
      if (auto base = base_of(text)) places_.push_back({preference_, std::move(*base)});
  }

  Metalink metalink_;
  std::vector<Place> places_;
  std::string kind_;
  std::int64_t preference_ = 0;
  bool is_repomd_ = false;
};

}  // namespace

Result<Repomd> parse_repomd(std::string_view text) { return RepomdReader().read(text); }

const RepomdItem* find_item(const Repomd& repomd, std::string_view type) {
  const auto found = std::ranges::find(repomd.items, type, &RepomdItem::type);
  return found == repomd.items.end() ? nullptr : &*found;
}

Result<Metalink> parse_metalink(std::string_view text) { return MetalinkReader().read(text); }

std::vector<std::string> parse_rpm_mirror_list(std::string_view text) {
  std::vector<std::string> bases;
  for (const std::string_view line : split_lines(text)) {
    std::string url(trim(line));
    if (!url.starts_with("https://") && !url.starts_with("http://")) continue;
    if (!url.ends_with('/')) url += '/';
    bases.push_back(std::move(url));
  }
  return bases;
}

}  // namespace nvprov
