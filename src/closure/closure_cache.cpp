#include "closure/closure_cache.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "model/facts_json.hpp"
#include "model/json_parts.hpp"
#include "model/plan_json.hpp"

namespace nvprov {
namespace {

constexpr const char* closure_schema = "nvprov.cached-closure/2";

std::string path_of(const std::string& cache_folder, const std::string& key) {
  return fmt::format("{}/closures/{}.json", cache_folder, key);
}

}  // namespace

std::string closure_key(const HostFacts& facts, const ConsultedRepositories& repositories,
                        const std::vector<InstallPackages>& transactions) {
  std::string text = facts_fingerprint(facts) + "\n";
  for (const AddRepository& added : repositories.added) text += added.path + "\n" + added.content;
  for (const WriteFile& file : repositories.preferences) text += file.path + "\n" + file.content;
  for (const InstallPackages& transaction : transactions) {
    text += transaction.purpose + "\n";
    for (const PackageRequest& package : transaction.packages)
      text += package.name + "=" + package.version.value_or("") + "\n";
  }
  return sha256_hex(text);
}

Status store_closure(Host& machine, const std::string& cache_folder, const std::string& key,
                     const CachedClosure& answer) {
  const Json document = JsonObject{{"schema", closure_schema},
                                   {"metadata_digest", answer.metadata_digest},
                                   {"fetched_at", answer.fetched_at},
                                   {"resolution", resolution_to_json(answer.resolution)},
                                   {"closure", closure_to_json(answer.closure)}};
  return machine.write_file(path_of(cache_folder, key), format_json(document), 0644);
}

std::optional<CachedClosure> find_cached_closure(const HostView& machine, const std::string& cache_folder,
                                                 const std::string& key) {
  const std::string path = path_of(cache_folder, key);
  const auto text = machine.read_file(path);
  if (!text || !*text) return std::nullopt;
  const auto document = parse_json(**text, path);
  const Json* closure_document = document ? document->find("closure") : nullptr;
  if (closure_document == nullptr) return std::nullopt;
  Diagnostics problems;
  ObjectReader reader(*document, path, "", problems);
  CachedClosure answer;
  const bool is_ours = reader.text("schema") == closure_schema;
  answer.metadata_digest = reader.text("metadata_digest");
  answer.fetched_at = reader.nullable_text("fetched_at");
  answer.resolution = reader.object("resolution", read_resolution);
  auto closure = closure_from_json(format_json(*closure_document), path);
  if (!is_ours || !problems.empty() || !closure) return std::nullopt;
  answer.closure = std::move(*closure);
  return answer;
}

}  // namespace nvprov
