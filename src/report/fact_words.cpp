#include "report/fact_words.hpp"

namespace nvprov {

bool is_unknown(const HostFacts& facts, std::string_view fact) {
  if (could_not_look(facts, fact)) return true;
  const std::size_t dot = fact.rfind('.');
  return dot != std::string_view::npos && is_unknown(facts, fact.substr(0, dot));
}

std::string fact_or(const HostFacts& facts, std::string_view fact, const std::optional<std::string>& value,
                    std::string_view absent) {
  if (value) return *value;
  return is_unknown(facts, fact) ? "could not look" : std::string(absent);
}

bool is_half_installed(const InstalledPackage& package) {
  // "config-files" is a removed package whose settings were kept: nothing is wrong with it.
  return package.state != "installed" && package.state != "config-files" && package.state != "not-installed";
}

}  // namespace nvprov
