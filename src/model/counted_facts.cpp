#include "model/counted_facts.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <string_view>

#include "base/digest.hpp"

namespace nvprov {
namespace {

// Members counted_facts() empties, by the path of their objects; items of lists have none of their own. Whoever adds
// one here adds it there: the digest must not leave out what a plan is made from.
struct Uncounted {
  std::string_view path;
  std::string_view key;
};
constexpr std::array<Uncounted, 8> uncounted = {{
    {"", "origin"},
    {"", "observed_on"},
    {"/gpus", "address"},
    {"/nvswitches", "address"},
    {"/environment", "root_user"},
    {"/diagnostics", "file"},
    {"/diagnostics", "message"},
    {"/diagnostics", "hint"},
}};

// Paths are as deep as this; below, every member counts.
constexpr int deepest_uncounted = 2;

bool is_counted(std::string_view path, std::string_view key) {
  return std::ranges::none_of(uncounted, [&](const Uncounted& each) { return each.path == path && each.key == key; });
}

// Each value as its kind, its length and itself: no two values have the same bytes.
class CanonicalBytes {
 public:
  void add(const Json& value, std::string_view path, int depth) {
    bytes_ += static_cast<char>('a' + value.value().index());
    if (const auto* text = value.get_if<std::string>()) add_text(*text);
    if (const auto* number = value.get_if<std::int64_t>()) add_number(*number);
    if (const auto* number = value.get_if<double>()) add_number(std::bit_cast<std::uint64_t>(*number));
    if (const auto* truth = value.get_if<bool>()) bytes_ += *truth ? '1' : '0';
    if (const auto* items = value.get_if<JsonArray>()) add_items(*items, path, depth);
    if (const auto* members = value.get_if<JsonObject>()) add_members(*members, path, depth);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  template <class Number>
  void add_number(Number number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    bytes_.append(text.data(), end);
    bytes_ += ';';
  }
  void add_text(std::string_view text) {
    add_number(text.size());
    bytes_ += text;
  }
  void add_items(const JsonArray& items, std::string_view path, int depth) {
    add_number(items.size());
    for (const Json& item : items) add(item, path, depth);
  }
  void add_members(const JsonObject& members, std::string_view path, int depth) {
    add_number(members.size());
    for (const JsonMember& member : members) {
      add_text(member.key);
      const bool may_be_left_out = depth < deepest_uncounted;
      if (may_be_left_out && !is_counted(path, member.key))
        bytes_ += static_cast<char>('A' + member.value.value().index());  // its kind: a wrong one is told
      else if (may_be_left_out)
        add(member.value, std::string(path) + "/" + member.key, depth + 1);
      else
        add(member.value, {}, depth + 1);
    }
  }

  std::string bytes_;
};

}  // namespace

HostFacts counted_facts(HostFacts facts) {
  facts.origin.clear();
  facts.observed_on.clear();
  for (Gpu& gpu : facts.gpus) gpu.address.clear();
  for (NvSwitch& nvswitch : facts.nvswitches) nvswitch.address.clear();
  facts.environment.root_user.reset();
  for (Diagnostic& diagnostic : facts.diagnostics)
    diagnostic = {.file = {}, .place = std::move(diagnostic.place), .message = {}, .hint = {}};
  return facts;
}

std::string counted_digest(const Json& document) {
  CanonicalBytes canonical;
  canonical.add(document, {}, 0);
  return sha256_hex(canonical.bytes());
}

}  // namespace nvprov
