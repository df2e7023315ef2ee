#include "report/matrix_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/words.hpp"
#include "report/sentences.hpp"

namespace nvprov {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string or_unknown(const std::optional<std::string>& text) { return text.value_or("unknown"); }

std::string gpu_title(const Gpu& gpu) {
  const std::string capability =
      gpu.compute_capability ? fmt::format(", compute capability {}", *gpu.compute_capability) : "";
  return fmt::format("{} ({}{})", gpu.name, gpu.architecture.value_or("unknown architecture"), capability);
}

std::string title_of(const Matrix& matrix) {
  const MatrixQuestion& question = matrix.question;
  std::vector<std::string> parts;
  for (const Gpu& gpu : question.gpus) parts.push_back(gpu_title(gpu));
  if (question.driver) parts.push_back("driver " + *question.driver);
  if (question.cuda) parts.push_back("CUDA " + *question.cuda);
  if (question.distro)
    parts.push_back(question.arch ? fmt::format("{} on {}", *question.distro, *question.arch) : *question.distro);
  return parts.empty() ? "What goes together" : "What goes with " + join(parts, ", ");
}

// --- what does not go, and why ---

// A conflict and all the rows it holds of: the member that names the row lists them all.
struct NotThis {
  Conflict conflict;
  std::vector<std::string> names;
};

std::string& row_member(Conflict& conflict, const std::string& name) {
  return conflict.subject == name ? conflict.subject : conflict.other;
}

void add_why(std::vector<NotThis>& reasons, Conflict conflict, const std::string& name) {
  std::string& member = row_member(conflict, name);
  if (member == name) member.clear();
  const auto same = std::ranges::find_if(reasons, [&](const NotThis& each) {
    return each.conflict.reason == conflict.reason && each.conflict.subject == conflict.subject &&
           each.conflict.other == conflict.other;
  });
  if (same == reasons.end())
    reasons.push_back({std::move(conflict), {name}});
  else
    same->names.push_back(name);
}

template <class Row>
std::string why_not_text(const std::vector<Row>& rows, std::string Row::*name, const TextOptions& options) {
  std::vector<NotThis> reasons;
  for (const Row& row : rows)
    if (!row.conflicts.empty()) add_why(reasons, row.conflicts.front(), row.*name);
  std::string text;
  for (NotThis& each : reasons) {
    row_member(each.conflict, "") = join(each.names, ", ");
    text += wrap(sentence(each.conflict), options.width, "  not: ");
    if (options.verbosity < 1) continue;
    for (const Source& source : each.conflict.sources) text += source_line(source, "       ");
  }
  return text;
}

// --- tables ---

Rows with_heads(const std::vector<std::string>& heads, Rows rows) {
  rows.insert(rows.begin(), heads);
  return rows;
}

std::string drivers_text(const Matrix& matrix, const TextOptions& options) {
  const bool has_distro = matrix.question.distro.has_value();
  Rows rows;
  for (const MatrixDriver& row : matrix.drivers) {
    if (!row.conflicts.empty()) continue;
    rows.push_back({row.branch, row.release, row.type.value_or(""), row.end_of_life.value_or("unknown"),
                    join(row.flavours, ", "), row.cuda.value_or("unknown")});
    if (has_distro) rows.back().push_back(join(row.sources, ", "));
  }
  std::string text = paint("Driver branches", Paint::heading, options) + "\n";
  std::vector<std::string> heads = {"branch", "newest release", "type", "support until", "modules", "CUDA up to"};
  if (has_distro) heads.emplace_back("offered by");
  text += rows.empty() ? "  none\n" : table(with_heads(heads, std::move(rows)), "  ");
  return text + why_not_text(matrix.drivers, &MatrixDriver::branch, options);
}

std::string cuda_text(const Matrix& matrix, const TextOptions& options) {
  const bool has_distro = matrix.question.distro.has_value();
  Rows rows;
  bool is_any_forward = false;
  for (const MatrixCuda& row : matrix.cuda) {
    if (!row.conflicts.empty()) continue;
    is_any_forward = is_any_forward || row.support == CudaSupport::forward;
    rows.push_back({row.release, row.update, support_word(row), or_unknown(row.min_driver),
                    or_unknown(row.minor_compat_min_driver)});
    if (has_distro) rows.back().push_back(join(row.sources, ", "));
  }
  std::string text = paint("CUDA releases", Paint::heading, options) + "\n";
  std::vector<std::string> heads = {"release", "newest", "support", "full from driver", "minor-version from driver"};
  if (has_distro) heads.emplace_back("offered by");
  text += rows.empty() ? "  none\n" : table(with_heads(heads, std::move(rows)), "  ");
  if (is_any_forward)
    text +=
        wrap("forward: with the compatibility package of the release, on data-center GPUs only", options.width, "  ");
  return text + why_not_text(matrix.cuda, &MatrixCuda::release, options);
}

// --- machine-readable forms ---

Json conflicts_to_json(const std::vector<Conflict>& conflicts) {
  return json_array(conflicts, [](const Conflict& conflict) {
    return JsonObject{{"reason", std::string(to_word(conflict.reason))},
                      {"sentence", sentence(conflict)},
                      {"sources", json_array(conflict.sources, [](const Source& source) {
                         return JsonObject{{"title", source.title}, {"url", source.url}};
                       })}};
  });
}

Json driver_to_json(const MatrixDriver& row) {
  return JsonObject{{"branch", row.branch},
                    {"release", row.release},
                    {"goes", row.conflicts.empty()},
                    {"type", row.type},
                    {"end_of_life", row.end_of_life},
                    {"modules", json_array(row.flavours)},
                    {"cuda_up_to", row.cuda},
                    {"offered_by", json_array(row.sources)},
                    {"why_not", conflicts_to_json(row.conflicts)}};
}

Json cuda_to_json(const MatrixCuda& row) {
  return JsonObject{{"release", row.release},
                    {"update", row.update},
                    {"goes", row.conflicts.empty()},
                    {"support", support_word(row)},
                    {"min_driver", row.min_driver},
                    {"minor_compat_min_driver", row.minor_compat_min_driver},
                    {"offered_by", json_array(row.sources)},
                    {"why_not", conflicts_to_json(row.conflicts)}};
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return "\"" + replace_all(text, "\"", "\"\"") + "\"";
}

std::string csv_line(const std::vector<std::string>& values) {
  std::vector<std::string> fields;
  for (const std::string& value : values) fields.push_back(csv_field(value));
  return join(fields, ",") + "\r\n";
}

std::string first_sentence(const std::vector<Conflict>& conflicts) {
  return conflicts.empty() ? "" : sentence(conflicts.front());
}

}  // namespace

std::string support_word(const MatrixCuda& row) {
  return row.conflicts.empty() && row.support != CudaSupport::none ? std::string(to_word(row.support)) : "no";
}

std::string matrix_text(const Matrix& matrix, const TextOptions& options) {
  return wrap(title_of(matrix), options.width, "") + "\n" + drivers_text(matrix, options) + "\n" +
         cuda_text(matrix, options) + fmt::format("\ncatalog of {}\n", matrix.catalog_date);
}

Json matrix_to_json(const Matrix& matrix) {
  const MatrixQuestion& question = matrix.question;
  return JsonObject{
      {"schema", "nvprov.matrix/1"},
      {"catalog_date", matrix.catalog_date},
      {"question", JsonObject{{"gpus", json_array(question.gpus, [](const Gpu& gpu) { return gpu.name; })},
                              {"cuda", question.cuda},
                              {"driver", question.driver},
                              {"distro", question.distro},
                              {"arch", question.arch}}},
      {"drivers", json_array(matrix.drivers, driver_to_json)},
      {"cuda", json_array(matrix.cuda, cuda_to_json)}};
}

std::string matrix_csv(const Matrix& matrix) {
  std::string text = csv_line({"table", "name", "release", "support", "min_driver", "minor_compat_min_driver",
                               "cuda_up_to", "type", "end_of_life", "modules", "offered_by", "why_not"});
  for (const MatrixDriver& row : matrix.drivers)
    text += csv_line({"driver", row.branch, row.release, row.conflicts.empty() ? "yes" : "no", "", "",
                      row.cuda.value_or(""), row.type.value_or(""), row.end_of_life.value_or(""),
                      join(row.flavours, " "), join(row.sources, " "), first_sentence(row.conflicts)});
  for (const MatrixCuda& row : matrix.cuda)
    text += csv_line({"cuda", row.release, row.update, support_word(row), row.min_driver.value_or(""),
                      row.minor_compat_min_driver.value_or(""), "", "", "", "", join(row.sources, " "),
                      first_sentence(row.conflicts)});
  return text;
}

}  // namespace nvprov
