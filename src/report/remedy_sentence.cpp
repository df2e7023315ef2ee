#include <array>
#include <string_view>

#include "base/text.hpp"
#include "report/fill.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

struct ActionWords {
  std::string_view action;
  std::string_view words;  // {subject} is the value of the change
  std::string_view flag;   // what a bare value is typed after
};

constexpr std::array<ActionWords, 14> known_actions = {{
    {"other-branch",
     "{subject} would serve, and no source nvprov knows for this distribution has it: installed by NVIDIA's "
     "instructions, nvprov keeps it",
     {}},
    {"use-source", "take the packages from {subject}", "--source "},
    {"drop-gpu", "take {subject} out of this host", {}},
    {"name-gpu", "name the GPU to plan for, for example so", {}},
    {"choose-cuda", "ask for another CUDA release", "--cuda "},
    {"choose-driver", "ask for another driver", "--driver "},
    {"choose-module", "let the kernel module be of either kind", "--module "},
    {"other-kernel", "boot another kernel than {subject}", {}},
    {"leave-out", "do without {subject}", {}},
    {"leave-out-cuda", "do without CUDA", "--cuda "},
    {"with", "add a compatibility package", "--with "},
    {"run", "first run this", {}},
    {"upgrade-distro", "move this host to {subject}", {}},
    {"consent", "agree to it", {}},
}};

ActionWords words_of(const Change& change) {
  for (const ActionWords& known : known_actions) {
    if (known.action == change.action) return known;
  }
  return {change.action, "{other}: {subject}", {}};
}

std::string value_words(const Change& change) {
  return change.value == "auto" ? "whatever source serves this host" : source_words(change.value);
}

std::string sentence(const Change& change) {
  const std::string value = value_words(change);
  return fill(words_of(change).words, {.subject = value, .other = change.action, .limit = {}});
}

std::string command_of(const Change& change) {
  if (change.action == "leave-out") return "";
  if (change.value.starts_with("--") || change.action == "run") return change.value;
  const std::string_view flag = words_of(change).flag;
  return flag.empty() ? "" : std::string(flag) + change.value;
}

}  // namespace

std::string sentence(const Remedy& remedy) {
  std::vector<std::string> changes;
  for (const Change& change : remedy.changes) changes.push_back(sentence(change));
  return join(changes, ", and ") + (remedy.effect.empty() ? "" : "; then: " + remedy.effect);
}

std::string remedy_command(const Remedy& remedy) {
  std::vector<std::string> commands;
  for (const Change& change : remedy.changes)
    if (std::string typed = command_of(change); !typed.empty()) commands.push_back(std::move(typed));
  return join(commands, " ");
}

}  // namespace nvprov
