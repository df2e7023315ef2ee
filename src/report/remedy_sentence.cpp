#include <array>
#include <string_view>

#include "report/fill.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

struct ActionWords {
  std::string_view action;
  std::string_view words;  // {subject} is the remedy's value, {limit} its effect
  std::string_view flag;   // what a bare value is typed after
};

constexpr std::array<ActionWords, 9> known_actions = {{
    {"other-branch",
     "{subject} would serve, and no source nvprov knows for this distribution has it: installed by NVIDIA's "
     "instructions, nvprov keeps it",
     {}},
    {"use-source", "take the packages from {subject}[; then: {limit}]", "--source "},
    {"drop-gpu", "take {subject} out of this host[; then: {limit}]", {}},
    {"name-gpu", "name the GPU to plan for, for example so[; then: {limit}]", {}},
    {"choose-cuda", "ask for another CUDA release[; then: {limit}]", "--cuda "},
    {"choose-driver", "ask for another driver[; then: {limit}]", "--driver "},
    {"run", "first run this[; then: {limit}]", {}},
    {"upgrade-distro", "move this host to {subject}[; then: {limit}]", {}},
    {"consent", "agree to it[; then: {limit}]", {}},
}};

ActionWords words_of(const Remedy& remedy) {
  for (const ActionWords& known : known_actions) {
    if (known.action == remedy.action) return known;
  }
  return {remedy.action, "{other}: {subject}[; then: {limit}]", {}};
}

std::string value_words(const Remedy& remedy) {
  return remedy.value == "auto" ? "whatever source serves this host" : source_words(remedy.value);
}

// No plan of this version can use it, so nothing is offered to type.
bool is_beyond_this_version(const Remedy& remedy) { return remedy.action == "use-source" && remedy.value == "nvidia"; }

}  // namespace

std::string sentence(const Remedy& remedy) {
  const std::string value = value_words(remedy);
  return fill(words_of(remedy).words, {.subject = value, .other = remedy.action, .limit = remedy.effect});
}

std::string remedy_command(const Remedy& remedy) {
  if (remedy.value.starts_with("--") || remedy.action == "run") return remedy.value;
  const std::string_view flag = words_of(remedy).flag;
  return flag.empty() || is_beyond_this_version(remedy) ? "" : std::string(flag) + remedy.value;
}

}  // namespace nvprov
