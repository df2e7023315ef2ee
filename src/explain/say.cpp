#include "explain/say.hpp"

#include "base/text.hpp"
#include "report/sentences.hpp"

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

std::string source_name(Language language, std::string_view source) {
  if (language == Language::en) return source_words(source);
  if (source == "distro") return "发行版自带的软件源";
  if (source == "nvidia") return "NVIDIA 的软件源";
  if (source == "installed") return "已安装的来源";
  return std::string(source);
}

}  // namespace nvprov
