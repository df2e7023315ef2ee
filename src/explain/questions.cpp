#include "explain/questions.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

bool is_of_a_word(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }
bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// "what does pytorch need?" without its marks; Chinese characters part words too.
std::vector<std::string> words_of(std::string_view typed) {
  std::vector<std::string> words(1);
  for (const char c : typed) {
    if (is_of_a_word(c))
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  for (std::string& word : words) word.erase(word.find_last_not_of('.') + 1);
  std::erase(words, "");
  return words;
}

std::size_t shared_words(const ConceptQuestion& question, std::string_view typed,
                         const std::vector<std::string>& words) {
  return static_cast<std::size_t>(std::ranges::count_if(question.key_words, [&](const std::string& key) {
    return is_ascii(key) ? std::ranges::find(words, key) != words.end() : contains(typed, key);
  }));
}

// Whether a text stands in another between ends of words.
bool stands_in(std::string_view text, std::string_view sentence) {
  if (!is_ascii(text)) return contains(sentence, text);
  for (std::size_t at = sentence.find(text); at != std::string_view::npos; at = sentence.find(text, at + 1)) {
    const bool begins = at == 0 || !is_of_a_word(sentence[at - 1]);
    const std::size_t end = at + text.size();
    if (begins && (end == sentence.size() || !is_of_a_word(sentence[end]))) return true;
  }
  return false;
}

}  // namespace

std::vector<std::pair<std::string, std::size_t>> best_questions(std::string_view typed,
                                                                const std::vector<Concept>& concepts,
                                                                std::size_t least) {
  const std::vector<std::string> words = words_of(typed);
  std::vector<std::pair<std::string, std::size_t>> best;
  std::size_t most = std::max<std::size_t>(least, 1);
  for (const Concept& each : concepts)
    for (std::size_t i = 0; i < each.questions.size(); ++i) {
      const std::size_t shared = shared_words(each.questions[i], typed, words);
      if (shared < most) continue;
      if (shared > most) best.clear();
      most = shared;
      best.emplace_back(each.id, i);
    }
  return best;
}

std::string longest_name_in(std::string_view typed, const std::vector<std::string>& names) {
  std::string longest;
  for (const std::string& name : names)
    if (name.size() > std::max<std::size_t>(longest.size(), 1) && stands_in(name, typed)) longest = name;
  return longest;
}

}  // namespace nvprov
