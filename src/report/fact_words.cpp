#include "report/fact_words.hpp"

namespace nvprov {

std::string fact_or(const HostFacts& facts, std::string_view fact, const std::optional<std::string>& value,
                    std::string_view absent) {
  if (value) return *value;
  return could_not_look(facts, fact) ? "could not look" : std::string(absent);
}

bool is_half_installed(const InstalledPackage& package) {
  // "config-files" is a removed package whose settings were kept: nothing is wrong with it.
  return package.state != "installed" && package.state != "config-files" && package.state != "not-installed";
}

}  // namespace nvprov
