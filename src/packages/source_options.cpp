#include "packages/source_options.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"

namespace nvprov {
namespace {

struct OptionName {
  std::string_view one_line;
  std::string_view deb822;
};

// All of them are lists. "+" and "-" are the forms that add to or take from the default list.
constexpr std::array<OptionName, 9> list_options = {{
    {"arch", "Architectures"},
    {"arch+", "Architectures-Add"},
    {"arch-", "Architectures-Remove"},
    {"lang", "Languages"},
    {"lang+", "Languages-Add"},
    {"lang-", "Languages-Remove"},
    {"target", "Targets"},
    {"target+", "Targets-Add"},
    {"target-", "Targets-Remove"},
}};

const OptionName* find_list_option(const std::string& name) {
  const auto found = std::ranges::find_if(
      list_options, [&](const OptionName& each) { return each.one_line == name || lower(each.deb822) == name; });
  return found == list_options.end() ? nullptr : &*found;
}

// "signed-by" is "Signed-By".
std::string capitalised(std::string name) {
  bool start = true;
  for (char& c : name) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    start = c == '-';
  }
  return name;
}

}  // namespace

RepositoryOption deb822_option(const RepositoryOption& option) {
  const OptionName* list = find_list_option(option.name);
  if (list == nullptr) return {capitalised(option.name), option.value};
  return {std::string(list->deb822), join(split_words(replace_all(option.value, ",", " ")), " ")};
}

RepositoryOption one_line_option(const RepositoryOption& option) {
  const OptionName* list = find_list_option(option.name);
  const std::string name = list == nullptr ? option.name : std::string(list->one_line);
  return {name, join(split_words(replace_all(option.value, ",", " ")), ",")};
}

bool is_embedded_key(const RepositoryOption& option) { return contains(option.value, "-----BEGIN"); }

}  // namespace nvprov
