#include "report/record_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace nvprov {
namespace {

std::string place_of(const ShownRecord& shown) {
  const std::string file = shown.place.empty() ? shown.file : shown.file + " at " + shown.place;
  return shown.layer.empty() ? fmt::format("{} ({})", layer_words(shown.layer), file)
                             : fmt::format("{}/{}", shown.layer, file);
}

std::string replaced_words(const ShownRecord& shown) {
  std::vector<std::string> layers;
  for (const std::string& layer : shown.replaced) layers.push_back(layer_words(layer));
  return layers.empty() ? "" : "the record of " + join(layers, " and of ");
}

}  // namespace

std::string layer_words(const std::string& layer) { return layer.empty() ? "what nvprov carries" : layer; }

std::string record_text(const ShownRecord& shown, const TextOptions& options) {
  std::string text = paint(fmt::format("{} {}", shown.kind, shown.id), Paint::heading, options) + "\n";
  text += labelled({{"from", place_of(shown)}, {"replaces", replaced_words(shown)}}, options.width);
  for (const Source& source : shown.sources) text += source_line(source, "  ");
  return text + "\n" + format_json(shown.record);
}

Json record_to_json(const ShownRecord& shown) {
  return JsonObject{
      {"schema", "nvprov.record/1"},
      {"kind", shown.kind},
      {"id", shown.id},
      {"layer", shown.layer.empty() ? Json("embedded") : Json(shown.layer)},
      {"file", shown.file},
      {"place", shown.place},
      {"replaces", json_array(shown.replaced,
                              [](const std::string& layer) { return layer.empty() ? Json("embedded") : Json(layer); })},
      {"record", shown.record},
      {"sources", json_array(shown.sources, [](const Source& source) {
         return JsonObject{{"title", source.title}, {"url", source.url}};
       })}};
}

}  // namespace nvprov
