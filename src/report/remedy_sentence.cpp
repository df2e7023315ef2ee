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
    {"name-gpu", "name the GPU to plan for, by name or PCI id, such as", {}},
    {"other-branch",
     "{subject} would serve; NVIDIA's own repository has it, which this version of nvprov does not set up: installed "
     "by "
     "NVIDIA's instructions, nvprov keeps it",
     {}},
    {"use-source", "take the packages from another source[; then: {limit}]", "--source "},
    {"drop-gpu", "take {subject} out of this host[; then: {limit}]", {}},
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

}  // namespace

std::string sentence(const Remedy& remedy) {
  return fill(words_of(remedy).words, {.subject = remedy.value, .other = remedy.action, .limit = remedy.effect});
}

std::string remedy_command(const Remedy& remedy) {
  if (remedy.value.starts_with("--") || remedy.action == "run") return remedy.value;
  const std::string_view flag = words_of(remedy).flag;
  return flag.empty() ? "" : std::string(flag) + remedy.value;
}

}  // namespace nvprov
