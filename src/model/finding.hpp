#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/source.hpp"

namespace nvprov {

enum class Severity { error, warning };

// The words of one check: manifests/checks/<id>.json
struct Check {
  std::string id;  // "package-version"
  Severity severity = Severity::error;
  std::string title;  // what is checked
  std::string says;   // the sentence of a finding, with {subject}, {expected} and {found}
  std::string hint;   // what to do; a command stands alone in backticks
  std::vector<Source> sources;

  bool operator==(const Check&) const = default;
};

// One result of a check: what is not as it should be. Its words are those of the check of the same id.
struct Finding {
  std::string check;
  std::string subject;   // a package, a file, a kernel release
  std::string expected;  // "" where the check expects nothing but absence
  std::string found;
  std::vector<Source> sources;  // of the fact that decides, beside the check's own

  bool operator==(const Finding&) const = default;
};

}  // namespace nvprov
