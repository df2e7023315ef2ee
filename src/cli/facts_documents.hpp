#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "host/host.hpp"

namespace nvprov {

// The recorded facts of one host as they were handed in.
struct FactsDocument {
  std::size_t number = 0;      // in the order of the input
  std::string name;            // of the host, as far as the place says it
  std::string file;            // the document, as messages name it
  bool may_name_host = false;  // {"host": ..., "facts": ...} is allowed
  Result<std::string> text;
};

// Documents read one after another, never all at once.
class FactsDocuments {
 public:
  virtual ~FactsDocuments() = default;

  // The next one; nullopt at the end. Several threads may ask at once.
  virtual std::optional<FactsDocument> next() = 0;
};

// The files *.json of a folder, or for "-" the lines of standard input. An error of kind usage where there is none.
Result<std::unique_ptr<FactsDocuments>> open_facts_documents(const HostView& machine, const std::string& folder);

// The bytes one document may have.
constexpr std::size_t largest_facts_document = 16 << 20;

}  // namespace nvprov
