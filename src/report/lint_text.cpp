#include "report/lint_text.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "report/layout.hpp"

namespace nvprov {
namespace {

std::vector<std::pair<std::string, std::size_t>> record_counts(const Catalog& catalog) {
  std::size_t releases = 0;
  std::size_t updates = 0;
  for (const DriverBranch& branch : catalog.drivers) releases += branch.releases.size();
  for (const CudaRelease& release : catalog.cuda) updates += release.updates.size();
  std::size_t library_releases = 0;
  for (const CudaLibrary& library : catalog.libraries) library_releases += library.releases.size();
  return {{"GPU architectures", catalog.architectures.size()},
          {"GPUs", catalog.gpus.size()},
          {"NVSwitches", catalog.fabric.nvswitches.size()},
          {"driver branches", catalog.drivers.size()},
          {"driver releases", releases},
          {"CUDA releases", catalog.cuda.size()},
          {"CUDA updates", updates},
          {"compatibility packages", catalog.forward_compatibility.releases.size()},
          {"profiles", catalog.profiles.size()},
          {"keys", catalog.keys.size()},
          {"package families", catalog.families.size()},
          {"distributions", catalog.distros.size()},
          {"libraries", catalog.libraries.size()},
          {"library releases", library_releases},
          {"container toolkit releases", catalog.container_toolkit ? catalog.container_toolkit->releases.size() : 0},
          {"GPUs with virtual GPUs", catalog.vgpus.size()}};
}

}  // namespace

std::string lint_text(const Catalog& catalog) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [kind, count] : record_counts(catalog)) rows.push_back({kind, std::to_string(count)});
  return fmt::format("nothing wrong with the data of {}:\n", catalog.date) + table(rows, "  ", {1});
}

Json lint_to_json(const Catalog& catalog) {
  JsonArray records;
  for (const auto& [kind, count] : record_counts(catalog))
    records.push_back(JsonObject{{"kind", kind}, {"count", static_cast<std::int64_t>(count)}});
  return JsonObject{
      {"schema", "nvprov.lint/1"}, {"date", catalog.date}, {"digest", catalog.digest}, {"records", std::move(records)}};
}

}  // namespace nvprov
