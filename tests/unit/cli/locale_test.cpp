#include "cli/locale.hpp"

#include "support/catch.hpp"
#include "support/memory_host.hpp"

using namespace nvprov;

namespace {

class LocaleHost : public MemoryHost {
 public:
  std::map<std::string, std::string> variables;
  std::optional<std::string> environment(const std::string& name) const override {
    const auto found = variables.find(name);
    return found != variables.end() ? std::optional(found->second) : std::nullopt;
  }
};

Language language_with(std::map<std::string, std::string> variables) {
  LocaleHost host;
  host.variables = std::move(variables);
  return language_of_locale(host);
}

}  // namespace

TEST_CASE("the first locale variable that is set decides the language") {
  CHECK(language_with({}) == Language::en);
  CHECK(language_with({{"LANG", "zh_CN.UTF-8"}}) == Language::zh);
  CHECK(language_with({{"LANG", "zh_CN.UTF-8"}, {"LC_MESSAGES", "en_US.UTF-8"}}) == Language::en);
  CHECK(language_with({{"LANG", "en_US.UTF-8"}, {"LC_ALL", "zh_CN.UTF-8"}, {"LC_MESSAGES", "C"}}) == Language::zh);
  CHECK(language_with({{"LC_ALL", ""}, {"LANG", "zh_TW"}}) == Language::zh);
  CHECK(language_with({{"LANG", "de_DE.UTF-8"}}) == Language::en);
  CHECK(language_with({{"LANG", "C.UTF-8"}}) == Language::en);
}
