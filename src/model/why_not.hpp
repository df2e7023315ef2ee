#pragma once

#include <optional>
#include <string>

#include "model/resolution.hpp"

namespace nvprov {

// `--why-not 595`, `--why-not cuda=13.4`: one thing that the answer could have been and is not.
struct WhyNotQuestion {
  std::string kind;   // "driver", "cuda", "module", "source"
  std::string value;  // "595", "13.4", "open", "distro"

  bool operator==(const WhyNotQuestion&) const = default;
};

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

}  // namespace nvprov
