#include "report/catalog_diff_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

enum class Effect { possible, impossible, different, refused_otherwise };

Effect effect_of(const AnswerChange& change) {
  if (change.before.refusal && change.after.refusal) return Effect::refused_otherwise;
  if (change.before.refusal) return Effect::possible;
  return change.after.refusal ? Effect::impossible : Effect::different;
}

constexpr Effect effects[] = {Effect::possible, Effect::impossible, Effect::different, Effect::refused_otherwise};

std::string_view word_of(Effect effect) {
  switch (effect) {
    case Effect::possible: return "possible";
    case Effect::impossible: return "impossible";
    case Effect::different: return "different";
    case Effect::refused_otherwise: return "refused-otherwise";
  }
  return "";
}

std::string_view heading_of(Effect effect) {
  switch (effect) {
    case Effect::possible: return "now possible";
    case Effect::impossible: return "no longer possible";
    case Effect::different: return "other releases or packages";
    case Effect::refused_otherwise: return "refused as before, for another reason";
  }
  return "";
}

std::string releases_of(const Answer& answer) {
  if (answer.refusal) return sentence(*answer.refusal);
  std::string words;
  if (!answer.driver.empty()) words = fmt::format("driver {} ({})", answer.driver, answer.flavour);
  if (!answer.cuda.empty()) words += fmt::format("{}CUDA {}", words.empty() ? "" : ", ", answer.cuda);
  if (words.empty()) words = "nothing";
  return fmt::format("{} from {}", words, answer.source);
}

std::vector<std::string> without(const std::vector<std::string>& all, const std::vector<std::string>& others) {
  std::vector<std::string> rest;
  for (const std::string& each : all)
    if (std::ranges::find(others, each) == others.end()) rest.push_back(each);
  return rest;
}

std::string gpu_words(const GpuKind& kind) {
  const std::size_t others = kind.device_ids.size() - 1;
  return others == 0 ? kind.example.name
                     : fmt::format("{} and {} more of {}", kind.example.name, others, kind.example.architecture);
}

std::string change_text(const AnswerChange& change, int width) {
  std::vector<std::string> gpus;
  for (const GpuKind& kind : change.gpus) gpus.push_back(gpu_words(kind));
  std::string text = wrap_items(change.distros, width, fmt::format("  {} on ", change.profile));
  text += wrap_items(gpus, width, "    with ");
  text += wrap(releases_of(change.before), width, "    before: ");
  text += wrap(releases_of(change.after), width, "    after:  ");
  if (effect_of(change) != Effect::different) return text;
  const auto added = without(change.after.packages, change.before.packages);
  const auto gone = without(change.before.packages, change.after.packages);
  if (!added.empty()) text += wrap_items(added, width, "    adds ");
  if (!gone.empty()) text += wrap_items(gone, width, "    drops ");
  return text;
}

Json answer_to_json(const Answer& answer) {
  return JsonObject{{"source", answer.source},
                    {"driver", answer.driver},
                    {"flavour", answer.flavour},
                    {"cuda", answer.cuda},
                    {"packages", json_array(answer.packages)},
                    {"refusal", answer.refusal ? Json(sentence(*answer.refusal)) : Json()}};
}

Json change_to_json(const AnswerChange& change) {
  return JsonObject{{"effect", std::string(word_of(effect_of(change)))},
                    {"profile", change.profile},
                    {"distributions", json_array(change.distros)},
                    {"gpus", json_array(change.gpus,
                                        [](const GpuKind& kind) {
                                          return JsonObject{{"name", kind.example.name},
                                                            {"architecture", kind.example.architecture},
                                                            {"device_ids", json_array(kind.device_ids)}};
                                        })},
                    {"before", answer_to_json(change.before)},
                    {"after", answer_to_json(change.after)}};
}

}  // namespace

std::string catalog_diff_text(const CatalogDiff& diff, const TextOptions& options) {
  if (diff.changes.empty())
    return fmt::format("no host gets another answer ({} compared)\n", counted(diff.compared, "answer"));
  std::string text;
  for (const Effect effect : effects) {
    std::string part;
    for (const AnswerChange& change : diff.changes)
      if (effect_of(change) == effect) part += change_text(change, options.width);
    if (part.empty()) continue;
    if (!text.empty()) text += "\n";
    text += paint(heading_of(effect), Paint::heading, options) + "\n" + part;
  }
  return text +
         fmt::format("\n{} compared: fresh hosts, before any repository is asked\n", counted(diff.compared, "answer"));
}

Json catalog_diff_to_json(const CatalogDiff& diff) {
  return JsonObject{{"schema", "nvprov.manifest-diff/1"},
                    {"compared", static_cast<std::int64_t>(diff.compared)},
                    {"changes", json_array(diff.changes, change_to_json)}};
}

}  // namespace nvprov
