#include "packages/alternatives.hpp"

#include <fmt/format.h>

namespace nvprov {

std::vector<std::string> alternative_records(std::string_view name) {
  return {fmt::format("/var/lib/dpkg/alternatives/{}", name), fmt::format("/var/lib/alternatives/{}", name)};
}

std::string alternative_link(std::string_view name) { return fmt::format("/etc/alternatives/{}", name); }

std::optional<bool> is_chosen_by_hand(std::string_view record) {
  const std::string_view mode = record.substr(0, record.find('\n'));
  if (mode == "manual") return true;
  if (mode == "auto") return false;
  return std::nullopt;
}

std::vector<std::string> set_alternative_argv(const std::string& name, const std::string& target) {
  return {"update-alternatives", "--set", name, target};
}

std::vector<std::string> automatic_alternative_argv(const std::string& name) {
  return {"update-alternatives", "--auto", name};
}

}  // namespace nvprov
