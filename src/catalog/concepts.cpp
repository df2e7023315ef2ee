// manifests/concepts/<id>.json
#include "catalog/concepts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "catalog/records.hpp"
#include "catalog/text_rules.hpp"

namespace nvprov {
namespace {

bool has_chinese(std::string_view text) {
  // U+4E00 to U+9FFF begin with these bytes in UTF-8.
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) >= 0xe4 && static_cast<unsigned char>(c) <= 0xe9; });
}

std::optional<Complaint> an_english_line(std::string_view text) {
  if (has_chinese(text)) return Complaint{"is not English", "write the Chinese text in `zh`"};
  return a_line(text);
}

std::optional<Complaint> a_chinese_line(std::string_view text) {
  if (auto complaint = a_line(text)) return complaint;
  if (has_chinese(text)) return std::nullopt;
  return Complaint{"is not Chinese", "write the English text in `en`"};
}

// What people type: a line, but in small letters, because that is how it is compared.
std::optional<Complaint> a_typed_name(std::string_view text) {
  if (auto complaint = a_line(text)) return complaint;
  if (lower(text) == text) return std::nullopt;
  return Complaint{fmt::format("`{}` has capital letters", text), "write it in small letters; case is ignored"};
}

// A title may be a name that is the same everywhere.
LocalText read_title(ObjectReader& reader) {
  return {.en = reader.text("en", an_english_line), .zh = reader.text("zh", a_line)};
}

LocalText read_text(ObjectReader& reader) {
  return {.en = reader.text("en", an_english_line), .zh = reader.text("zh", a_chinese_line)};
}

ConceptPart read_part_of_concept(ObjectReader& reader) {
  return {.component = reader.text("component", a_word), .what = reader.object("what", read_text)};
}

ConceptQuestion read_question(ObjectReader& reader) {
  return {.key_words = distinct_texts(reader, "key_words", a_typed_name),
          .question = reader.object("question", read_text),
          .answer = reader.object("answer", read_text)};
}

Concept read_concept(ObjectReader& reader, const SourceTable& table) {
  return {.id = reader.text("id", a_word),
          .order = reader.integer("order"),
          .aliases = distinct_texts(reader, "aliases", a_typed_name),
          .phrases = distinct_texts(reader, "phrases", a_typed_name),
          .parts = reader.objects("parts", read_part_of_concept),
          .stands_for = distinct_texts(
              reader, "stands_for",
              one_of({"driver-package", "module-package", "cuda-package", "headers-package", "helper-package"})),
          .packages = distinct_texts(reader, "packages", a_template),
          .shows = distinct_texts(reader, "shows",
                                  one_of({"driver", "module", "nouveau", "toolkits", "images", "engines", "fabric",
                                          "secure-boot", "support"})),
          .title = reader.object("title", read_title),
          .what = reader.object("what", read_text),
          .needed_by = reader.object("needed_by", read_text),
          .not_needed_by = reader.object("not_needed_by", read_text),
          .without_it = reader.object("without_it", read_text),
          .related = distinct_texts(reader, "related", a_word),
          .questions = reader.objects("questions", read_question),
          .sources = read_sources(reader, table)};
}

// --- checks of concepts against each other ---

using PlacedConcepts = std::vector<Placed<Concept>>;

void check_related(const PlacedConcepts& concepts, Diagnostics& problems) {
  std::vector<std::string> ids;
  for (const auto& each : concepts) ids.push_back(each.record.id);
  for (const auto& each : concepts)
    for (std::size_t i = 0; i < each.record.related.size(); ++i) {
      const std::string& id = each.record.related[i];
      if (std::ranges::find(ids, id) != ids.end() && id != each.record.id) continue;
      const auto meant = did_you_mean(id, ids);
      problems.push_back(
          {each.file, fmt::format("/related/{}", i),
           id == each.record.id ? "a concept is not related to itself" : fmt::format("there is no concept `{}`", id),
           meant && id != each.record.id ? fmt::format("did you mean `{}`?", *meant) : ""});
    }
}

// What must be said by one concept only: names by which exactly one is found.
void check_claims(const PlacedConcepts& concepts, std::string_view field, auto claims_of, Diagnostics& problems) {
  std::map<std::string, std::string> owners;
  for (const auto& each : concepts)
    for (const std::string& claim : claims_of(each.record))
      if (const auto [owner, is_new] = owners.emplace(claim, each.record.id); !is_new)
        problems.push_back({each.file, fmt::format("/{}", field),
                            fmt::format("`{}` belongs to the concept `{}` already", claim, owner->second), ""});
}

std::vector<std::string> components_of_parts(const Concept& each) {
  std::vector<std::string> components;
  for (const ConceptPart& part : each.parts) components.push_back(part.component);
  return components;
}

void check_aliases_are_no_ids(const PlacedConcepts& concepts, Diagnostics& problems) {
  for (const auto& each : concepts)
    for (std::size_t i = 0; i < each.record.aliases.size(); ++i)
      if (std::ranges::any_of(concepts, [&](const auto& other) { return other.record.id == each.record.aliases[i]; }))
        problems.push_back({each.file, fmt::format("/aliases/{}", i),
                            fmt::format("`{}` is a concept of its own", each.record.aliases[i]), ""});
}

tl::expected<std::vector<Concept>, Diagnostics> checked(PlacedConcepts concepts, Diagnostics problems) {
  check_related(concepts, problems);
  check_aliases_are_no_ids(concepts, problems);
  check_claims(concepts, "parts", components_of_parts, problems);
  check_claims(
      concepts, "stands_for", [](const Concept& each) { return each.stands_for; }, problems);
  check_claims(
      concepts, "packages", [](const Concept& each) { return each.packages; }, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  std::vector<Concept> result;
  for (auto& each : concepts) result.push_back(std::move(each.record));
  std::ranges::sort(result, {}, [](const Concept& each) { return std::pair(each.order, each.id); });
  return result;
}

PlacedConcepts read_concepts(std::span<const DataFile> files, Diagnostics& problems) {
  Records records;
  for (const DataFile& file : files) {
    if (!file.path.starts_with(concept_folder)) continue;
    if (auto root = parse_json(file.text, file.path, problems))
      read_concept_file({file.path, std::move(*root)}, records, problems);
  }
  return std::move(records.concepts);
}

}  // namespace

void read_concept_file(const Document& document, Records& records, Diagnostics& problems) {
  ObjectReader reader(document.root, document.path, "", problems);
  if (!read_schema(reader, "nvprov.concept")) return;
  const SourceTable table = read_source_table(reader);
  Concept found = read_concept(reader, table);
  check_file_name(reader, "id", found.id);
  reader.finish();
  records.concepts.push_back({std::move(found), document.path, "", ""});
}

tl::expected<std::vector<Concept>, Diagnostics> load_concepts(std::span<const DataFile> files) {
  Diagnostics problems;
  PlacedConcepts concepts = read_concepts(files, problems);
  return checked(std::move(concepts), std::move(problems));
}

tl::expected<std::vector<Concept>, Diagnostics> overlay_concepts(const std::vector<Concept>& base,
                                                                 std::span<const DataFile> files) {
  Diagnostics problems;
  PlacedConcepts all;
  for (const Concept& each : base) all.push_back({each, fmt::format("built-in {}", concept_file(each.id)), "", ""});
  for (auto& added : read_concepts(files, problems)) {
    const auto old = std::ranges::find_if(all, [&](const auto& each) { return each.record.id == added.record.id; });
    if (old == all.end())
      all.push_back(std::move(added));
    else
      *old = std::move(added);
  }
  return checked(std::move(all), std::move(problems));
}

}  // namespace nvprov
