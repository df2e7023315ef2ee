#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "model/facts.hpp"
#include "solver/rpm_universe.hpp"

namespace nvprov {

// What a stream needs of another module; "-el8" excludes a stream, none means any.
struct ModuleNeed {
  std::string module;  // "platform" is the distribution itself
  std::vector<std::string> streams;

  bool operator==(const ModuleNeed&) const = default;
};

// One build of a stream.
struct ModuleStream {
  std::string name;
  std::string stream;
  std::uint64_t version = 0;
  std::string context;
  std::vector<std::vector<ModuleNeed>> needs;  // ways, of which one must hold; none: nothing is needed
  std::vector<std::string> artifacts;          // "name-epoch:version-release.architecture"

  bool operator==(const ModuleStream&) const = default;
};

struct ModuleDocuments {
  std::vector<ModuleStream> streams;
  std::vector<std::pair<std::string, std::string>> defaults;  // module and its default stream

  bool operator==(const ModuleDocuments&) const = default;
};

// The documents of a repository's modules.yaml that shape which packages count; documents of other kinds are for other
// uses. An error for what is no YAML.
Result<ModuleDocuments> parse_module_documents(std::string_view text);

// Which packages streams show and hide on a host with these states: a module's enabled stream, else its default, with
// the streams those need. `platform` is "el9"; where it is not known, every platform fits.
ModularRpms modular_rpms(const ModuleDocuments& documents, const std::vector<ModuleState>& states,
                         const std::string& platform);

}  // namespace nvprov
