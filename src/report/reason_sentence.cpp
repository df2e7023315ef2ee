#include <array>

#include "base/text.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

struct RuleWords {
  std::string_view rule;
  std::string_view words;
};

constexpr std::array<RuleWords, 24> rule_words = {{
    {"longest-support", "of all that serve every GPU here, it has the longest support left"},
    {"only-candidate", "nothing else here serves every GPU"},
    {"installed-stays", "it is installed and good, so it stays"},
    {"asked-for", "as asked for"},
    {"long-term", "the long-term branch asked for"},
    {"production", "the production branch asked for"},
    {"newest", "the newest that serves every GPU, as asked for"},
    {"open-where-possible", "every GPU supports the open module, and it is offered at this version"},
    {"open-needed", "a GPU here runs only with the open module"},
    {"proprietary-needed", "a GPU here runs only with the proprietary module"},
    {"open-not-offered", "the open module is not offered at this version"},
    {"newest-supported", "the newest that the driver fully supports and every GPU can run"},
    {"only-release", "the only release this source offers"},
    {"exact", "exactly as asked for"},
    {"nearest-later", "the nearest later release of the same major that is offered; it runs what was asked for"},
    {"left-out", "left out, as asked for"},
    {"driver-floor", "the driver is new enough for it"},
    {"minor-version", "the driver runs it by minor-version compatibility"},
    {"installed-origin", "the installed driver comes from it"},
    {"only-source", "the only source known for this distribution"},
    {"vendor-first", "a fresh host takes NVIDIA's own packages where they support the distribution"},
    {"signed-module", "its kernel module is signed by a key this machine trusts"},
    {"follow-kernel", "it follows the kernel's own package, so new kernels get their headers"},
    {"nvswitch-present", "this host has an NVSwitch"},
}};

// A rule without words of its own is still named: "longest-support" reads as "longest support".
std::string words_of(const std::string& rule) {
  for (const RuleWords& known : rule_words) {
    if (known.rule == rule) return std::string(known.words);
  }
  return replace_all(rule, "-", " ");
}

}  // namespace

std::string reason_words(const Reason& reason) {
  std::string words = words_of(reason.rule);
  if (!reason.because.empty() && reason.because != reason.chosen) words += " (" + source_words(reason.because) + ")";
  return words;
}

std::string sentence(const Reason& reason) {
  return reason.subject + " " + source_words(reason.chosen) + ": " + reason_words(reason);
}

std::string source_words(std::string_view source) {
  if (source == "distro") return "the distribution's own archive";
  if (source == "nvidia") return "NVIDIA's repository";
  if (source == "installed") return "where it was installed from";
  return std::string(source);
}

}  // namespace nvprov
