#include "explain/say.hpp"

#include "base/text.hpp"

namespace nvprov {

std::string say(Language language, std::string_view en, std::string_view zh, const SentenceValues& values) {
  return fill(language == Language::zh ? zh : en, values);
}

std::string listed(Language language, const std::vector<std::string>& items) {
  return join(items, language == Language::zh ? "、" : ", ");
}

std::string listed_briefly(Language language, const std::vector<std::string>& items, std::size_t most) {
  if (items.size() <= most) return listed(language, items);
  const std::string first = listed(language, {items.begin(), items.begin() + static_cast<std::ptrdiff_t>(most)});
  const std::string more = std::to_string(items.size() - most);
  return say(language, "{subject} and {other} more", "{subject}，另有 {other} 个", {.subject = first, .other = more});
}

std::string flavour_name(Language language, std::string_view flavour) {
  if (language == Language::zh && flavour == "open") return "开放";
  if (language == Language::zh && flavour == "proprietary") return "专有";
  return std::string(flavour);
}

std::string branch_type_name(Language language, std::string_view type) {
  if (language == Language::zh && type == "long-term") return "长期支持";
  if (language == Language::zh && type == "production") return "生产";
  if (language == Language::zh && type == "new-feature") return "新特性";
  return std::string(type);
}

}  // namespace nvprov
