#pragma once

#include <string>
#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "base/json.hpp"
#include "cli/facts_documents.hpp"

namespace nvprov {

// A document taken apart, its facts not read yet.
struct RecordedHost {
  std::string name;
  Json facts;
  std::string path;  // JSON path of the facts in the document

  bool operator==(const RecordedHost&) const = default;
};

// Facts as they are, or where the document may name its host {"host": NAME, "facts": {...}}.
tl::expected<RecordedHost, Diagnostics> recorded_host(FactsDocument document);

}  // namespace nvprov
