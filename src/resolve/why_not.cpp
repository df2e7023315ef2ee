#include "resolve/why_not.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace nvprov {
namespace {

constexpr std::array<std::string_view, 4> kinds = {"driver", "cuda", "module", "source"};

std::string outcome_of(const Resolution& resolution) {
  std::vector<std::string> parts;
  if (resolution.driver) parts.push_back(fmt::format("driver {}", resolution.driver->version));
  if (resolution.driver) parts.push_back(resolution.driver->flavour + " module");
  for (const CudaChoice& cuda : resolution.cuda) parts.push_back("CUDA " + cuda.release);
  return join(parts, ", ");
}

std::vector<std::string> updates_of(const Resolution& resolution) {
  std::vector<std::string> updates;
  for (const CudaChoice& cuda : resolution.cuda) updates.push_back(cuda.update);
  return updates;
}

// Whether both are the same where the question looks.
bool is_same(const WhyNotQuestion& question, const Resolution& asked, const Resolution& insisted) {
  if (question.kind == "cuda") return updates_of(asked) == updates_of(insisted);
  if (question.kind == "source") return asked.source == insisted.source;
  if (!asked.driver || !insisted.driver) return asked.driver == insisted.driver;
  if (question.kind == "module") return asked.driver->flavour == insisted.driver->flavour;
  return asked.driver->version == insisted.driver->version;
}

std::optional<Reason> reason_about(const Resolution& resolution, const std::string& subject) {
  const auto reason = std::ranges::find(resolution.reasons, subject, &Reason::subject);
  return reason == resolution.reasons.end() ? std::nullopt : std::optional(*reason);
}

}  // namespace

Result<WhyNotQuestion> read_why_not(const std::string& typed) {
  const auto equals = typed.find('=');
  WhyNotQuestion question{"driver", typed};
  if (equals != std::string::npos) question = {typed.substr(0, equals), std::string(trim(typed.substr(equals + 1)))};
  const bool is_known = std::ranges::find(kinds, question.kind) != kinds.end();
  if (is_known && !question.value.empty() && question.value != "auto") return question;
  return fail(ErrorKind::usage, fmt::format("`--why-not {}` names nothing that could have been chosen", typed), {},
              {"write a driver (`--why-not 595`), or `cuda=13.4`, `module=open`, `source=distro`"});
}

Request with_it(const Request& request, const WhyNotQuestion& question) {
  Request insisting = request;
  if (question.kind == "driver") insisting.driver = question.value;
  if (question.kind == "cuda") insisting.cuda = {"=" + question.value};
  if (question.kind == "module") insisting.module = question.value;
  if (question.kind == "source") insisting.source = question.value;
  return insisting;
}

WhyNot why_not(const WhyNotQuestion& question, const tl::expected<Resolution, Unsatisfiable>& asked,
               const tl::expected<Resolution, Unsatisfiable>& insisted) {
  WhyNot answer{.question = question, .refusal = {}, .preferred = {}, .instead = {}, .command = {}};
  if (!insisted) {
    answer.refusal = insisted.error();
    return answer;
  }
  answer.instead = outcome_of(*insisted);
  answer.command = fmt::format("--{} {}", question.kind, question.value);
  if (!asked) return answer;
  answer.is_the_answer = is_same(question, *asked, *insisted);
  if (!answer.is_the_answer) answer.preferred = reason_about(*asked, question.kind);
  return answer;
}

}  // namespace nvprov
