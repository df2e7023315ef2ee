#include "cli/locale.hpp"

#include "base/text.hpp"

namespace nvprov {

Language language_of_locale(const HostView& machine) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const auto locale = machine.environment(name); locale && !locale->empty())
      return lower(*locale).starts_with("zh") ? Language::zh : Language::en;
  return Language::en;
}

}  // namespace nvprov
