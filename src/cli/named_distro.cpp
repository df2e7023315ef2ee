#include "cli/named_distro.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace nvprov {
namespace {

Error unknown_distro(const std::string& id, const Catalog& catalog) {
  std::vector<std::string> known;
  for (const Distro& distro : catalog.distros)
    if (!distro.not_supported) known.push_back(distro.id);
  Error error{.kind = ErrorKind::usage,
              .message = fmt::format("there is no distribution `{}` in the catalog", id),
              .because = {},
              .hints = {},
              .context = {}};
  if (const auto suggestion = did_you_mean(id, known))
    error.hints.push_back(fmt::format("did you mean `{}`?", *suggestion));
  error.hints.push_back("known: " + join(known, ", "));
  return error;
}

}  // namespace

Result<NamedDistro> named_distro(const Catalog& catalog, const std::string& id,
                                 const std::optional<std::string>& arch) {
  const Distro* distro = find_distro(catalog, id);
  if (distro == nullptr) return fail(unknown_distro(id, catalog));
  std::vector<std::string> known;
  for (const DistroArchitecture& each : distro->architectures) known.push_back(each.arch);
  const std::string wanted = arch.value_or(known.front());
  if (std::ranges::find(known, wanted) == known.end())
    return fail(ErrorKind::usage, fmt::format("the catalog knows no `{}` of {}", wanted, distro->name), {},
                {"known: " + join(known, ", ")});
  return NamedDistro{distro, wanted};
}

}  // namespace nvprov
