#include <array>

#include "base/text.hpp"
#include "report/fill.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

struct RuleWords {
  std::string_view rule;
  std::string_view words;  // {limit} is the value of the deciding fact
};

constexpr std::array<RuleWords, 28> rule_words = {{
    {"longest-support", "of all that serve every GPU here, it has the longest support left[ (until {limit})]"},
    {"newest-unsupported", "the newest that serves every GPU here; of none is an end of support known"},
    {"only-candidate", "nothing else on offer serves every GPU here"},
    {"newest", "the newest that serves every GPU here, as asked for"},
    {"long-term", "a long-term branch, as asked for"},
    {"production", "a production branch, as asked for"},
    {"asked-for", "as asked for"},
    {"exact", "as asked for"},
    {"nearest-later", "the nearest later release of the same major on offer; it runs what was asked for"},
    {"installed-stays", "it is installed and good, so it stays"},
    {"open-where-possible", "every GPU here supports the open module, and it is offered for this version"},
    {"proprietary-needed", "a GPU here runs only with the proprietary module"},
    {"open-not-offered", "the open module is not on offer[: {limit}]"},
    {"open-not-possible", "the open module cannot be had for this kernel"},
    {"prebuilt-spares-third-party", "a module prebuilt for this kernel needs neither DKMS nor {limit}"},
    {"used-by-driver", "the installed driver comes from there"},
    {"vendor-serves-distribution", "it serves this distribution"},
    {"only-source", "nothing else serves this distribution"},
    {"signed-module", "Secure Boot is on, and its kernel module is signed by a key machines trust already[ ({limit})]"},
    {"other-has-no-answer", "[{limit}|what comes before it] has no answer for this host"},
    {"not-distribution", "the distribution's archive was ruled out"},
    {"newest-in-repository", "the newest its repository holds"},
    {"newest-release", "the newest known that is on offer; releases before {limit} have known holes"},
    {"above-security-floor", "the installed release has known holes: it is older than {limit}"},
    {"completes-installed", "the release of the parts that are installed"},
    {"compiler-it-takes", "CUDA {limit} does not build with the compiler of this system; it does with this one"},
    {"compiler-needed", "nvcc builds nothing without one, and none is installed"},
    {"newest-supported", "the newest on offer that [{limit}|the driver] fully supports and every GPU can run"},
}};

// A rule without words of its own is still named: "coin-toss" reads as "coin toss".
std::string words_of(const std::string& rule) {
  for (const RuleWords& known : rule_words) {
    if (known.rule == rule) return std::string(known.words);
  }
  return replace_all(rule, "-", " ") + "[ ({limit})]";
}

}  // namespace

std::string reason_words(const Reason& reason) {
  return fill(words_of(reason.rule), {.subject = reason.subject, .other = reason.chosen, .limit = reason.because});
}

std::string sentence(const Reason& reason) {
  return reason.subject + " " + source_words(reason.chosen) + ": " + reason_words(reason);
}

std::string sentence(const Alternative& alternative) {
  std::string_view words = "older";
  if (alternative.rule == "support-ends-earlier") words = "its support ends earlier[, on {limit}]";
  if (alternative.rule == "support-unknown") words = "no end of its support is known";
  const std::string text = fill(words, {.subject = {}, .other = {}, .limit = alternative.because});
  return alternative.subject + ": " + text + (alternative.ask.empty() ? "" : "; `" + alternative.ask + "` takes it");
}

std::string source_words(std::string_view source) {
  if (source == "distro") return "the distribution's own archive";
  if (source == "nvidia") return "NVIDIA's repository";
  if (source == "installed") return "where it was installed from";
  return std::string(source);
}

}  // namespace nvprov
