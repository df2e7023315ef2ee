#include "model/json_parts.hpp"
#include "model/plan_json.hpp"

namespace nvprov {
namespace {

Json requirement_to_json(const Requirement& requirement) {
  return JsonObject{{"kind", to_word(requirement.kind)}, {"subject", requirement.subject}};
}

Json remedy_to_json(const Remedy& remedy) {
  return JsonObject{{"changes", json_array(remedy.changes,
                                           [](const Change& change) {
                                             return JsonObject{{"action", change.action}, {"value", change.value}};
                                           })},
                    {"effect", remedy.effect}};
}

}  // namespace

Json sources_to_json(const std::vector<Source>& sources) {
  return json_array(sources, [](const Source& source) {
    return JsonObject{{"title", source.title}, {"url", source.url}};
  });
}

std::vector<Source> read_sources(ObjectReader& reader) {
  return reader.objects(
      "sources", [](ObjectReader& source) { return Source{.title = source.text("title"), .url = source.text("url")}; });
}

Json conflict_to_json(const Conflict& conflict) {
  return JsonObject{
      {"reason", to_word(conflict.reason)},
      {"subject", conflict.subject},
      {"other", conflict.other},
      {"limit", conflict.limit},
      {"sources", sources_to_json(conflict.sources)},
  };
}

Conflict read_conflict(ObjectReader& reader) {
  return Conflict{
      .reason = read_word<ConflictReason>(reader, "reason"),
      .subject = reader.text("subject"),
      .other = reader.text("other"),
      .limit = reader.text("limit"),
      .sources = read_sources(reader),
  };
}

Json notice_to_json(const Notice& notice) {
  return JsonObject{
      {"kind", to_word(notice.kind)},
      {"subject", notice.subject},
      {"other", notice.other},
      {"limit", notice.limit},
  };
}

Notice read_notice(ObjectReader& reader) {
  return Notice{
      .kind = read_word<NoticeKind>(reader, "kind"),
      .subject = reader.text("subject"),
      .other = reader.text("other"),
      .limit = reader.text("limit"),
  };
}

Json unsatisfiable_to_json(const Unsatisfiable& refusal) {
  return JsonObject{
      {"requirements", json_array(refusal.requirements, requirement_to_json)},
      {"conflicts", json_array(refusal.conflicts, conflict_to_json)},
      {"remedies", json_array(refusal.remedies, remedy_to_json)},
  };
}

}  // namespace nvprov
