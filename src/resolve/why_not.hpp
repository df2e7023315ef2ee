#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "base/result.hpp"
#include "model/resolution.hpp"
#include "resolve/question.hpp"

namespace nvprov {

// `--why-not 595`, `--why-not cuda=13.4`: one thing that the answer could have been and is not.
struct WhyNotQuestion {
  std::string kind;   // "driver", "cuda", "module", "source"
  std::string value;  // "595", "13.4", "open", "distro"

  bool operator==(const WhyNotQuestion&) const = default;
};

// Reads what was typed: a bare value is a driver; the error is of kind usage. Whether the catalog knows the value is
// check_request's to say, of `with_it`.
Result<WhyNotQuestion> read_why_not(const std::string& typed);

// The request that insists on it.
Request with_it(const Request& request, const WhyNotQuestion& question);

// Why an answer is not that: it is (`is_the_answer`); it cannot be (`refusal`: the smallest set of requirements in its
// way); or it could be, but something else goes before it by a rule of choice.
struct WhyNot {
  WhyNotQuestion question;
  bool is_the_answer = false;
  std::optional<Unsatisfiable> refusal;
  std::optional<Reason> preferred;  // the rule that chose something else, and what it chose
  std::string instead;              // what the answer would be: "driver 595.91.07, CUDA 13.2"
  std::string command;              // what asks for it: "--driver 595"

  bool operator==(const WhyNot&) const = default;
};

// `asked`: what resolve() says to the request; `insisted`: to the request with it.
WhyNot why_not(const WhyNotQuestion& question, const tl::expected<Resolution, Unsatisfiable>& asked,
               const tl::expected<Resolution, Unsatisfiable>& insisted);

}  // namespace nvprov
