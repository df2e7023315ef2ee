// manifests/checks/<id>.json
#include "catalog/checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

// What a finding can put into its sentence.
std::optional<Complaint> a_finding_sentence(std::string_view text) {
  if (auto complaint = a_line(text)) return complaint;
  std::string rest(text);
  for (const char* value : {"{subject}", "{expected}", "{found}"}) rest = replace_all(rest, value, "");
  if (!contains(rest, "{") && !contains(rest, "}")) return std::nullopt;
  return Complaint{"has a placeholder a finding does not know", "write {subject}, {expected} or {found}"};
}

Severity read_severity(ObjectReader& reader) {
  return reader.text("severity", one_of({"error", "warning"})) == "warning" ? Severity::warning : Severity::error;
}

// Only what is said of the world outside nvprov was read somewhere.
std::vector<Source> read_check_sources(ObjectReader& reader, const SourceTable& table) {
  const Json* member = reader.optional_member("source");
  const JsonArray* names = member != nullptr ? member->get_if<JsonArray>() : nullptr;
  if (names != nullptr && names->empty()) return {};
  return read_sources(reader, table);
}

Check read_check(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .severity = read_severity(reader),
          .title = reader.text("title", a_line),
          .says = reader.text("says", a_finding_sentence),
          .hint = reader.text("hint", a_line),
          .sources = read_check_sources(reader, table)};
}

tl::expected<std::vector<Check>, Diagnostics> read_checks(std::span<const DataFile> files) {
  Records records;
  Diagnostics problems;
  for (const DataFile& file : files) {
    if (!file.path.starts_with(check_folder)) continue;
    if (auto root = parse_json(file.text, file.path, problems))
      read_check_file({file.path, std::move(*root)}, records, problems);
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  std::vector<Check> checks;
  for (auto& each : records.checks) checks.push_back(std::move(each.record));
  return checks;
}

}  // namespace

void read_check_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.check")) return;
  const SourceTable table = read_source_table(reader);
  Check found = read_check(reader, table);
  check_file_name(reader, "id", found.id);
  reader.finish();
  records.checks.push_back({std::move(found), document.path, "", ""});
}

tl::expected<std::vector<Check>, Diagnostics> load_checks(std::span<const DataFile> files) {
  return overlay_checks({}, files);
}

tl::expected<std::vector<Check>, Diagnostics> overlay_checks(const std::vector<Check>& base,
                                                             std::span<const DataFile> files) {
  auto added = read_checks(files);
  if (!added) return added;
  std::vector<Check> all = base;
  for (Check& check : *added) {
    std::erase_if(all, [&](const Check& old) { return old.id == check.id; });
    all.push_back(std::move(check));
  }
  std::ranges::sort(all, {}, &Check::id);
  return all;
}

}  // namespace nvprov
