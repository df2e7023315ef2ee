#include "report/matrix_html.hpp"

#include <algorithm>
#include <map>

#include "base/json.hpp"
#include "base/text.hpp"
#include "report/matrix_page.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

// Every sentence once; a cell holds its number, or -1.
class Reasons {
 public:
  Json number(const std::optional<Conflict>& conflict) {
    if (!conflict) return -1;
    const auto [entry, is_new] = numbers_.try_emplace(sentence(*conflict), static_cast<std::int64_t>(texts_.size()));
    if (is_new) texts_.push_back(entry->first);
    return entry->second;
  }
  Json texts() const { return json_array(texts_); }

 private:
  std::map<std::string, std::int64_t> numbers_;
  std::vector<std::string> texts_;
};

Json reason_table(const std::vector<std::vector<std::optional<Conflict>>>& cells, Reasons& reasons) {
  return json_array(cells, [&](const auto& row) {
    return json_array(row, [&](const std::optional<Conflict>& cell) { return reasons.number(cell); });
  });
}

std::string_view support_cell(CudaSupport support) {
  switch (support) {
    case CudaSupport::full: return "full";
    case CudaSupport::minor_version: return "minor";
    case CudaSupport::forward: return "forward";
    case CudaSupport::none: break;
  }
  return "no";
}

Json sources_row(const std::vector<std::vector<std::string>>& cells) {
  return json_array(cells, [](const std::vector<std::string>& sources) { return join(sources, ", "); });
}

std::int64_t kind_of(const MatrixGrid& grid, const std::string& device_id) {
  const auto kind = std::ranges::find_if(grid.kinds, [&](const GpuKind& each) {
    return std::ranges::find(each.device_ids, device_id) != each.device_ids.end();
  });
  return kind - grid.kinds.begin();
}

Json driver_row(const MatrixDriver& row) {
  return JsonObject{{"branch", row.branch},
                    {"release", row.release},
                    {"type", row.type.value_or("")},
                    {"end", row.end_of_life.value_or("unknown")},
                    {"modules", join(row.flavours, ", ")},
                    {"cuda", row.cuda.value_or("unknown")}};
}

Json cuda_row(const MatrixCuda& row) {
  return JsonObject{{"release", row.release},
                    {"update", row.update},
                    {"full", row.min_driver.value_or("unknown")},
                    {"minor", row.minor_compat_min_driver.value_or("unknown")}};
}

Json choice_to_json(const MatrixChoice& choice) {
  return JsonObject{{"gpu", choice.gpu}, {"cuda", choice.cuda}, {"driver", choice.driver}, {"distro", choice.distro}};
}

Json page_data(const MatrixGrid& grid, const MatrixChoice& choice) {
  Reasons reasons;
  Json gpu_driver = reason_table(grid.gpu_driver, reasons);
  Json gpu_cuda = reason_table(grid.gpu_cuda, reasons);
  return JsonObject{
      {"date", grid.catalog_date},
      {"choice", choice_to_json(choice)},
      {"drivers", json_array(grid.drivers, driver_row)},
      {"cuda", json_array(grid.cuda, cuda_row)},
      {"gpus", json_array(grid.gpus,
                          [&](const GpuModel& gpu) {
                            return JsonArray{gpu.name, "10de:" + gpu.device_id, kind_of(grid, gpu.device_id)};
                          })},
      {"gpuDriver", std::move(gpu_driver)},
      {"gpuModule", json_array(grid.gpu_module, sources_row)},
      {"gpuCuda", std::move(gpu_cuda)},
      {"cudaDriver", json_array(grid.cuda_driver,
                                [](const std::vector<CudaSupport>& row) {
                                  return json_array(row, [](CudaSupport cell) { return Json(support_cell(cell)); });
                                })},
      {"distros", json_array(grid.distros,
                             [](const GridDistro& distro) {
                               return JsonObject{{"id", distro.id},
                                                 {"name", distro.name},
                                                 {"drivers", sources_row(distro.drivers)},
                                                 {"cuda", sources_row(distro.cuda)}};
                             })},
      {"reasons", reasons.texts()}};
}

// Without the line ends and indents of a document for people: within texts there are none.
std::string compact(const std::string& json) {
  std::string text;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\n') {
      text += json[i];
      continue;
    }
    while (i + 1 < json.size() && json[i + 1] == ' ') ++i;
  }
  return text;
}

}  // namespace

std::string matrix_html(const MatrixGrid& grid, const MatrixChoice& choice) {
  // No text of the data can end the element it stands in.
  const std::string data = replace_all(compact(format_json(page_data(grid, choice))), "<", "\\u003c");
  return replace_all(std::string(matrix_page), "@data@", data);
}

}  // namespace nvprov
