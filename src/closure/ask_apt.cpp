#include "closure/ask_apt.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "packages/apt.hpp"

namespace nvprov {
namespace {

Result<std::string> answer(Host& machine, const AptFolder& folder, const std::string& question,
                           const std::vector<std::string>& names) {
  std::vector<std::string> argv = {"apt-cache", question};
  argv.insert(argv.end(), names.begin(), names.end());
  const auto output = run_apt(machine, folder, argv);
  if (!output) return fail(output.error());
  if (output->exit_status == 0) return output->out;
  return fail(ErrorKind::failed, fmt::format("`apt-cache {}` failed with status {}", question, output->exit_status),
              {std::string(trim(output->err))});
}

}  // namespace

Result<std::vector<PackageOffer>> ask_policy(Host& machine, const AptFolder& folder,
                                             const std::vector<std::string>& names) {
  if (names.empty()) return std::vector<PackageOffer>();
  const auto files = answer(machine, folder, "policy", {});
  if (!files) return fail(files.error());
  const auto packages = answer(machine, folder, "policy", names);
  if (!packages) return fail(packages.error());
  return parse_policy(*files + *packages);
}

Result<std::vector<PackageOffer>> ask_sizes(Host& machine, const AptFolder& folder,
                                            const std::vector<std::string>& packages) {
  if (packages.empty()) return std::vector<PackageOffer>();
  const auto stanzas = answer(machine, folder, "show", packages);
  if (!stanzas) return fail(stanzas.error());
  return parse_show(*stanzas);
}

}  // namespace nvprov
