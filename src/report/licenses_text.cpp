#include "report/licenses_text.hpp"

#include <fmt/format.h>

#include "report/layout.hpp"

namespace nvprov {

std::string licenses_text(std::span<const LinkedComponent> components) {
  std::vector<std::vector<std::string>> rows;
  std::string texts;
  for (const LinkedComponent& each : components) {
    rows.push_back({std::string(each.name), std::string(each.version), std::string(each.spdx)});
    texts += fmt::format("\n=== {} {} ({})\n\n{}", each.name, each.version, each.spdx, each.text);
  }
  return "linked in:\n" + table(rows, "  ") + texts;
}

}  // namespace nvprov
