#include "report/lock_text.hpp"

#include <fmt/format.h>

#include "report/layout.hpp"

namespace nvprov {

std::string difference_words(const LockDifference& difference) {
  if (difference.before.empty()) return fmt::format("{}: {} is new", difference.subject, difference.after);
  if (difference.after.empty())
    return fmt::format("{}: {} is not there any more", difference.subject, difference.before);
  return fmt::format("{}: {} becomes {}", difference.subject, difference.before, difference.after);
}

std::string lock_update_text(const std::vector<LockDifference>& differences) {
  if (differences.empty()) return "nothing changes\n";
  std::vector<std::vector<std::string>> rows;
  for (const LockDifference& each : differences)
    rows.push_back(
        {each.subject, each.before.empty() ? "-" : each.before, "->", each.after.empty() ? "-" : each.after});
  return table(rows, "  ") + counted(differences.size(), "change") + "\n";
}

Json lock_update_to_json(const std::vector<LockDifference>& differences, const Lockfile& lock) {
  const auto value = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return JsonObject{
      {"schema", "nvprov.lock-update/1"},
      {"changes",
       json_array(
           differences,
           [&](const LockDifference& each) {
             return JsonObject{{"subject", each.subject}, {"before", value(each.before)}, {"after", value(each.after)}};
           })},
      {"lock", lockfile_to_json(lock)}};
}

}  // namespace nvprov
