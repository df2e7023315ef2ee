#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "model/catalog.hpp"

namespace nvprov {

struct NamedDistro {
  const Distro* distro = nullptr;
  std::string arch;  // as uname -m says it

  bool operator==(const NamedDistro&) const = default;
};

// What `--distro` and `--arch` name; without `--arch` the distribution's first. An error of kind usage with what is
// known.
Result<NamedDistro> named_distro(const Catalog& catalog, const std::string& id, const std::optional<std::string>& arch);

}  // namespace nvprov
